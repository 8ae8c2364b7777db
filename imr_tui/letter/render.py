"""From a case to the bytes of its letter: the same case gives the same text everywhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imr_tui.errors import BadInput
from imr_tui.letter.bounds import Bounds, joined
from imr_tui.letter.language import Language, bounds
from imr_tui.letter.templates import Templates
from imr_tui.letter.view import View
from imr_tui.letterhead import Letterhead as Letterhead
from imr_tui.text import UnprintableError, to_ascii, wrap

if TYPE_CHECKING:
    from imr_tui.case import Case

TEMPLATE = "final_determination.txt.j2"
"""The template's file name, in the shipped folder as in a user's own."""


def render(case: Case, letterhead: Letterhead | None = None, *, draft: bool = False) -> str:
    """The letter of `case`: ASCII, wrapped, one blank line between blocks, a newline at the end.

    A draft marks what is missing (`[rationale missing]`) or cannot be printed (`[U+6F22]`).
    Raises BadInput, naming the field, for a character without an ASCII form, and for a
    template that cannot be read or asks for what there is not.
    """
    head = letterhead or Letterhead()
    variables = View(case, draft).variables()
    variables |= {"organization": _ascii(head.organization), "label": _ascii(head.label)}
    try:
        text = to_ascii(_filled(_environment(head.templates, head.width), variables))
    except Exception as error:
        # A site's own template may fail in any way that Python knows.
        raise BadInput(_about(error, head.templates)) from error
    return re.sub(r"\n{3,}", "\n\n", wrap(text, head.width)).strip("\n") + "\n"


def _filled(environment: Language, variables: dict[str, Any]) -> str:
    token = bounds.set(Bounds())
    try:
        return joined(environment.get_template(TEMPLATE).generate(variables))
    finally:
        bounds.reset(token)


def _ascii(name: str) -> str:
    try:
        return to_ascii(name)
    except UnprintableError as error:
        raise BadInput(f"The letterhead {name!r} cannot be printed: {error}.") from error


@cache
def _environment(own: Path | None, width: int) -> Language:
    folders = [own, shipped_templates()] if own else [shipped_templates()]
    return Language(
        width,
        loader=Templates(folders),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def shipped_templates() -> Path:
    """The folder of the shipped templates: inside an installed package, beside a checkout's."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def _about(error: Exception, own: Path | None) -> str:
    where = f"{own / TEMPLATE}" if own else TEMPLATE
    line = getattr(error, "lineno", None)
    at = f", line {line}" if line else ""
    return f"The template {where}{at} cannot be used: {error}. No letter was written."
