"""Parses a guideline line into citations; parts that would print differently are kept as text."""

import re
from collections.abc import Iterator

from imr_tui.catalogue.catalogue import shipped
from imr_tui.domain.citation_text import (
    AND,
    MTUS_OPENING,
    OPENING,
    OTHER_OPENING,
    Source,
    guideline_line,
)
from imr_tui.errors import BadInput
from imr_tui.model.evidence import Citation
from imr_tui.model.limits import MAX_LINE

_SENTENCES = re.compile(rf"(?<=\.)\s+(?={OPENING})")
_CHAPTER = re.compile(
    r"(?P<title>[^,]+(?:, [^,]+)*?) (?P<year>(?:19|20)\d\d)(?:, Section\(s\): (?P<sections>.+))?"
)
_PAGES = re.compile(
    r"(?P<title>.+?)(?: (?P<section>9792\.\d\d(?:\.\d+)?))? Page\(s\): (?P<pages>.+)"
)
_COMPLETE = re.compile(r".* (?:19|20)\d\d(?:, Section\(s\): .+)?", re.DOTALL)
_PAGED = re.compile(r".* Page\(s\): [0-9][0-9, -]*", re.DOTALL)
_BEGINS = re.compile(r"[^:]*? (?:19|20)\d\d(?:, Section\(s\):|, and |\Z)")
_YEAR = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)(?![\d/-])")
_UPDATED = re.compile(r"\bupdated \d{1,2}/\d{1,2}/(\d\d)\b(?!\d)")
_ODG = re.compile(
    r"(?P<title>Official Disability Guidelines(?: \(ODG\))?|ODG)"
    r"(?: (?P<year>(?:19|20)\d\d)(?=,|$))?"
    r"(?:(?P<comma>,)? (?P<rest>.+))?"
)


def read_guideline_line(line: str, source: Source) -> tuple[Citation, ...]:
    """Parse the citations in the guideline `line` of `source`; empty for "did not cite".

    Raises BadInput if the line is too long for a citation.
    """
    if len(line) > MAX_LINE:
        raise BadInput(f"A guideline in the letter has more than {MAX_LINE:,} characters.")
    if line == guideline_line((), source):
        return ()
    outside = guideline_line((Citation(title="x"),), source).partition(f" {OPENING}")[0]
    citations = tuple(_citations(line.removeprefix(outside).strip()))
    if guideline_line(citations, source) == line:
        return citations
    return (Citation(text=line, verbatim=True),)


def _citations(line: str) -> Iterator[Citation]:
    for sentence in _SENTENCES.split(line):
        words = sentence.removesuffix(".")
        if words.startswith(MTUS_OPENING):
            yield from map(_mtus_citation, _chapters(words.removeprefix(MTUS_OPENING)))
        else:
            yield _other_citation(words.removeprefix(OTHER_OPENING))


def _chapters(words: str) -> Iterator[str]:
    """Split an MTUS sentence into chapters; a title or section may itself contain ", and"."""
    chapter, *rest = words.split(AND)
    while rest:
        if _is_complete(chapter, AND.join(rest)):
            yield chapter
            chapter = rest.pop(0)
        else:
            chapter += AND + rest.pop(0)
    yield chapter


def _is_complete(chapter: str, rest: str) -> bool:
    """Whether `chapter` is complete (it has a year or pages) and `rest` begins another one."""
    if _PAGED.fullmatch(chapter):
        return rest[:1].isupper()
    return bool(_COMPLETE.fullmatch(chapter) and _BEGINS.match(rest))


def _other_citation(words: str) -> Citation:
    """Parse a citation outside the MTUS; in ODG citations the chapter follows the title."""
    match = _ODG.fullmatch(words)
    if match is None:
        return Citation(text=words, year=_year(words), standard="C")
    rest = match["rest"] or ""
    if match["year"]:
        year = int(match["year"])
        return Citation(title=match["title"], year=year, section=rest, standard="C")
    if match["comma"]:
        return Citation(title=match["title"], sections=(rest,), standard="C")
    return Citation(title=match["title"], section=rest, standard="C")


def _year(words: str) -> int | None:
    """The year of a free-text citation, if it contains exactly one."""
    years = {int(year) for year in _YEAR.findall(words)}
    years |= {2000 + int(year) for year in _UPDATED.findall(words)}
    return years.pop() if len(years) == 1 else None


def _mtus_citation(words: str) -> Citation:
    if chapter := _CHAPTER.fullmatch(words):
        sections = chapter["sections"]
        year = int(chapter["year"])
        return Citation(
            guideline=shipped().printed_as(chapter["title"], year),
            title=chapter["title"],
            year=year,
            sections=(sections,) if sections else (),
            standard="A",
        )
    if paged := _PAGES.fullmatch(words):
        return Citation(
            title=paged["title"], section=paged["section"] or "", pages=paged["pages"], standard="A"
        )
    return Citation(text=words, standard="A")
