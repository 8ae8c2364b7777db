"""The dialog in which one citation is completed, with the words it prints in view."""

from collections.abc import Iterable
from functools import partial

from pydantic import ValidationError
from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from imr_tui import edits
from imr_tui.case import Citation
from imr_tui.citation import words
from imr_tui.edits import Side
from imr_tui.typed import read_list
from imr_tui.ui.screens.dialog import Dialog
from imr_tui.ui.widgets.entry import Line
from imr_tui.ui.widgets.field import Field, complain

_LABELS = {
    "title": "Title",
    "section": "Section number",
    "year": "Year",
    "sections": "Sections (a; b)",
    "pages": "Pages",
    "standard": "Standard A to F",
    "text": "Printed instead",
}


class CitationForm(Dialog[None]):
    """Every field of a citation; what is typed is kept at once, Enter or Esc closes."""

    HEADING = "Citation"

    def __init__(self, index: int, side: Side, at: int, citation: Citation) -> None:
        super().__init__()
        self._place = (index, side, at)
        self._citation = citation

    def body(self) -> Iterable[Widget]:
        values = as_typed(self._citation)
        off = bool(self.app.read_only)
        for name, label in _LABELS.items():
            yield Field(label, Line(values[name], id=name, disabled=off))
        source = self._citation.guideline or "none, free text"
        yield Static(Content(f"Catalogue entry         {source}"), id="catalogue")
        yield Static(Content(_printed(self._citation)), id="prints")

    def on_mount(self) -> None:
        self.query_one(f"#{_first_field(self._citation)}").focus()

    @on(Input.Changed)
    def write(self, event: Input.Changed) -> None:
        event.stop()
        try:
            citation = typed(self._citation, event.input.id or "", event.value)
        except ValidationError:
            fault = "a year such as 2016" if event.input.id == "year" else "one of A to F"
            complain(event.input, fault)
            return
        complain(event.input, "")
        self._citation = citation
        index, side, at = self._place
        change = partial(edits.set_citation, index=index, side=side, at=at, citation=citation)
        self.edit(change, step=f"items[{index}].{side}[{at}].{event.input.id}")
        self.query_one("#prints", Static).update(Content(_printed(citation)))

    @on(Input.Submitted)
    def done(self) -> None:
        self.dismiss(None)


def as_typed(citation: Citation) -> dict[str, str]:
    """The fields of a citation as they stand in the form."""
    return {
        "title": citation.title,
        "section": citation.section,
        "year": str(citation.year or ""),
        "sections": "; ".join(citation.sections),
        "pages": citation.pages,
        "standard": citation.standard or "",
        "text": citation.text,
    }


def typed(citation: Citation, name: str, value: str) -> Citation:
    """`citation` with the field `name` as typed; raises ValidationError for a bad year."""
    fields = citation.model_dump()
    word = value.strip()
    if name == "year":
        fields["year"] = int(word) if word.isascii() and word.isdigit() else word or None
    elif name == "standard":
        fields["standard"] = word.upper() or None
    elif name == "sections":
        fields["sections"] = read_list(value)
    else:
        fields[name] = value
    return Citation.model_validate(fields)


def _first_field(citation: Citation) -> str:
    """Where to start: what the catalogue does not know."""
    if citation.text or not citation.title:
        return "text"
    return "sections" if not (citation.sections or citation.pages) else "title"


def _printed(citation: Citation) -> str:
    kind = "MTUS" if citation.is_mtus else "Non-MTUS Citation"
    return f"Prints: Decision based on {kind} {words(citation)}."
