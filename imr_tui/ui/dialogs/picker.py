"""The dialog that finds a guideline in the catalogue while words are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.catalogue.in_force import badge, instead
from imr_tui.catalogue.to_citation import cite
from imr_tui.model.evidence import Citation
from imr_tui.text.sanitize import clean_line
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.catalogue.catalogue import Catalogue
    from imr_tui.catalogue.search import Hit

_OTHERWISE: dict[str, Callable[[str], Citation]] = {
    "Cite these words as they are": lambda words: Citation(kind="text", text=words),
    "A guideline: organization, year, chapter": lambda words: Citation(
        kind="guideline", title=words
    ),
    "A study: authors, journal, year, pages": lambda words: Citation(kind="study", title=words),
}
"""What is offered below what was found, for sources that no catalogue holds."""


class Picker(Dialog[Citation | None]):
    """Typing searches, arrows choose, Enter cites; the last lines cite what is in no catalogue."""

    HEADING = "Cite a guideline"
    BINDINGS = [  # noqa: RUF012
        Binding(
            "down",
            "highlight(1)",
            "Next",
            id="picker.down",
            show=False,
            tooltip="The next one",
            priority=True,
        ),
        Binding(
            "up",
            "highlight(-1)",
            "Previous",
            id="picker.up",
            show=False,
            tooltip="The one before",
            priority=True,
        ),
        Binding("enter", "pick", "Cite", id="picker.cite", tooltip="Cite it", priority=True),
    ]

    def __init__(self, on: date | None) -> None:
        super().__init__()
        self._on = on
        self._found: list[Hit] = []

    def body(self) -> Iterable[Widget]:
        yield Line(id="search", placeholder="low back 2004, 9792.24.2, odg neck, esi, ...")
        yield OptionList(id="found", compact=True)
        yield Static(Content(self._about()), classes="hint")

    def _about(self) -> str:
        catalogue_access = self.app.catalogue_access
        as_of = catalogue_access.catalogue.as_of
        day = f"on {self._on}" if self._on else "is not judged: the case has no dates"
        known = f"In force {day}, as known on {as_of}; ? unverified."
        return f"{known} {catalogue_access.problem}" if catalogue_access.problem else known

    def on_mount(self) -> None:
        self.query_one("#found").can_focus = False

    def on_resize(self) -> None:
        self.call_after_refresh(lambda: self._search(self.query_one(Line).value))

    @on(Input.Changed)
    def type(self, event: Input.Changed) -> None:
        event.stop()
        self._search(event.value)

    def _search(self, typed: str) -> None:
        catalogue_access = self.app.catalogue_access
        self._found = catalogue_access.index.search(typed, self._on, catalogue_access.recent)
        found = self.query_one(OptionList)
        width = found.scrollable_content_region.width
        options = [
            Option(line(catalogue_access.catalogue, hit, self._on, width)) for hit in self._found
        ]
        words = clean_line(typed).strip()
        options += [Option(Content(f"{what}: {words}" if words else what)) for what in _OTHERWISE]
        found.set_options(options)
        found.highlighted = 0

    def action_highlight(self, step: int) -> None:
        found = self.query_one(OptionList)
        if found.highlighted is not None:
            found.highlighted = (found.highlighted + step) % found.option_count

    def action_pick(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is None:
            return
        if at < len(self._found):
            self.dismiss(cite(self._found[at], self._on))
        else:
            make = list(_OTHERWISE.values())[at - len(self._found)]
            self.dismiss(make(clean_line(self.query_one(Line).value).strip()))


def line(catalogue: Catalogue, hit: Hit, on: date | None, width: int) -> Content:
    """What was found, its badge, and which version was in force instead of one that was not."""
    guideline, topic = hit.guideline, hit.topic
    name = f"{topic.name}: {guideline.name}" if topic is not None else guideline.name
    marks = ("site" if guideline.is_site else "", badge(guideline, on))
    mark = " ".join(part for part in marks if part)
    room = max(width - len(mark) - 2, 0)
    parts = [(f"{_cut(name, room):<{room}}  ", ""), (mark, "dim")]
    if other := instead(catalogue, guideline, on):
        parts.append(("\n" + _cut(f"    in force then: {other}", width), "dim"))
    return Content.assemble(*parts)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: max(width - 3, 0)]}..."
