"""TOML in the one form that the case folder uses."""

import re
import typing
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli
import tomli_w

from imr_tui.errors import BadInput
from imr_tui.model.limits import MAX_KEYS
from imr_tui.store.safety.safe_open import MAX_BYTES
from imr_tui.store.toml_files.toml_scan import bare, without_strings

MAX_DOTS = 16
"""Dots in a line outside of strings; the deepest key of a case has three."""
MAX_BARE = 4_000_000
"""Characters outside of strings, and line ends."""
_CONTROLS = [*map(chr, range(0x09)), *map(chr, range(0x0B, 0x20)), "\x7f"]
"""What a string holds in a form of its own; no tabs, no newlines."""
LEFT_ALONE = "The file was not changed. Correct it and open it again."
"""What is kept and what to do, after a file was refused."""


def dumps(data: Mapping[str, Any], name: str = "") -> str:
    """`data` as TOML in the order of its keys, every table under a header of its own.

    Values are tomli-w's; headers are set here because it would fold short tables into lines,
    and a file whose form depends on the length of a title makes diffs that mean nothing.
    """
    plain = [_line(key, value) for key, value in data.items() if not _tables(value)]
    blocks = ["".join(plain)] if plain else []
    for key, value in data.items():
        path = f"{name}.{_quoted(key)}" if name else _quoted(key)
        header = f"[{path}]" if isinstance(value, Mapping) else f"[[{path}]]"
        blocks += [f"{header}\n{dumps(table, path)}" for table in _tables(value)]
    return "\n".join(blocks)


def _line(key: str, value: object) -> str:
    """The line of a key, or the lines of its text, as tomli-w has them.

    It looks at every character of a text, which for a long one takes longer than the disk.
    """
    if value == [] or value == ():
        return f"{_quoted(key)} = []\n"
    if not isinstance(value, str) or _has_controls(value):
        return tomli_w.dumps({key: value}, multiline_strings=True)
    text = value.replace("\\", "\\\\").replace('"', '\\"')
    written = f'"""\n{text}"""' if "\n" in text else f'"{text}"'
    return f"{_quoted(key)} = {written}\n"


def _has_controls(text: str) -> bool:
    return not text.isprintable() and any(control in text for control in _CONTROLS)


@lru_cache(maxsize=1_000)
def _quoted(key: str) -> str:
    """`key` as a header holds it."""
    return tomli_w.dumps({key: {}}).strip()[1:-1]


def _tables(value: object) -> Sequence[Mapping[str, Any]]:
    if isinstance(value, str):
        return ()
    if isinstance(value, Mapping):
        return (value,)
    is_list = isinstance(value, list | tuple) and value and isinstance(value[0], Mapping)
    return typing.cast("Sequence[Mapping[str, Any]]", value) if is_list else ()


def parse(data: bytes, where: str | Path) -> tuple[dict[str, Any], str]:
    """The tables of `data` and its text; raises BadInput with the line of a syntax error."""
    if len(data) > MAX_BYTES:
        raise BadInput(f"{where} is larger than {MAX_BYTES:,} bytes. {LEFT_ALONE}")
    text = decode(data, where)
    _refuse_bombs(text, where)
    try:
        return tomli.loads(text), text
    except tomli.TOMLDecodeError as error:
        raise BadInput(f"{where} is not valid TOML: {_shown(error, text)}. {LEFT_ALONE}") from error
    except (RecursionError, ValueError, MemoryError) as error:
        raise BadInput(f"{where} is too large or nested too deeply. {LEFT_ALONE}") from error


def count_keys(text: str) -> int:
    """Lines of `text` with anything outside of strings and comments, as `parse` counts them."""
    return sum(bool(line.strip()) for line in bare(text).split("\n"))


def _refuse_bombs(text: str, where: str | Path) -> None:
    """Raise BadInput for what the parser would take minutes or gigabytes for."""
    if len(text) <= MAX_BARE and _is_harmless(without_strings(text)):
        return
    if len(bared := bare(text)) > MAX_BARE:
        raise BadInput(f"{where} has too much content outside of strings. {LEFT_ALONE}")
    keys = 0
    for number, line in enumerate(bared.split("\n"), 1):
        keys += not line.isspace() and line != ""
        if line.count(".") > MAX_DOTS:
            raise BadInput(f"{where}, line {number}: a key has too many parts. {LEFT_ALONE}")
        if keys > MAX_KEYS:
            raise BadInput(f"{where}, line {number}: there are too many keys. {LEFT_ALONE}")


def _is_harmless(outside: str) -> bool:
    """Whether what stands outside of strings has few keys, and few dots in each line."""
    if outside.count("\n") >= MAX_KEYS:
        return False
    return outside.count(".") <= MAX_DOTS or all(
        line.count(".") <= MAX_DOTS for line in outside.split("\n")
    )


def decode(data: bytes, where: str | Path) -> str:
    """UTF-8 text, one byte order mark allowed; raises BadInput with the line of a bad byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"byte {error.start} is 0x{data[error.start]:02x}"
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{where} is not UTF-8: {byte}. See line {line}. {LEFT_ALONE}") from error


def _shown(error: ValueError, text: str) -> str:
    # The parser's sentence may quote a whole key, which may be very long.
    says = re.sub(r"\s+", " ", str(error))[:300]
    line = text.count("\n") + 1
    return says.replace("end of document", f"end of document, line {line}")
