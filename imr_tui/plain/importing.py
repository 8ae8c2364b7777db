"""Imports a published letter as a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from imr_tui.plain.session import PlainSession

_WHY_NOT = "Restricted mode opens this folder only, so no letter can be imported."
_WHAT = (
    "Adds the case to this folder. An existing case is not changed. Recall finds the rationales "
    "of letters that you wrote."
)


def import_letter(session: PlainSession, path: str = "") -> None:
    """Ask for the file of a letter, PDF or text, read it, and store its case; says the outcome.

    `path` is asked for if it is blank.
    """
    console = session.console
    if session.restricted or session.read_only:
        console.error(_WHY_NOT if session.restricted else session.read_only)
        return
    if not path:
        console.say(_WHAT)
        path = console.ask("File of the letter, PDF or text, or blank for none")
    if not path:
        console.say("Nothing was imported.")
        return
    try:
        file = Path(path).expanduser()
    except RuntimeError:
        console.error(f"The home folder in {path} is not known. Nothing was imported.")
        return
    is_own = console.confirm("Did you write the letter?")
    console.say(f"Reading {clean_line(file.name)}.")
    try:
        _import(session, str(file), is_own=is_own)
    except ImrError as error:
        console.error(str(error))


def _import(session: PlainSession, path: str, *, is_own: bool) -> None:
    """Read and store a letter; raises ImrError."""
    # Pydantic and Jinja2, which the worklist does without.
    from imr_tui.letter.extract.pdf_text import PdfTexts
    from imr_tui.services.import_letters import Options, read_and_compare

    def tell(where: str, done: int, count: int) -> None:
        if done and done < count:
            session.console.say(f"Page {done} of {count} is read.")

    with PdfTexts(tell) as pdfs:
        letter = read_and_compare(path, pdfs, Options(own=is_own))
    letter.store(session.folder)
    session.audit.note_import(letter.case.number)
    session.console.say(letter.outcome)
