"""What a request is about, as words of an index: service, drug, and region of the body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from imr_tui.reading.treatments.services import service
from imr_tui.reading.treatments.treatment_kinds import broader_kinds

_NOT_IN_WORDS = re.compile(r"[^a-z0-9]+")
_KIND, _DRUG, _CLASS, _REGION, _STEM = "k", "d", "c", "r", "w"
"""The first letters of the words of an index, one for each sort."""


class Subject(NamedTuple):
    """The words of one request; two requests are alike as far as they share them."""

    service: frozenset[str]
    """Its treatments and drugs; if it names none, the words that tell it from others."""
    related: frozenset[str]
    """The broader kinds of its treatments, and the classes of its drugs."""
    regions: frozenset[str]
    """Regions of the body."""

    @property
    def words(self) -> str:
        """All its words, to be indexed."""
        return " ".join(sorted(self.service | self.related | self.regions))

    @property
    def levels(self) -> tuple[tuple[frozenset[str], ...], ...]:
        """Sets of words of which a similar request has one each, the most similar first."""
        pairs = [
            (self.service, self.regions),
            (self.service,),
            (self.related, self.regions),
            (self.related,),
            (self.regions,),
        ]
        return tuple(each for each in pairs if all(each))


def subject(request: str) -> Subject:
    """What `request` is about."""
    read = service(request)
    kinds = _words(_KIND, read.kinds)
    named = (
        kinds | _words(_DRUG, (each.generic for each in read.drugs)) | _words(_CLASS, read.classes)
    )
    broader = (wider for kind in read.kinds for wider in broader_kinds(kind))
    classes = (each for drug in read.drugs for each in drug.classes)
    related = _words(_KIND, broader) | _words(_CLASS, classes)
    return Subject(
        named or _words(_STEM, read.words), related - named, _words(_REGION, read.regions)
    )


def _words(sort: str, names: Iterable[str]) -> frozenset[str]:
    return frozenset(sort + _NOT_IN_WORDS.sub("", name.lower()) for name in names)
