"""Edits a long text of the open case in the reviewer's own editor."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError, LimitReached
from imr_tui.plain.console import Ended
from imr_tui.plain.outside import run_outside
from imr_tui.plain.sentences import counted
from imr_tui.session import editors
from imr_tui.session.lent_text import (
    CODES_SHOWN,
    KEPT,
    NO_EDITOR,
    UNCLOSED_QUOTE,
    LentText,
    exit_problem,
    no_program,
)
from imr_tui.text.sanitize import clean, find_code_point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imr_tui.plain.case_text import CaseText
    from imr_tui.store.cases.editor_file import PrivateText
    from imr_tui.terminal.tty import Terminal

NO_TERMINAL = "The editor needs a terminal. i, s and a take the text line by line."


def edit_outside(text: CaseText) -> None:
    """Lend the terminal to the editor, and take its text back as one edit."""
    console = text.session.console
    try:
        words = editors.chosen(os.environ)
    except ValueError:
        console.error(UNCLOSED_QUOTE)
        return
    if words is None:
        console.error(NO_EDITOR)
    elif (terminal := text.session.terminal) is None:
        console.error(NO_TERMINAL)
    elif text.session.saved():
        _lend(text, words, terminal)


def _lend(text: CaseText, words: Sequence[str], terminal: Terminal) -> None:
    """Open a private copy of the text in an editor."""
    # Reads and writes files, which a session without an editor does not.
    from imr_tui.store.cases.editor_file import put_out

    session = text.session
    lent = LentText(session.case.number, text.item, text.text)
    try:
        private = put_out(session.folder, lent.text, lent.number, lent.name, session.now)
    except ImrError as error:
        session.console.error(str(error))
        return
    command = editors.command(words, private.path, 1, 1)
    if command is None:
        private.remove()
        session.console.error(no_program(words[0]))
        return
    # Temporary files of the editor are removed with the folder.
    environment = dict(os.environ) | {"TMPDIR": str(private.path.parent.absolute())}
    try:
        problem = exit_problem(run_outside(command, environment, session, terminal))
    except OSError as error:
        problem = f"{command[0]} did not start: {error.strerror}"
    except Ended:
        # What the editor wrote stays; the next start says where it is.
        if not private.has_news():
            private.remove()
        raise
    _take_in(text, lent, private, problem)


def _take_in(text: CaseText, lent: LentText, private: PrivateText, problem: str) -> None:
    """Put what the editor wrote into the case, or leave its file where it is, and say so."""
    session, new = text.session, lent.text
    if not problem:
        try:
            new = private.read()
        except ImrError as error:
            problem = f"The editor's text cannot be used: {str(error).removesuffix('.')}"
    if not problem and clean(new) != lent.text:
        problem = _put_in(text, lent, new)
    if session.saved() and not (problem and private.has_news()):
        private.remove()
    else:
        private.keep()
        problem = f"{problem or 'The text is not saved yet'}. {KEPT}{private.path}"
    if problem:
        session.console.error(f"{problem}.")
    elif text.text == lent.text:
        session.console.say(f"The {text.name} did not change.")
    else:
        session.console.say(f"The {text.name} is changed: {counted(text.text)}.")


def _put_in(text: CaseText, lent: LentText, new: str) -> str:
    """Put the text of an editor into the case; returns why that is impossible, or blank."""
    session, cleaned = text.session, clean(new)
    if session.open_case is None or session.read_only or session.case.number != lent.number:
        return "The case is read-only now"
    try:
        session.open_case.edit(lent.change(cleaned), "")
    except LimitReached as error:
        return str(error).removesuffix(".")
    if find_code_point(cleaned) and not find_code_point(new):
        session.console.say(CODES_SHOWN)
    return ""
