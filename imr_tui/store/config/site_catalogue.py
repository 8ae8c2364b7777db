"""The guidelines that a site adds to the catalogue, in `.imr/guidelines.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self, get_args
from unicodedata import normalize

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from imr_tui.catalogue.catalogue import Catalogue, shipped
from imr_tui.catalogue.guidelines import Guideline, Kind, Topic
from imr_tui.domain.pages import fault, read_pages
from imr_tui.errors import BadInput
from imr_tui.model.value import Rows
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.toml_files import toml, validation_errors
from imr_tui.store.toml_files.toml_scan import lines_of, nearest_line
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder

FILE = "guidelines.toml"
MAX_BYTES = 1_000_000
"""A larger file is refused as it is."""

_SECTION = r"^9792\.[0-9]{2}(\.[0-9]+)?(-9792\.[0-9]{2}(\.[0-9]+)?)?$"


def _whole_line(text: str) -> str:
    cleaned = clean_line(text)
    if cleaned != normalize("NFC", text):
        raise ValueError("it contains a control or invisible character")
    return cleaned


def _listed(pages: str) -> str:
    if pages and not read_pages(pages):
        raise ValueError('write pages as in "1-127"')
    if what := fault(pages):
        raise ValueError(what)
    return pages


Words = Annotated[str, AfterValidator(_whole_line), StringConstraints(max_length=400)]
Filled = Annotated[Words, StringConstraints(min_length=1, pattern=r"\S")]
Pages = Annotated[Words, AfterValidator(_listed)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class SiteTopic(_Table):
    """A heading inside a guideline; `Topic` says what each key is."""

    title: Filled
    pages: Pages = ""
    aliases: Rows[Filled] = ()


class SiteGuideline(_Table):
    """One version of a guideline; `Guideline` says what each key is."""

    id: Identifier
    title: Filled
    printed: Filled
    paged: Words = ""
    organization: Words = ""
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    yearly: bool = False
    section: Words = ""
    pages: Pages = ""
    effective_from: date | None = None
    effective_to: date | None = None
    end_known: bool = True
    change_proposed: date | None = None
    aliases: Rows[Filled] = ()
    source: Words = ""
    verified: bool = False
    topics: Rows[SiteTopic] = ()

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.effective_to and not self.effective_from:
            raise ValueError("effective_to needs effective_from")
        if self.effective_to and self.effective_from and self.effective_to < self.effective_from:
            raise ValueError("effective_to is before effective_from")
        return self


class MtusGuideline(SiteGuideline):
    """A version of a guideline of the MTUS, which has a section of the regulations and a year."""

    section: Annotated[Filled, StringConstraints(pattern=_SECTION)]
    year: Annotated[int, Field(ge=1900, le=2100)]


class SiteFile(_Table):
    """The whole file; the name of a table is the kind of guideline."""

    as_of: date
    """The last day that the rows know of."""
    mtus: Rows[MtusGuideline] = ()
    acoem: Rows[SiteGuideline] = ()
    odg: Rows[SiteGuideline] = ()
    other: Rows[SiteGuideline] = ()


def load_catalogue(folder: Folder) -> Catalogue:
    """The shipped catalogue with the rows of `folder`'s site.

    Raises BadInput with the line, or CannotStore; then no row of the file counts.
    """
    path = folder.own(FILE)
    if not path.exists() and not path.is_symlink():
        return shipped()
    data = read_bytes(path)
    if len(data) > MAX_BYTES:
        raise BadInput(f"{path} is larger than {MAX_BYTES:,} bytes. It was not used.")
    try:
        tables, text = toml.parse(data, path)
        site = validation_errors.validate(SiteFile, tables, text, path)
        _refuse_doubles(site, text, path)
    except BadInput as error:
        raise BadInput(f"{error} Its guidelines were not used.") from error
    return shipped().extended(tuple(_guidelines(site)))


def _refuse_doubles(site: SiteFile, text: str, path: Path) -> None:
    seen = set[str]()
    for kind in get_args(Kind):
        for at, row in enumerate(getattr(site, kind)):
            if row.id in seen:
                line = nearest_line(lines_of(text), (kind, at, "id"))
                raise BadInput(f"{path}, line {line}: the id {row.id} is used twice.")
            seen.add(row.id)


def _guidelines(site: SiteFile) -> Iterator[Guideline]:
    for kind in get_args(Kind):
        for row in getattr(site, kind):
            topics = tuple(Topic(**topic.model_dump()) for topic in row.topics)
            fields = row.model_dump(exclude={"topics"})
            yield Guideline(kind=kind, as_of=site.as_of, is_site=True, topics=topics, **fields)
