"""Parses the items of a letter: title, decision, guideline lines and rationale."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from imr_tui.domain.citation_text import ADMINISTRATOR, REVIEWER
from imr_tui.errors import BadInput
from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.letter.parse.guidelines import read_guideline_line
from imr_tui.letter.parse.lines import Line, ends_sentence, join
from imr_tui.model.case import Item
from imr_tui.model.limits import MAX_LINE, Outcome
from imr_tui.text.layout import one_line

NOT_A_LETTER = "This is not an IMR determination letter"
"""The beginning of the errors for other documents."""

_ADMINISTRATOR = re.compile(re.escape(DIALECT.administrator))
_LABEL = r"(?!Claims Administrator)[A-Z][\w .&,'-]{0,60}"
"""The organization's name for the reviewer's guideline line."""
_REVIEWER = re.compile(_LABEL + re.escape(DIALECT.reviewer.format(label="")))
_RATIONALE = re.compile(re.escape(DIALECT.rationale))
_LABELS = {
    _ADMINISTRATOR: DIALECT.administrator,
    _REVIEWER: DIALECT.reviewer.format(label="MAXIMUS"),
    _RATIONALE: DIALECT.rationale,
}
_CONCLUDES = re.compile(rf"\A{_RATIONALE.pattern}|\b(?:necessary|necessity|supported|warranted)\b")
_SET_FORTH = " ".join(DIALECT.issues_opening.split()[-3:])
_ORIGINAL = DIALECT.modified.text.partition("{original} ")[2].partition(".")[0]
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:[A-Za-z]\.){2,}$|\b(?:No|Dr|vs|St|approx)\.$")
_OUTCOME = re.compile(r":\s*(Upheld|Overturned)\.?$", re.I)
TITLE_LINES = 40
"""Maximum lines of a title; the longest published one has five."""


def read_items(lines: Sequence[Line], words: frozenset[str]) -> Iterator[Item]:
    """Parse the items in `lines`; raises BadInput without any item, or for an incomplete one."""
    labels = [at for at, line in enumerate(lines) if _ADMINISTRATOR.match(line.text)]
    if not labels:
        raise BadInput(f"{NOT_A_LETTER}: it decides no item.")
    starts = [_title_start(lines, at, is_first=not n) for n, at in enumerate(labels)]
    for (start, label), end in zip(
        zip(starts, labels, strict=True), [*starts[1:], len(lines)], strict=True
    ):
        yield _item(lines[start:label], lines[label:end], words)


def _title_start(lines: Sequence[Line], label: int, *, is_first: bool) -> int:
    """Find the first line of the title that ends above `label`.

    Usually a title is the block between blank lines above the label. If the blank line is missing
    and the preceding rationale runs into the title, it begins after the last sentence. The title of
    a UR-modified item contains sentences, and begins where it names the original request.
    """
    if is_first:
        below = (at for at in range(label) if lines[at].text.endswith(_SET_FORTH))
        return next(below, -1) + 1
    block, at = _block_start(lines, label), label - 1
    while at > block and not _follows_rationale(lines, at, label):
        at -= 1
    if at == block and _RATIONALE.match(lines[block].text):
        # Without a sentence end above the label, only the last line certainly belongs to the title.
        return label - 1
    above = " ".join(line.text for line in lines[block:at])
    # A title may also contain a sentence end, but only a rationale contains a conclusion.
    return at if _CONCLUDES.search(above) else block


def _block_start(lines: Sequence[Line], label: int) -> int:
    """The line after the last blank line above `label`, ignoring blank lines inside a title."""
    at, top = label - 1, max(label - TITLE_LINES, 0)
    while at > top and not (_starts_block(lines, at) and not _is_incomplete(lines[at:label])):
        at -= 1
    return max(at, 0)


def _starts_block(lines: Sequence[Line], at: int) -> bool:
    """Whether the line `at` begins a new block."""
    above = lines[at - 1].text
    if above.endswith(_SET_FORTH) or _RATIONALE.match(lines[at].text):
        return True
    return lines[at].gap and (not lines[at].page or ends_sentence(above))


def _is_incomplete(title: Sequence[Line]) -> bool:
    """Whether a title is incomplete: an outcome alone, or only the end of a UR-modified title."""
    text = " ".join(line.text for line in title)
    if not _OUTCOME.search(text):
        # The outcome may be on a separate line.
        return text.casefold().rstrip(".") in ("upheld", "overturned")
    modified = re.search(r"\b(?:remaining IMR eligible|original request,)", text)
    return modified is not None and _ORIGINAL not in text


def _follows_rationale(lines: Sequence[Line], at: int, label: int) -> bool:
    """Whether a rationale ends above the line `at`; "b.i.d." is not a sentence end."""
    above = lines[at - 1].text
    ends = ends_sentence(above) and not _ABBREVIATION.search(above)
    return ends and not lines[at].text[0].islower() and not _is_incomplete(lines[at:label])


def _item(title: Sequence[Line], body: Sequence[Line], words: frozenset[str]) -> Item:
    name = one_line(join(title, words))
    if len(name) > MAX_LINE:
        raise BadInput(f"The title of an item has over {MAX_LINE:,} characters: {name[:60]!r}.")
    outcome = _OUTCOME.search(name)
    decision: Outcome | None = None
    if outcome is not None:
        decision = "overturned" if outcome[1].lower() == "overturned" else "upheld"
        name = name[: outcome.start()].strip()
    administrator, reviewer, rationale = _sections(body, words)
    request, original, authorized = DIALECT.read_title(name)
    return Item(
        request=request,
        original=original,
        authorized=authorized,
        decision=decision,
        rationale=rationale,
        administrator_citations=read_guideline_line(administrator, ADMINISTRATOR),
        citations=read_guideline_line(reviewer, REVIEWER),
    )


def _sections(lines: Sequence[Line], words: frozenset[str]) -> tuple[str, str, str]:
    """The two guideline lines, each on one line, and the rationale."""
    found: list[int] = []
    for label in (_ADMINISTRATOR, _REVIEWER, _RATIONALE):
        start = found[-1] if found else 0
        at = next((at for at in range(start, len(lines)) if label.match(lines[at].text)), None)
        if at is None:
            title = lines[0].text[:60] if lines else ""
            raise BadInput(f"An item has no line {_LABELS[label]!r}: {title!r}.")
        found.append(at)
    bounds = [*found, len(lines)]
    texts = [join(lines[start:end], words) for start, end in pairwise(bounds)]
    bare = [text.partition(":")[2].strip() for text in texts]
    return one_line(bare[0]), one_line(bare[1]), bare[2]
