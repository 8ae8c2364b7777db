"""The category of service of a requested item, as DWC's annual reports count them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.catalogue.tables import table
from imr_tui.reading.drugs.drugs import classes_named, drugs
from imr_tui.reading.language import tables as words
from imr_tui.reading.language.lexicon import Lexicon
from imr_tui.reading.language.patterns import lowered
from imr_tui.reading.treatments.services import ASSOCIATED

if TYPE_CHECKING:
    from imr_tui.reading.drugs.drug_table import Drug

OTHER = "other"
"""The id of the category of requests that name no known service."""
DRUGS = "pharmaceuticals"
"""The id of the category of drugs."""
COMPOUND = "compound"
"""The class of a drug that consists of several substances mixed for one patient."""
UNKNOWN = "unknown"
"""The class of a drug that the table of drugs does not have."""
_CACHE_SIZE = 4_096
_PREFIX = re.compile(
    r"\s*(?:(?:retrospective|prospective)(?: request for)?(?: an?| the)?\s"
    r"|(?:pre|post)-?op\w*\s(?=labs?:)"
    rf"|{ASSOCIATED}\s*[:-]?\s*)+"
)
_HEAD_ENDS = re.compile(r"\s(?:of|for|to|with|under|at|in|on)\s")


class Category(NamedTuple):
    """A category of service."""

    id: str
    """Its id, which is part of JSON and CSV."""
    name: str
    """Its name in the reports."""


@cache
def categories() -> Mapping[str, Category]:
    """The categories by id, in their order."""
    rows = table("categories")["category"]
    return {row["id"]: Category(row["id"], row["name"]) for row in rows}


@lru_cache(maxsize=_CACHE_SIZE)
def category_of(request: str) -> str:
    """The id of the category of a request: of its first words, or else of a drug, or of any word.

    "Acupuncture with capsaicin patch" is rehabilitation, "Consultation for surgery" evaluation.
    """
    low = lowered(request)
    prefix = _PREFIX.match(low)
    start = prefix.end() if prefix else 0
    ends = _HEAD_ENDS.search(low, start)
    found = list(_named(low[start:]))
    head = [name for at, name in found if ends is None or start + at < ends.start()]
    if head:
        return head[0]
    if drugs(request) or classes_named(request):
        return DRUGS
    return found[0][1] if found else OTHER


def drug_classes(request: str) -> tuple[str, ...]:
    """The classes of the drugs that a request for drugs names, each once, sorted.

    A mixture of drugs that is not a known product counts as `COMPOUND`, a drug that is not known
    as `UNKNOWN`.
    """
    named = [mention.drug for mention in drugs(request)]
    if len(named) > 1 and _is_mixture(request, named):
        return (COMPOUND,)
    classes = {drug.classes[0] for drug in named if drug.classes}
    return tuple(sorted(classes or classes_named(request) or (UNKNOWN,)))


def _is_mixture(request: str, named: list[Drug]) -> bool:
    """Whether drugs are mixed: each has its share, or the request says that it is a compound."""
    return request.count("%") >= len(named) or "compound" in lowered(request)


def _named(low: str) -> Iterator[tuple[int, str]]:
    """The offsets and categories of the services that a text names, in order."""
    kinds = _categories_of_kinds()
    for name, match in _lexicon().find(low):
        yield match.start(), kinds.get(name, name)


@cache
def _lexicon() -> Lexicon:
    """The words of the categories, then those of the kinds of treatment."""
    own = [{"name": row["id"], "words": row["words"]} for row in table("categories")["category"]]
    return Lexicon([*own, *words.table("treatments/treatments")["kind"]])


@cache
def _categories_of_kinds() -> Mapping[str, str]:
    """The category of each kind of treatment; names of kinds and ids of categories differ."""
    rows = table("categories")["category"]
    return {kind: row["id"] for row in rows for kind in row["kinds"]}
