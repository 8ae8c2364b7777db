"""The dialogs about other holders of the case: a session, a program, and its earlier versions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from textual import on, work
from textual.content import Content
from textual.widgets import OptionList, Static

from imr_tui.errors import ImrError
from imr_tui.model.case import Case
from imr_tui.model.diff import differences
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.ui.bindings import bind
from imr_tui.ui.dialogs.confirm import Answer, Confirm, Confirmation, answer_keys
from imr_tui.ui.dialogs.pick import Choices, Pick, Row
from imr_tui.ui.widgets.diff_view import DiffView

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.store.history.versions import Version
    from imr_tui.store.locking.holder import Holder


# ── Another session asks for the case ────────────────────────────────────────────────────

_REPLIES = (
    Answer(True, "Give it", "request.give", "Save everything and hand over the case"),
    Answer(False, "Keep it", "request.keep", "Keep the case and continue here"),
)


class RequestScreen(Confirm[bool]):
    """Answers True to give the case away, False to keep it, None if that was settled meanwhile."""

    BINDINGS = answer_keys(_REPLIES)

    def __init__(self, holder: Holder) -> None:
        sentence = (
            f"{holder} wants to edit this case. If you hand it over, everything is saved first, "
            "and you can still read it. After a minute without a key it is handed over."
        )
        super().__init__(Confirmation("Another session wants this case", sentence, _REPLIES))
        self._is_settled = False

    def settle(self, says: str) -> None:
        """Say why no answer is needed any more; the reviewer closes the dialog."""
        self._is_settled = True
        self.say(f"{says} esc closes.")

    def allows(self, value: bool) -> bool:
        return not (self._is_settled and value)

    def action_answer(self, answer_id: str) -> None:
        if self._is_settled:
            self.dismiss(None)
        else:
            super().action_answer(answer_id)


# ── Another program changed the file ─────────────────────────────────────────────────────


class Choice(Enum):
    """Which of two texts stays."""

    MINE = "mine"
    THEIRS = "theirs"


_TEXTS = (
    Answer(Choice.MINE, "Keep mine", "choice.mine", "Keep your text (the other is a version)"),
    Answer(
        Choice.THEIRS,
        "Take theirs",
        "choice.theirs",
        "Use the text in the file (yours is a version)",
    ),
)
_BOTH = "- is your text, + is the text in the file. Both are kept."


class ChoiceScreen(Confirm[Choice]):
    """Neither text is lost: the other one becomes a version. Esc decides nothing yet."""

    BINDINGS = answer_keys(_TEXTS)

    def __init__(self, mine: Case, read: Callable[[], Case | None]) -> None:
        """`read` returns the other text, or None if the file is gone; it may raise ImrError."""
        super().__init__(Confirmation("Another program changed the case file", "", _TEXTS))
        self._mine = mine
        self._read = read
        self._theirs: Case | None = None
        self._is_read = False

    def body(self) -> Iterable[Widget]:
        yield from super().body()
        yield DiffView()

    def on_mount(self) -> None:
        self._compare()

    @work
    async def _compare(self) -> None:
        """Read the other text and show the differences."""
        try:
            self._theirs = await asyncio.to_thread(self._read)
            hint = self._gone if self._theirs is None else _BOTH
        except ImrError as error:
            hint = str(error)
        self._is_read = True
        if self._theirs is not None:
            self.query_one(DiffView).show(differences(self._mine, self._theirs))
        self.say(hint)

    @property
    def _gone(self) -> str:
        key = self.app.keys.name("choice.mine")
        return f"The file was deleted. {key} writes your text again."

    def allows(self, value: Choice) -> bool:
        return self._is_read if value is Choice.MINE else self._theirs is not None


# ── Earlier versions ─────────────────────────────────────────────────────────────────────

_SIDES = "- is that version, + is the current case"


class VersionsScreen(Pick[Case]):
    """Lists the versions, each with its differences from the case; answers with one to restore."""

    BINDINGS = [  # noqa: RUF012
        bind(
            "versions.restore",
            "restore",
            "Restore",
            "Restore this version (undo reverts it; the current case is kept)",
        ),
    ]

    def __init__(self, versions: Sequence[Version], now: Case) -> None:
        rows = [Row[Case](Content(line(version))) for version in versions]
        super().__init__(Choices("Earlier versions", lambda *_: rows, _SIDES, at=None))
        self._versions = versions
        self._now = now

    def body(self) -> Iterable[Widget]:
        if not self._versions:
            yield Static(Content("No earlier version yet."), classes="hint")
            return
        yield from super().body()
        yield DiffView()

    @on(OptionList.OptionHighlighted)
    def compare(self) -> None:
        case, problem = self._chosen()
        self.query_one(".hint", Static).update(Content(problem or _SIDES))
        self.query_one(DiffView).show(differences(case, self._now) if case else ())
        self.refresh_bindings()

    def _chosen(self) -> tuple[Case | None, str]:
        """The case of the highlighted version, or the error text if it cannot be read."""
        at = self.listed.highlighted if self._versions else None
        if at is None:
            return None, ""
        path = self._versions[at].path
        try:
            return decode(read_bytes(path), path), ""
        except ImrError as error:
            return None, str(error)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        if action != "restore":
            return ""
        if self.app.read_only:
            return self.app.read_only
        return "" if self._chosen()[0] else "No readable version is selected."

    def action_restore(self) -> None:
        self.dismiss(self._chosen()[0])


def line(version: Version) -> str:
    """The number of a version, and when and why it was kept."""
    return f"{version.number:>4}  {version.at.astimezone():%Y-%m-%d %H:%M}  {version.event}"
