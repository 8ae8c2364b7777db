"""TOML in the one form that the case folder uses."""

import re
import tomllib
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from imr_tui.errors import BadInput
from imr_tui.store.locate import bare_lines

MAX_DOTS = 64
"""Dots in a line outside of strings; the deepest key of a case has three."""
LEFT_ALONE = "The file was left as it is; correct it and open it again."
"""What is kept and what to do, after a file was refused."""


def dumps(data: Mapping[str, Any], name: str = "") -> str:
    """`data` as TOML in the order of its keys, every table under a header of its own.

    Values are tomli-w's; headers are set here because it would fold short tables into lines,
    and a file whose form depends on the length of a title makes diffs that mean nothing.
    """
    plain = {key: value for key, value in data.items() if not _tables(value)}
    blocks = [tomli_w.dumps(plain, multiline_strings=True)] if plain else []
    for key, value in data.items():
        path = f"{name}.{_quoted(key)}" if name else _quoted(key)
        header = f"[{path}]" if isinstance(value, Mapping) else f"[[{path}]]"
        blocks += [f"{header}\n{dumps(table, path)}" for table in _tables(value)]
    return "\n".join(blocks)


def _quoted(key: str) -> str:
    """`key` as a header holds it."""
    return tomli_w.dumps({key: {}}).strip()[1:-1]


def _tables(value: object) -> Sequence[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        return (value,)
    is_list = isinstance(value, list | tuple) and value and isinstance(value[0], Mapping)
    return typing.cast(Sequence[Mapping[str, Any]], value) if is_list else ()


def parse(data: bytes, where: str | Path) -> tuple[dict[str, Any], str]:
    """The tables of `data` and its text; raises BadInput with the line of a syntax error."""
    text = decode(data, where)
    _refuse_deep_keys(text, where)
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{where} is not valid TOML: {_shown(error)}. {LEFT_ALONE}") from error
    except (RecursionError, ValueError, MemoryError) as error:
        raise BadInput(f"{where} is too deep or too large to be read. {LEFT_ALONE}") from error


def _refuse_deep_keys(text: str, where: str | Path) -> None:
    """Raise BadInput for a key of many parts, which the parser takes hours for."""
    for number, line in enumerate(bare_lines(text), 1):
        if line.count(".") > MAX_DOTS:
            raise BadInput(f"{where}, line {number}: a key has too many parts. {LEFT_ALONE}")


def decode(data: bytes, where: str | Path) -> str:
    """UTF-8 text, one byte order mark allowed; raises BadInput with the offset of a bad byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"byte {error.start} is 0x{data[error.start]:02x}"
        raise BadInput(f"{where} is not UTF-8: {byte}. {LEFT_ALONE}") from error


def _shown(error: tomllib.TOMLDecodeError) -> str:
    # The parser's sentence may quote a whole key, which may be very long.
    return re.sub(r"\s+", " ", str(error))[:300]
