"""Inserts phrases into the texts of a case, and moves between the blanks that are left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from imr_tui.errors import ImrError
from imr_tui.ui import dialogs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imr_tui.phrases.blanks import Blank, Span
    from imr_tui.phrases.phrase import Field, Phrase, Phrases
    from imr_tui.store.cases.folder import Folder
    from imr_tui.ui.stages.stage import StageScreen
    from imr_tui.ui.state import Shell, State
    from imr_tui.ui.widgets.prose import Prose

_T = TypeVar("_T")
_FIELDS: dict[str, Field] = {"summary-text": "summary", "rationale": "rationale"}
"""The field of a phrase, by the id of the text on its stage."""


@dataclass(frozen=True)
class _Choice:
    """Options of which one stands in a text."""

    span: Span
    options: tuple[str, ...]
    at: int


class PhraseInsertion:
    """Answers Tab and the arrows in a text.

    Only texts of stages take phrases. The files of phrases are read whenever a phrase is wanted.
    """

    def __init__(self, state: State, shell: Shell) -> None:
        self._state = state
        self._shell = shell
        self._choice: _Choice | None = None

    def take_key(self, prose: Prose, key: str) -> bool:
        """Whether `key` expanded a phrase, went to a blank or changed a choice in `prose`."""
        if prose.read_only or prose.id not in _FIELDS:
            return False
        if key in ("up", "down"):
            return self._choose(prose, 1 if key == "down" else -1)
        if key == "tab":
            return self._expand(prose) or self._walk(prose, 1)
        return self._walk(prose, -1)

    # ── Inserting ────────────────────────────────────────────────────────────────────────

    def pick(self, prose: Prose) -> None:
        """Let the reviewer choose a phrase for the place of the cursor."""
        self._pick(prose, prose.span)

    def keep(self, prose: Prose) -> None:
        """Ask for a name under which the selected words become a phrase of the reviewer."""
        # Loaded with the first phrase that is kept.
        from imr_tui.phrases.from_text import proposed_name, without_facts
        from imr_tui.store.config import phrase_files

        if not prose.selected_text.strip():
            self._shell.hint("Select the words first: Shift and the arrows, in the text.")
            return
        text = without_facts(prose.selected_text.strip())

        def save(name: str | None) -> None:
            if name is not None:
                self._save(name, text)

        own = self._read(phrase_files.own_phrases)
        if own is not None:
            names = frozenset(each.name for each in own)
            screen = dialogs.phrases.NameScreen(text, proposed_name(text), names)
            self._shell.push_screen(screen, save)

    def _save(self, name: str, text: str) -> None:
        from imr_tui.phrases.phrase import Phrase
        from imr_tui.store.config import phrase_files

        try:
            phrase_files.keep_phrase(self._state.folder, Phrase(name, text))
        except ImrError as error:
            self._shell.complain(error)
        else:
            self._shell.hint(f"Kept. Type .{name} and Tab in a text to insert it.")

    def _expand(self, prose: Prose) -> bool:
        """Replace the name before the cursor by its phrase."""
        # Loaded with the first Tab.
        from imr_tui.phrases.blanks import abbreviation
        from imr_tui.store.config import phrase_files

        start, at = prose.span
        found = abbreviation(prose.text, at) if start == at else None
        if found is None:
            return False
        if not found.name:
            self._pick(prose, found.span)
            return True
        phrases = self._read(phrase_files.load_phrases)
        if phrases is None:
            return True
        field = _field(prose)
        phrase = phrases.get(found.name, field)
        if phrase is None:
            near = ", ".join(f".{name}" for name in phrases.nearest(found.name, field))
            says = f"No phrase .{found.name} for this text."
            self._shell.hint(
                f"{says} Similar: {near}" if near else f"{says} A period and Tab list all."
            )
        else:
            self._insert(prose, phrases, phrase, found.span)
        return True

    def _pick(self, prose: Prose, span: Span) -> None:
        from imr_tui.store.config import phrase_files

        phrases = self._read(phrase_files.load_phrases)
        if phrases is None:
            return

        def insert(phrase: Phrase | None) -> None:
            if phrase is not None and prose.is_attached:
                prose.screen.set_focus(prose)
                self._insert(prose, phrases, phrase, span)

        self._shell.push_screen(dialogs.phrases.PhraseScreen(phrases, _field(prose)), insert)

    def _read(self, read: Callable[[Folder], _T]) -> _T | None:
        """What `read` returns for the folder of cases; None if it fails, which is shown."""
        try:
            return read(self._state.folder)
        except ImrError as error:
            self._shell.complain(error)
            return None

    def _insert(self, prose: Prose, phrases: Phrases, phrase: Phrase, span: Span) -> None:
        from imr_tui.phrases.blanks import blanks
        from imr_tui.phrases.case_values import case_values

        stage = cast("StageScreen", prose.screen).stage
        try:
            text = phrases.expand(phrase, case_values(self._state.open_case, stage.item))
        except ValueError as error:
            self._shell.hint(f"{error}. Nothing was inserted.")
            return
        if not prose.put(text, span):
            return
        left = blanks(text)
        if left:
            start, end = left[0].span
            prose.select((span[0] + start, span[0] + end))
            self._shell.hint(blanks_left(left))

    # ── Blanks and choices ───────────────────────────────────────────────────────────────

    def _walk(self, prose: Prose, step: int) -> bool:
        """Select the next blank (1) or the one before (-1), if the text has one."""
        from imr_tui.phrases.blanks import next_blank

        blank = next_blank(prose.text, prose.span, step)
        if blank is None:
            return False
        prose.select(blank.span)
        if blank.options:
            self._shell.hint("Up and Down choose: " + " | ".join(blank.options))
        return True

    def _choose(self, prose: Prose, step: int) -> bool:
        """Replace the selected choice by its next option (1) or the one before (-1)."""
        if prose.selection.is_empty:
            # Mostly; the arrows must not read the whole text.
            return False
        from imr_tui.phrases.blanks import blanks

        span = prose.span
        choice = self._choice
        if (
            choice is None
            or choice.span != span
            or prose.selected_text != choice.options[choice.at]
        ):
            found = blanks(prose.selected_text)
            if len(found) != 1 or found[0].span != (0, span[1] - span[0]) or not found[0].options:
                return False
            choice = _Choice(span, found[0].options, -1 if step > 0 else 0)
        at = (choice.at + step) % len(choice.options)
        option = choice.options[at]
        if prose.put(option, span):
            chosen = (span[0], span[0] + len(option))
            prose.select(chosen)
            self._choice = _Choice(chosen, choice.options, at)
        return True


def blanks_left(left: Sequence[Blank]) -> str:
    """Says how many blanks an inserted text has; an empty string without blanks."""
    if not left:
        return ""
    count = f"{len(left)} blank{'s' * (len(left) > 1)}"
    return f"{count} to fill in: Tab goes to the next, Up and Down choose."


def _field(prose: Prose) -> Field:
    return _FIELDS[prose.id or ""]
