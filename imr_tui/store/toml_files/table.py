"""The base class of the small files beside the cases, and the types of their fields."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from imr_tui.model.limits import MAX_LINE, MAX_ROWS
from imr_tui.model.value import Number, Value
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.toml_files import toml
from imr_tui.store.toml_files.validation_errors import PHRASE, validate
from imr_tui.text.sanitize import clean_line


class Table(Value):
    """The values of a small TOML file, under keys without tables or with one level of them."""

    # A traceback must not show a PIN or a name that was refused.
    model_config = ConfigDict(hide_input_in_errors=True)

    @classmethod
    def read(cls, path: Path) -> Self:
        """The values in the file `path`; raises BadInput or CannotStore."""
        return cls.decode(read_bytes(path), path)

    @classmethod
    def decode(cls, data: bytes, where: Path) -> Self:
        """The values in `data`, the content of `where`; raises BadInput."""
        tables, text = toml.parse(data, where)
        return validate(cls, tables, text, where, first_of_key=True)

    def encode(self, *, defaults: bool = True) -> bytes:
        """The content of the file; without values that equal their default if so asked."""
        return toml.dumps(self.model_dump(exclude_defaults=not defaults)).encode()


def refused(phrase: str) -> PydanticCustomError:
    """The error for a value that `phrase` describes, such as "is too long"."""
    return PydanticCustomError(PHRASE, phrase)


def _cleaned(value: Any) -> Any:
    # First, as pydantic takes no lone surrogate, which a name of the system may hold.
    return clean_line(value) if isinstance(value, str) else value


def _short(line: str) -> str:
    if len(line) > MAX_LINE:
        raise refused("is too long")
    return line


def _few(value: Any) -> Any:
    if isinstance(value, list | tuple) and len(value) > MAX_ROWS:
        raise refused("has too many entries")
    return value


def _absolute(path: str) -> str:
    if path and not path.startswith("/"):
        raise refused('must be an absolute path, beginning with "/"')
    return path


def _from_home(path: str) -> str:
    return path if path.startswith("~/") else _absolute(path)


def _flat(value: Any, above: str = "") -> Any:
    """The keys of nested tables joined by dots: `walk.next` without quotation marks is two."""
    if not isinstance(value, dict):
        return value
    flat: dict[str, Any] = {}
    for key, inner in value.items():
        name = f"{above}{key}"
        flat |= _flat(inner, f"{name}.") if isinstance(inner, dict) else {name: inner}
    return _few_keys(flat)


def _few_keys(table: dict[str, Any]) -> dict[str, Any]:
    if len(table) > MAX_ROWS:
        raise refused("has too many entries")
    return table


CleanLine = Annotated[str, BeforeValidator(_cleaned)]
"""Text of one line, of any length."""
Line = Annotated[CleanLine, AfterValidator(_short)]
Lines = Annotated[tuple[Line, ...], Field(strict=False), BeforeValidator(_few)]
Numbers = Annotated[tuple[Number, ...], Field(strict=False), BeforeValidator(_few)]
KeysByAction = Annotated[dict[Line, Line], BeforeValidator(_flat)]
"""Keys by the id of their action, whose dots need no quotation marks."""
AbsolutePath = Annotated[Line, AfterValidator(_absolute)]
"""The path of a directory or file from the root, or blank."""
HomePath = Annotated[Line, AfterValidator(_from_home)]
"""Like `AbsolutePath`, but it may begin with `~/`."""
Moment = AwareDatetime
