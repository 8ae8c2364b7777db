"""The dialog that asks once for the reviewer's own credentials."""

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from imr_tui.catalogue.credentials import specialties, split_list, states
from imr_tui.store.profile import Profile
from imr_tui.ui.screens.dialog import Dialog
from imr_tui.ui.widgets.entry import Line
from imr_tui.ui.widgets.field import Field
from imr_tui.ui.widgets.list_line import ListLine


class ProfileScreen(Dialog[Profile | None]):
    """Answers with the profile on Enter in the last field; Esc asks again at the next start."""

    HEADING = "Your credentials"

    def body(self) -> Iterable[Widget]:
        hint = "They prefill each new case and are kept in this folder."
        yield Static(Content(hint), classes="hint")
        yield Field("State(s) of licensure", ListLine(id="licenses", known=states()))
        yield Field("Specialty", ListLine(id="specialties", known=specialties()))
        yield Field("Your name (optional)", Line(id="name"))
        hint = "The name is only looked for, so that no letter holds it; it is never printed."
        yield Static(Content(hint), classes="hint")
        hint = "Commas between several; the right arrow takes a suggestion; Enter goes on."
        yield Static(Content(hint), classes="hint")

    @on(Input.Submitted, "#licenses, #specialties")
    def next_field(self) -> None:
        self.focus_next()

    @on(Input.Submitted, "#name")
    def keep(self) -> None:
        licenses = self.query_one("#licenses", Line).value
        titles = self.query_one("#specialties", Line).value
        self.dismiss(
            Profile(
                licenses=split_list(licenses, states()),
                specialties=split_list(titles, specialties()),
                name=self.query_one("#name", Line).value.strip(),
            )
        )
