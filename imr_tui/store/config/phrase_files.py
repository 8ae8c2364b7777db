"""The phrases of the program, the site and each account."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from imr_tui import phrases
from imr_tui.errors import BadInput
from imr_tui.phrases.phrase import FIELDS, MAX_LENGTH, Field as PhraseField, Origin, Phrase, Phrases
from imr_tui.phrases.template import NAME
from imr_tui.store.config.account_folder import account_file, write_account_file
from imr_tui.store.config.machine_policy import require_root
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.toml_files import toml, validation_errors
from imr_tui.store.toml_files.toml_scan import Location, lines_of, nearest_line
from imr_tui.text.sanitize import clean, clean_line

if TYPE_CHECKING:
    from imr_tui.store.cases.folder import Folder

FILE = "phrases.toml"
SITE_FILE = Path("/etc/imr-tui/phrases.toml")
"""The phrases of this machine's site; only root can write the file."""
MAX_PHRASES = 1_000
"""Phrases in one file."""
MAX_BYTES = 2_000_000
"""A larger file is refused unread."""


def _cleaned(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _cleaned_line(value: object) -> object:
    return clean_line(value) if isinstance(value, str) else value


class _Row(BaseModel):
    """A `[[phrase]]` table; `Phrase` says what each key is."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)

    name: Annotated[str, StringConstraints(pattern=rf"^{NAME}$")]
    text: Annotated[
        str, BeforeValidator(_cleaned), StringConstraints(min_length=1, max_length=MAX_LENGTH)
    ]
    fields: Annotated[tuple[PhraseField, ...], Field(strict=False, min_length=1)] = FIELDS
    about: Annotated[str, BeforeValidator(_cleaned_line), StringConstraints(max_length=200)] = ""


class _File(BaseModel):
    """A file of phrases."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)

    phrase: Annotated[tuple[_Row, ...], Field(strict=False, max_length=MAX_PHRASES)] = ()


def load_phrases(folder: Folder, site: Path = SITE_FILE) -> Phrases:
    """The shipped phrases with those of the site and of this account, which replace them by name.

    Raises BadInput with the line, or CannotStore; no phrase of a faulty file is used.
    """
    found = list(shipped_phrases())
    if os.path.lexists(site):
        require_root(site, _NOT_USED)
        found += _read(site, "site", found)
    own = account_file(folder.path, FILE)
    if own.exists():
        found += _read(own, "own", found)
    return Phrases(found)


def own_phrases(folder: Folder) -> tuple[Phrase, ...]:
    """The phrases of this account; raises BadInput or CannotStore."""
    own = account_file(folder.path, FILE)
    return _rows(own, "own")[0] if own.exists() else ()


def phrases_in(file: Path) -> tuple[tuple[Phrase, ...], dict[str, int]]:
    """The phrases in a file of phrases, and the line of the text of each.

    Raises BadInput with the line, or CannotStore.
    """
    rows, text = _rows(file, "own")
    lines = lines_of(text)
    return rows, {each.name: _line(lines, at, "text") for at, each in enumerate(rows)}


def save_phrases(folder: Folder, own: tuple[Phrase, ...]) -> None:
    """Replace the phrases of this account; raises CannotStore.

    Raises BadInput, with nothing changed, for what could not be read again.
    """
    if len(own) > MAX_PHRASES:
        raise BadInput(f"You can have {MAX_PHRASES:,} phrases, not {len(own):,}. {_UNCHANGED}")
    if long := next((each.name for each in own if len(each.text) > MAX_LENGTH), ""):
        raise BadInput(f".{long} has more than {MAX_LENGTH:,} characters. {_UNCHANGED}")
    data = encode(own).encode()
    if len(data) > MAX_BYTES:
        raise BadInput(f"Your phrases would take more than {MAX_BYTES:,} bytes. {_UNCHANGED}")
    write_account_file(folder.path, FILE, data)


def keep_phrase(folder: Folder, phrase: Phrase) -> None:
    """Add a phrase to those of this account, in place of one of the same name.

    Raises as `own_phrases` and `save_phrases` do.
    """
    # Read now: another session may have kept one while the name was asked for.
    others = (each for each in own_phrases(folder) if each.name != phrase.name)
    save_phrases(folder, (*others, phrase))


def encode(own: tuple[Phrase, ...]) -> str:
    """Phrases as the content of a file."""
    return toml.dumps({"phrase": [_table(each) for each in own]})


def _table(phrase: Phrase) -> dict[str, object]:
    table: dict[str, object] = {"name": phrase.name}
    if phrase.about:
        table["about"] = phrase.about
    if phrase.fields != FIELDS:
        table["fields"] = list(phrase.fields)
    return {**table, "text": phrase.text}


@cache
def shipped_phrases() -> tuple[Phrase, ...]:
    """The phrases of the program."""
    source = files(phrases).joinpath("shipped.toml")
    tables, _ = toml.parse(source.read_bytes(), "shipped.toml")
    return _phrases(_File.model_validate(tables), "shipped")


def _read(path: Path, origin: Origin, known: list[Phrase]) -> tuple[Phrase, ...]:
    """The phrases of a file, each of which can be expanded with the `known` ones."""
    rows, text = _rows(path, origin)
    together = Phrases([*known, *rows])
    for at, phrase in enumerate(rows):
        if says := together.fault(phrase):
            line = _line(lines_of(text), at, "text")
            raise BadInput(f"{path}, line {line}: .{phrase.name} {says}. {_NOT_USED}")
    return rows


def _rows(path: Path, origin: Origin) -> tuple[tuple[Phrase, ...], str]:
    data = read_bytes(path)
    if len(data) > MAX_BYTES:
        raise BadInput(f"{path} is larger than {MAX_BYTES:,} bytes. {_NOT_USED}")
    try:
        tables, text = toml.parse(data, path)
        rows = _phrases(validation_errors.validate(_File, tables, text, path), origin)
    except BadInput as error:
        raise BadInput(f"{error} {_NOT_USED}") from error
    seen = set[str]()
    for at, phrase in enumerate(rows):
        if phrase.name in seen:
            line = _line(lines_of(text), at, "name")
            raise BadInput(f"{path}, line {line}: .{phrase.name} is there twice. {_NOT_USED}")
        seen.add(phrase.name)
    return rows, text


def _line(lines: Mapping[Location, int], at: int, key: str) -> int:
    return nearest_line(lines, ("phrase", at, key)) or 1


def _phrases(file: _File, origin: Origin) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(row.name, row.text, row.fields, row.about, origin=origin) for row in file.phrase
    )


_NOT_USED = "Its phrases were not used."
_UNCHANGED = "Your phrases were not changed."
