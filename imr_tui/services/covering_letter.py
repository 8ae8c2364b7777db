"""Makes the covering letter of a case, unless a finding blocks it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput
from imr_tui.reading.language.patterns import unaccented
from imr_tui.reading.people.names import mention_pattern
from imr_tui.services.check_case import errors_of, load_setup
from imr_tui.services.signed_letter import marked_draft
from imr_tui.services.write_letter import Letter, letterhead_of
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.config.profile import identities
from imr_tui.store.config.settings import load_settings

if TYPE_CHECKING:
    from imr_tui.services.open_case import Target
    from imr_tui.store.cases.folder import Folder


def covering_letter_of(
    target: Target,
    today: date,
    day: date,
    *,
    template: Path | None = None,
    width: int | None = None,
    requires_signature: bool = False,
) -> Letter:
    """Load a case with the settings of its folder, and make its covering letter of `day`.

    That of a signed case states what was signed. What blocks the determination also blocks this
    letter. `template`, a folder, and `width`, in columns, override the settings. With
    `requires_signature`, the letter of an unsigned case is marked as a draft. Raises BadInput, also
    if the letter would name a reviewer, CannotStore, and what `Standing.require_editable` raises.
    """
    # Jinja2, which the check of the arguments does without.
    from imr_tui.letter.cover.covering_letter import render_covering_letter

    file = open_case(target.path)
    settings = load_settings(target.folder)
    # The file of a signed case is compared with the sealed copy, so both are the same.
    is_signed = file.standing.kind == "signed"
    if not is_signed:
        file.standing.require_editable(target.path)
        setup = load_setup(target.folder, today, settings, needs_profile=True).setup
        if errors := errors_of(file.case, setup):
            return Letter(errors=errors)
    head = letterhead_of(settings.letterhead, template, width)
    text = render_covering_letter(file.case, head, day)
    _require_unnamed(text, target.folder)
    is_marked = requires_signature and not is_signed
    return Letter(marked_draft(text) if is_marked else text, is_signed=is_signed)


def gaps(target: Target) -> tuple[str, ...]:
    """Sentences about what a covering letter of the case leaves out, as it is not known."""
    found = []
    if not load_settings(target.folder).letterhead.medical_director:
        path = target.folder.own("settings.toml")
        found.append(f"The letter names no medical director. Set `medical_director` in {path}.")
    if not target.open().parties.named():
        found.append("The letter has no addressees, because the case names no parties.")
    return tuple(found)


def _require_unnamed(text: str, folder: Folder) -> None:
    """Raise BadInput if a text names a reviewer, whose name is confidential (4610.6(f))."""
    # A name may be divided between lines, which the pattern allows.
    words = unaccented(text)
    for who in identities(folder):
        pattern = mention_pattern(who.name, who.login)
        if pattern is not None and pattern.search(words):
            raise BadInput(
                "The covering letter would name a reviewer, which is confidential. Nothing was "
                "written. Look at the parties of the case, and at the medical director and the "
                f"address in {folder.own('settings.toml')}."
            )
