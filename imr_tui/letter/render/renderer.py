"""Renders the letter of a case; the same case always gives the same text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError

from imr_tui.errors import BadInput
from imr_tui.letter.dialects.dialect import Letterhead as Letterhead
from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.letter.render.preview import Preview, with_places
from imr_tui.letter.render.render_limits import Limits, join_pieces, limits
from imr_tui.letter.render.templates import Language, Templates
from imr_tui.letter.render.view import View
from imr_tui.text.layout import wrap
from imr_tui.text.transliteration import UnprintableError, to_ascii

if TYPE_CHECKING:
    from imr_tui.model.case import Case

_MAX_ERROR = 300
"""Maximum characters of an error message about a template, which may quote anything."""
TEMPLATE = DIALECT.template
"""The template's file name, in the shipped folder and in a site's own."""


def render(
    case: Case,
    letterhead: Letterhead | None = None,
    *,
    draft: bool = False,
    is_stopped: Callable[[], bool] = lambda: False,
) -> str:
    """Render the letter of `case`: ASCII, wrapped, one blank line between blocks, final newline.

    A draft marks fields that are missing (`[rationale missing]`) and characters that cannot be
    printed (`[U+6F22]`). Raises BadInput, naming the field, for a character without an ASCII form;
    for a template that is unreadable, uses undefined names or takes too long; and soon after
    `is_stopped` returns True.
    """
    head = letterhead or Letterhead()
    return render_template(TEMPLATE, letter_variables(case, head, draft=draft), head, is_stopped)


def render_template(
    name: str,
    variables: dict[str, Any],
    head: Letterhead,
    is_stopped: Callable[[], bool] = lambda: False,
) -> str:
    """Fill the template `name`: ASCII, wrapped, one blank line between blocks, final newline.

    The mark of the letterhead, if it has one, is the first line, and a blank line follows.
    Raises BadInput for a template that is unreadable, uses undefined names or takes too long.
    """
    lines = _lines(name, variables, head, is_stopped, lambda line: wrap(line, head.width))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
    return f"{head.mark}\n\n{text}" if head.mark else text


def render_preview(
    case: Case,
    letterhead: Letterhead | None = None,
    *,
    draft: bool = False,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Preview:
    """Render the letter of `case` as paragraphs with the fields that they print.

    At its own width the preview has exactly the text of `render`; raises the same errors.
    """
    head = letterhead or Letterhead()
    variables = letter_variables(case, head, draft=draft)
    lines = _lines(TEMPLATE, variables, head, is_stopped, lambda line: line)
    above = [head.mark, ""] if head.mark else []
    return Preview(with_places([*above, *lines], variables), head.width)


def letter_variables(case: Case, head: Letterhead, *, draft: bool) -> dict[str, Any]:
    """The values that the template of a letter prints; raises BadInput as `render` does."""
    variables = View(case, draft).variables()
    label = letterhead_line(head.label)
    variables |= {"organization": letterhead_line(head.organization), "label": label}
    variables["phrases"] |= {"reviewer": DIALECT.reviewer.format(label=label)}
    return variables


def _lines(
    name: str,
    variables: dict[str, Any],
    head: Letterhead,
    is_stopped: Callable[[], bool],
    finish: Callable[[str], str],
) -> list[str]:
    """Fill the template; each line is turned into ASCII and then passed to `finish`."""
    # The shipped template is not timed: its time only depends on the case, and is short.
    token = limits.set(Limits(is_timed=bool(head.templates), is_stopped=is_stopped))
    try:
        filled = _fill(_environment(head.templates, head.width), name, variables)
        return _ascii_lines(filled, finish)
    except Exception as error:
        # A site's template may cause any exception.
        raise BadInput(_error_message(error, name, head.templates)) from error
    finally:
        limits.reset(token)


def _fill(environment: Language, name: str, variables: dict[str, Any]) -> str:
    return join_pieces(environment.get_template(name).generate(variables))


def _ascii_lines(text: str, finish: Callable[[str], str]) -> list[str]:
    """Transliterate to ASCII and finish, line by line."""
    remaining, lines, at = limits.get(), [], 0
    for line in text.split("\n"):
        remaining.check_line(line)
        try:
            lines.append(finish(to_ascii(line)))
        except UnprintableError as error:
            raise UnprintableError(text, at + error.column - 1) from error
        at += len(line) + 1
    return lines


def letterhead_line(words: str) -> str:
    """A line of the letterhead in ASCII; raises BadInput if it cannot be printed."""
    try:
        return to_ascii(words)
    except UnprintableError as error:
        raise BadInput(f"The letterhead {words!r} cannot be printed: {error}.") from error


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
    """The folder of the shipped templates: in the package, or next to it in a checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def template_bytes(own: Path | None) -> bytes:
    """The content of the template and of all that it may include, with the names of the files.

    `own` is the site's folder of templates, or None. Raises BadInput if it cannot be read.
    """
    folders = [own, shipped_templates()] if own else [shipped_templates()]
    try:
        return b"".join(_named_file(path) for folder in folders for path in _files(folder))
    except OSError as error:
        raise BadInput(f"The template in {folders[0]} cannot be read: {error.strerror}.") from error


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())


def _named_file(path: Path) -> bytes:
    data = path.read_bytes()
    return f"{path.name} {len(data)}\n".encode() + data


def _error_message(error: Exception, name: str, own: Path | None) -> str:
    folders = [own or shipped_templates(), shipped_templates()]
    path, line = _error_location(error, name, folders)
    where = str(path or (own / name if own else name))
    at = f", line {line}" if line else ""
    says = error.message if isinstance(error, TemplateSyntaxError) else error
    return (
        f"The template {where}{at} cannot be used: {str(says)[:_MAX_ERROR]}. No letter was written."
    )


def _error_location(
    error: Exception, name: str, folders: Sequence[Path]
) -> tuple[Path | None, int | None]:
    """The template and line that caused an error, if known; `name` is that of the letter's."""
    if isinstance(error, TemplateSyntaxError):
        found = (folder / (error.name or name) for folder in folders)
        return next((path for path in found if path.is_file()), None), error.lineno
    location: tuple[Path | None, int | None] = None, None
    for frame, line in walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.parent in folders:
            location = path, line
    return location
