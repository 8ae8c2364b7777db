"""Finds the chapters of guidelines that a citation names, and what each chapter is about."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from imr_tui.reading.body import anatomy
from imr_tui.reading.drugs.drugs import drugs, is_of
from imr_tui.reading.guidelines.issuers import ISSUERS
from imr_tui.reading.language.lexicon import Lexicon
from imr_tui.reading.language.patterns import CACHE_SIZE, LazyPattern, lowered
from imr_tui.reading.language.tables import table


class Chapter(NamedTuple):
    """A chapter of a guideline, of any issuer and year."""

    name: str
    """Its short name: "low back"."""
    about: str
    """What it is about, in words for a message; blank if it fits every request."""
    issuers: frozenset[str]
    """The issuers that have such a chapter; empty for all."""
    regions: frozenset[str]
    """Its body regions; empty for a chapter about something else."""
    nearby: frozenset[str]
    """Regions that also fit the chapter if a text mentions one of `regions`."""
    subject: LazyPattern | None
    """Finds words about its subject in lower-case text; None for a chapter about body regions."""
    classes: tuple[str, ...]
    """Drug classes that are part of its subject."""

    @property
    def fits_everything(self) -> bool:
        """Whether it fits every request, as those about pain and general approaches do."""
        return not self.about

    def is_subject_of(self, text: str) -> bool:
        """Whether a text mentions its subject: a body region, a word for it, or a drug."""
        if self.subject is None:
            return anatomy.any_related(anatomy.names(text), self.regions)
        named = self.subject.search(lowered(text)) is not None
        return named or any(is_of(mention.drug, *self.classes) for mention in drugs(text))


@cache
def chapters() -> dict[str, Chapter]:
    """All chapters by name."""
    return {row["name"]: _chapter(row) for row in table("guidelines/chapters")["chapter"]}


def _chapter(row: dict[str, object]) -> Chapter:
    def words(field: str) -> tuple[str, ...]:
        listed = row.get(field, ())
        return tuple(str(each) for each in listed) if isinstance(listed, list) else ()

    subject = "|".join(words("subject"))
    return Chapter(
        name=str(row["name"]),
        about=str(row.get("about", "")),
        issuers=frozenset(words("issuers")),
        regions=frozenset(words("regions")),
        nearby=frozenset(words("nearby")),
        subject=LazyPattern(rf"(?<!\w)(?:{subject})(?!\w)") if subject else None,
        classes=words("classes"),
    )


@cache
def _titles() -> Lexicon:
    return Lexicon(
        {"name": row["name"], "words": row["title"]}
        for row in table("guidelines/chapters")["chapter"]
    )


@lru_cache(maxsize=4 * CACHE_SIZE)
def named(text: str, issuer: str) -> tuple[Chapter, ...]:
    """The chapters of an issuer that `text` names, in order, each once."""
    found = dict.fromkeys(name for name, _ in _titles().find(lowered(text)))
    listed = (chapters()[name] for name in found)
    return tuple(each for each in listed if not each.issuers or issuer in each.issuers)


def is_postsurgical(title: str) -> bool:
    """Whether a title is that of the MTUS on treatment after surgery."""
    return any(each.name == "postsurgical treatment" for each in named(title, "mtus"))


# Titles of ACOEM's guidelines, and of chapters of ODG, which some letters cite without the issuer.
_TITLES = {
    "ODG": LazyPattern(r"\((?:acute (?:&|and) )?chronic\)|\blumbar (?:&|and) thoracic\b"),
    "ACOEM": LazyPattern(r"\boccupational medicine practice guidelines\b"),
}


@lru_cache(maxsize=CACHE_SIZE)
def issuer_of(text: str) -> str:
    """The issuer that a citation names: "odg", "acoem", or blank for another one."""
    low = lowered(text)
    named = (name for name in _TITLES if ISSUERS[name].search(text) or _TITLES[name].search(low))
    return next(named, "").lower()
