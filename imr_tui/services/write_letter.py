"""Writes the letter of a case, unless a finding blocks it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.services.check_case import errors_of, load_setup
from imr_tui.services.signed_letter import DRAFT_LETTER, marked_draft, signed_letter
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.letter_file import LETTER
from imr_tui.store.config.settings import load_settings
from imr_tui.store.safety import atomic
from imr_tui.store.safety.safe_open import OWN, SUFFIX

if TYPE_CHECKING:
    from imr_tui.checks import CheckSetup, Finding
    from imr_tui.letter.dialects.dialect import Letterhead
    from imr_tui.letter.render.preview import Preview
    from imr_tui.model.case import Case
    from imr_tui.services.open_case import Target
    from imr_tui.store.cases.folder import Folder


class Letter(NamedTuple):
    """The letter of a case, or the findings that block it."""

    text: str = ""
    """ASCII, wrapped; blank if it is blocked."""
    errors: tuple[Finding, ...] = ()
    """The findings that block it."""
    is_signed: bool = False
    """Whether it is the letter that was signed."""


def letter_of(
    target: Target,
    today: date,
    *,
    draft: bool = False,
    template: Path | None = None,
    width: int | None = None,
    requires_signature: bool = False,
) -> Letter:
    """Load a case with the settings of its folder, and make its letter or an unchecked draft.

    Raises BadInput or CannotStore, also for an invalid profile, because a letter must be searched
    for the reviewer's name. `template` and `width` are those of `make_letter`. With
    `requires_signature`, an unsigned letter is marked as a draft.
    """
    file = open_case(target.path)
    if file.standing.kind == "signed":
        return _sealed_letter(target, file.case, is_changed=bool(template or width))
    if not draft:
        # A letter of a text that differs from the signed one must not leave by mistake.
        file.standing.require_editable(target.path)
    case = file.case
    settings = load_settings(target.folder)
    setup = None
    if not draft:
        setup = load_setup(target.folder, today, settings, needs_profile=True).setup
    letter = make_letter(case, settings.letterhead, setup, template=template, width=width)
    is_marked = requires_signature and not letter.errors
    return letter._replace(text=marked_draft(letter.text)) if is_marked else letter


def _sealed_letter(target: Target, case: Case, *, is_changed: bool) -> Letter:
    """The letter of a signed case, as it was signed; raises BadInput, CannotStore."""
    if is_changed:
        raise BadInput(
            f"{case.number} is signed, so its letter cannot change. Leave out --template and "
            "--width. Nothing was written."
        )
    letter = signed_letter(target.folder.path, case).decode("ascii")
    return Letter(letter, is_signed=True)


def make_letter(
    case: Case,
    letterhead: Letterhead,
    setup: CheckSetup | None,
    is_stopped: Callable[[], bool] = lambda: False,
    *,
    template: Path | None = None,
    width: int | None = None,
) -> Letter:
    """Check a case and render its letter; without a setup, a draft that marks missing fields.

    `template`, a folder, and `width`, in columns, override the letterhead. Raises what
    `render_letter` raises.
    """
    if setup is not None and (errors := errors_of(case, setup)):
        return Letter(errors=errors)
    head = letterhead_of(letterhead, template, width)
    return Letter(render_letter(case, head, is_stopped, draft=setup is None))


def letterhead_of(letterhead: Letterhead, template: Path | None, width: int | None) -> Letterhead:
    """A letterhead with another folder of templates and another width, where they are given.

    Raises BadInput if the template is not a folder.
    """
    if template is not None and not template.is_dir():
        raise BadInput(f"--template: {template} is not a folder.")
    return replace(
        letterhead, templates=template or letterhead.templates, width=width or letterhead.width
    )


def render_letter(
    case: Case,
    letterhead: Letterhead,
    is_stopped: Callable[[], bool] = lambda: False,
    *,
    draft: bool,
) -> str:
    """Render a letter without checking the case.

    Raises BadInput if the template fails, and soon after `is_stopped` returns True.
    """
    # Jinja2, which neither the worklist nor a refused letter needs.
    from imr_tui.letter.render.renderer import render

    return render(case, letterhead, draft=draft, is_stopped=is_stopped)


def preview_letter(
    case: Case,
    letterhead: Letterhead,
    is_stopped: Callable[[], bool] = lambda: False,
    *,
    draft: bool,
) -> Preview:
    """Render a letter for a screen without checking the case; raises what render_letter raises."""
    from imr_tui.letter.render.renderer import render_preview

    return render_preview(case, letterhead, draft=draft, is_stopped=is_stopped)


def preview_as(
    letter: str,
    case: Case,
    letterhead: Letterhead,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Preview:
    """A `letter` of `case` for a screen, with exactly this text.

    Its paragraphs are wrapped to the screen if the template still makes this letter of the case,
    else its lines.
    """
    from imr_tui.letter.render.preview import Preview

    try:
        preview = preview_letter(case, letterhead, is_stopped, draft=False)
    except BadInput:
        # A template that was changed since, and has a fault.
        return Preview.of_text(letter)
    return preview if preview.text == letter else Preview.of_text(letter)


def write_letter(folder: Folder, case: Case, letter: Letter, now: datetime) -> Path:
    """Write a letter beside its case file as `<number>.txt`; raises CannotStore."""
    return folder.write_letter(case.number, letter.text, case, now)


def write_draft(folder: Folder, case: Case, letter: Letter) -> Path:
    """Write an unsigned letter as a marked draft, `<number>-draft.txt`.

    Raises BadInput or CannotStore.
    """
    path = folder.path / f"{case.number}{DRAFT_LETTER}"
    export_letter(path, Letter(marked_draft(letter.text)))
    return path


def written_sentence(folder: Folder, case: Case, now: datetime) -> str:
    """When the letter was written, and whether it is still that of the case; or blank."""
    found = folder.written_letter(case)
    if found is None:
        return ""
    moment = datetime.fromisoformat(found.written).astimezone(now.tzinfo)
    when = f"{moment:%H:%M}" if moment.date() == now.date() else f"{moment:%Y-%m-%d}"
    if found.is_same:
        return f"Letter written {when} to {case.number}{LETTER}."
    return f"Changed since the letter was written {when}."


def export_letter(path: Path, letter: Letter) -> None:
    """Write a letter over an older one, but never over a case file or through a link.

    Raises BadInput or CannotStore.
    """
    export_bytes(path, letter.text.encode("ascii"))


def export_bytes(path: Path, data: bytes) -> None:
    """Write what a command gives out to a file that a user named; like `export_letter`."""
    if path.suffix == SUFFIX or OWN in path.absolute().parts:
        raise BadInput(f"{path} has the name of a case file. Nothing was written there.")
    if os.path.lexists(path) and (path.is_symlink() or not path.is_file()):
        raise BadInput(f"{path} is not a regular file. Nothing was written there.")
    atomic.write(path, data)
