"""The dialog that lists the earlier versions of the case, each with what differs now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from imr_tui.errors import ImrError
from imr_tui.model.case import Case
from imr_tui.model.diff import differences
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.widgets.diff_view import DiffView

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.store.history.versions import Version


class VersionsScreen(Dialog[Case | None]):
    """Answers with the case of the version that is to be restored; Esc changes nothing."""

    HEADING = "Earlier versions"
    BINDINGS = [  # noqa: RUF012
        Binding(
            "r",
            "restore",
            "Restore",
            id="versions.restore",
            tooltip="Go back to this version; undo takes it back, and the case now is kept, too",
        ),
    ]

    def __init__(self, versions: Sequence[Version], now: Case) -> None:
        super().__init__()
        self._versions = versions
        self._now = now

    def body(self) -> Iterable[Widget]:
        if not self._versions:
            yield Static(Content("No version is kept yet."), classes="hint")
            return
        options = (Option(Content(line(version))) for version in self._versions)
        yield OptionList(*options, compact=True)
        yield Static(Content("- is that version, + is the case now"), classes="hint")
        yield DiffView()

    @on(OptionList.OptionHighlighted)
    def compare(self) -> None:
        case, problem = self._chosen()
        hint = problem or "- is that version, + is the case now"
        self.query_one(".hint", Static).update(Content(hint))
        self.query_one(DiffView).show(differences(case, self._now) if case else ())
        self.refresh_bindings()

    def _chosen(self) -> tuple[Case | None, str]:
        """The case of the highlighted version, or why there is none."""
        listed = self.query(OptionList)
        at = listed.first().highlighted if listed else None
        if at is None:
            return None, ""
        path = self._versions[at].path
        try:
            return decode(read_bytes(path), path), ""
        except ImrError as error:
            return None, str(error)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "restore":
            return True if not self.app.read_only and self._chosen()[0] else None
        return True

    def action_restore(self) -> None:
        self.dismiss(self._chosen()[0])


def line(version: Version) -> str:
    """A version for a reader: its number, when and why it was kept."""
    return f"{version.number:>4}  {version.at.astimezone():%Y-%m-%d %H:%M}  {version.event}"
