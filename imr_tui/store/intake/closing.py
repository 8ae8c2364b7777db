"""Cases that the organization closed: `.imr/intake/closed/<number>.toml` says why."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from imr_tui.errors import BadInput
from imr_tui.model.limits import MAX_LINE, required_number
from imr_tui.store.intake.received import intake_folder, numbers_in, read_if_there
from imr_tui.store.safety import atomic, safe_open
from imr_tui.store.safety.safe_open import SUFFIX
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLOSED = "closed"
"""The folder under `.imr/intake` with the closed cases."""
ClosingKind = Literal["withdrawn", "authorized"]


class Closing(NamedTuple):
    """Why a case is closed."""

    kind: ClosingKind
    """Whether the application was withdrawn, or all that it disputes was authorized."""
    reason: str = ""
    """The reason in the organization's words; blank if it gave none."""
    on: date | None = None
    """The day on which it was closed; None if the organization gave none."""


def closing(folder: Path, number: str) -> Closing | None:
    """Why a case is closed; None if it is not. Raises BadInput for a damaged file, CannotStore."""
    path = closing_path(folder, number)
    data = read_if_there(path)
    return None if data is None else _parsed(data, path)


def is_closed(folder: Path, number: str) -> bool:
    """Whether a case is closed; reads no file."""
    return os.path.lexists(closing_path(folder, number))


def closed_numbers(folder: Path) -> Iterator[str]:
    """The numbers of the closed cases; raises CannotStore."""
    yield from numbers_in(intake_folder(folder) / CLOSED)


def close_case(folder: Path, number: str, why: Closing) -> None:
    """Close a case, or change why it is closed; raises CannotStore."""
    path = closing_path(folder, number)
    atomic.make_folders(path.parent, folder)
    atomic.write(path, encoded(why))


def reopen_case(folder: Path, number: str) -> None:
    """Open a closed case again; raises CannotStore."""
    path = closing_path(folder, number)
    try:
        with suppress(FileNotFoundError):
            safe_open.unlink(path)
    except OSError as error:
        raise atomic.refused(path, error) from error


def encoded(why: Closing) -> bytes:
    """The content of the file of a closed case."""
    # Not at the start, because the worklist appears without the TOML parser.
    from imr_tui.store.toml_files import toml

    values = {"kind": why.kind, "reason": clean_line(why.reason)[:MAX_LINE], "on": why.on}
    return toml.dumps({key: value for key, value in values.items() if value}).encode()


def in_words(why: Closing) -> str:
    """Why a case is closed: `The application was withdrawn on 2026-11-20: settled.`"""
    what = {
        "withdrawn": "The application was withdrawn",
        "authorized": "All disputed services were authorized",
    }[why.kind]
    when = f" on {why.on}" if why.on else ""
    reason = why.reason.strip().rstrip(".")
    return f"{what}{when}: {reason}." if reason else f"{what}{when}."


def closing_path(folder: Path, number: str) -> Path:
    """The file of a closed case; raises BadInput for an invalid number."""
    return intake_folder(folder) / CLOSED / f"{required_number(number)}{SUFFIX}"


def _parsed(data: bytes, path: Path) -> Closing:
    from imr_tui.store.toml_files import toml

    # Without pydantic, because the worklist shows why a case is closed.
    values, _ = toml.parse(data, path)
    kind, reason, on = values.get("kind"), values.get("reason", ""), values.get("on")
    is_day = on is None or (isinstance(on, date) and not isinstance(on, datetime))
    if kind not in ("withdrawn", "authorized") or not isinstance(reason, str) or not is_day:
        raise BadInput(f"{path} does not say why the case is closed. Run `imr-tui intake` again.")
    return Closing(kind, clean_line(reason)[:MAX_LINE], on)
