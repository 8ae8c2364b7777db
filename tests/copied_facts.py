"""`python -m tests.copied_facts LETTERS`: how many facts of other patients a recall lets through.

Copies every rationale of a folder of letters into other cases of it. The facts are counted by the
plain patterns below, which share nothing with the readers of the package. A fact is foreign if the
other case has no such words in its summary, its requests or its header. Prints, for each kind:
foreign facts, how many became blanks, how many of the rest are flagged, and how many IMR214 reports
if the text is copied without blanks.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from imr_tui import checks
from imr_tui.checks import CheckContext, Policy
from imr_tui.letter.parse.parser import parse
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.recall.copied_facts import blank_foreign_facts
from imr_tui.recall.copied_sentences import copied

NOW = datetime(2026, 11, 30, tzinfo=UTC)
_MONTH = r"(January|February|March|April|May|June|July|August|September|October|November|December)"
_COUNT = (
    r"(\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen|twenty"
    r"|twenty-four|thirty|sixty|ninety)"
)
_UNIT = (
    r"(visit|session|treatment|week|month|year|day|hour|minute|mg|mcg|gm|%|percent|degree|tablet"
    r"|capsule|refill|injection|block|time|mm|cm|pound|lb|point)"
)
PATTERNS = {
    "date": re.compile(
        r"\b(\d{1,2}\s?[-/]\s?\d{1,2}\s?[-/]\s?(?:\d{4}|\d\d))\b"
        rf"|\b({_MONTH} \d{{1,2}},? ?\d{{4}})\b|\b({_MONTH},? \d{{4}})\b"
        r"|(?<![\d/])(\d{1,2}/\d{4})\b"
    ),
    "age": re.compile(r"\b(\d{1,3})[- ]*(?:years?|yrs?)[- ]*olds?\b|\bage (?:of )?(\d\d)\b", re.I),
    "amount": re.compile(
        rf"\b{_COUNT}[- ]*{_UNIT}s?(?![a-z])(?![- ]*olds?\b)"
        r"|#\s?(\d+)|(\d+)\s?/\s?10\b|(\d[+-]?/5)\b",
        re.I,
    ),
    "level": re.compile(r"\b([CTLS]\d{1,2}(?:\s?[-/]\s?[CTLS]?\d{1,2})?)\b"),
    "side": re.compile(r"\b(left|right|bilateral)(?:ly)?\b(?! away)", re.I),
}


@dataclass(frozen=True)
class Counted:
    """A fact by the plain patterns."""

    kind: str
    """Its kind."""
    words: str
    """Its words, in one form: a date as ISO, without white space, in lower case."""
    span: tuple[int, int]
    """Its offsets."""


def counted(text: str) -> Iterator[Counted]:
    """The facts in a text."""
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            words = re.sub(r"\s+", " ", match[0]).strip().lower()
            yield Counted(kind, _iso(words) if kind == "date" else _plain(words), match.span())


def _plain(words: str) -> str:
    whole = re.sub(r"[\s/-]+", "", words).removesuffix("s")
    return re.sub("visit|treatment", "session", whole)


def _iso(words: str) -> str:
    compact = words.replace(" ", "").replace("-", "/").replace(",", "")
    for form in ("%m/%d/%Y", "%m/%d/%y", "%B%d%Y", "%m/%Y", "%B%Y"):
        try:
            day = datetime.strptime(compact, form).date()
        except ValueError:
            continue
        return day.isoformat() if "%d" in form else f"{day:%Y-%m}"
    return compact


def stated(case: Case) -> set[str]:
    """The facts that a case states, as `counted` writes them."""
    requests = (text for item in case.items for text in (item.request, item.original))
    texts = (case.summary.text, *requests, *(item.authorized for item in case.items))
    found = {each.words for text in texts for each in counted(text)}
    for day in vars(case.particulars).values():
        if isinstance(day, date):
            found.add(day.isoformat())
    return found | {each[:7] for each in found if re.fullmatch(r"\d{4}-\d\d-\d\d", each)}


@dataclass
class Figures:
    """The sums over all copies."""

    foreign: Counter[str]
    """Foreign facts in the sources, by kind."""
    left: Counter[str]
    """Foreign facts that did not become blanks."""
    unflagged: Counter[str]
    """Of these, the ones without a flag."""
    reported: Counter[str]
    """Foreign facts that IMR214 reports in the text without blanks."""
    words: int = 0
    """Words of the sources."""
    kept: int = 0
    """Words that stay."""
    copies: int = 0
    """How often a rationale was copied."""

    @classmethod
    def none(cls) -> Figures:
        """No copies."""
        return cls(Counter(), Counter(), Counter(), Counter())

    @property
    def found(self) -> float:
        """The share of the foreign facts that became blanks or are flagged."""
        return 1 - self.unflagged.total() / max(1, self.foreign.total())

    @property
    def blanked(self) -> float:
        """The share that became blanks."""
        return 1 - self.left.total() / max(1, self.foreign.total())

    @property
    def share_kept(self) -> float:
        """The share of the words that stay."""
        return self.kept / max(1, self.words)


def own_blanks(cases: Iterable[Case]) -> int:
    """Blanks of all rationales in their own cases: facts that only the rationale states."""
    return sum(
        blank_foreign_facts(item.rationale, case).text.count("***")
        for case in cases
        for item in case.items
    )


def measure(cases: Iterable[Case], others: int, missed: list[str] | None = None) -> Figures:
    """Copy every rationale into up to `others` other cases; fills `missed` with what is left."""
    cases, figures = list(cases), Figures.none()
    for at, source in enumerate(cases):
        targets = [cases[(at + step) % len(cases)] for step in range(1, len(cases))][:others]
        for index in range(len(source.items)):
            for target in targets:
                _copy(source, index, target, figures, missed)
    return figures


def _copy(
    source: Case, index: int, target: Case, figures: Figures, missed: list[str] | None
) -> None:
    text, known = source.items[index].rationale, stated(target)
    result = blank_foreign_facts(text, target)
    flags = [each.span for each in result.flagged]
    figures.copies += 1
    figures.words += len(text.split())
    figures.kept += len([word for word in result.text.split() if "***" not in word])
    reported = _reported(source, index, target)
    for fact in counted(text):
        if fact.words not in known:
            figures.foreign[fact.kind] += 1
            figures.reported[fact.kind] += _meets(fact.span, reported)
    for fact in counted(result.text):
        if fact.words not in known:
            figures.left[fact.kind] += 1
            if not _meets(fact.span, flags):
                figures.unflagged[fact.kind] += 1
                if missed is not None:
                    around = result.text[max(0, fact.span[0] - 50) : fact.span[1] + 30]
                    missed.append(f"{fact.kind} {fact.words} in {source.number}: {around!r}")


def _meets(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _reported(source: Case, index: int, target: Case) -> list[tuple[int, int]]:
    """The spans that IMR214 reports in a copy without blanks."""
    text = source.items[index].rationale
    case = edits.add_copied(
        edits.set_rationale(target, 0, text), 0, copied(source, index, text, NOW)
    )
    found = checks.run(CheckContext(case), Policy(select=["IMR214"]))
    return [each.hit.span for each in found if each.place.item == 0 and each.hit.span]


def read(folder: Path) -> list[Case]:
    """The cases of the letters in a folder, as text files."""
    return [parse(path.read_text(), path.stem) for path in sorted(folder.glob("*.txt"))]


def lines(figures: Figures) -> Iterator[str]:
    """The figures, as text."""
    yield f"{figures.copies:,} copies, {figures.foreign.total():,} foreign facts"
    yield f"{'':8}{'foreign':>9}{'blanked':>9}{'flagged':>9}{'left':>9}{'IMR214':>9}"
    for kind in PATTERNS:
        whole, left, rest = (
            each[kind] for each in (figures.foreign, figures.left, figures.unflagged)
        )
        row = (whole, whole - left, left - rest, rest, figures.reported[kind])
        yield f"{kind:8}" + "".join(f"{number:9,}" for number in row)
    reported = figures.reported.total() / max(1, figures.foreign.total())
    yield f"blanked: {figures.blanked:.1%}; blanked or flagged: {figures.found:.1%}"
    yield f"reported by IMR214 without blanks: {reported:.1%}"
    yield f"words kept: {figures.share_kept:.1%}"


if __name__ == "__main__":
    left = list[str]()
    letters = read(Path(sys.argv[1]))
    print("\n".join(lines(measure(letters, len(letters), left))))
    print(f"blanks in a rationale's own case: {own_blanks(letters)}")
    if "--left" in sys.argv:
        print("\n".join(sorted(set(left))))
