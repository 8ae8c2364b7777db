"""The base class for all parts of a case, and their field types."""

from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
)

from imr_tui.model.limits import MAX_LINE, MAX_PROSE, MAX_ROWS, NOT_A_NUMBER, is_case_number
from imr_tui.text.sanitize import clean, clean_line


class Value(BaseModel):
    """A part of the case: strict, frozen, and without unknown keys."""

    # Deferred, since the validator of a case contains those of its parts, which are seldom used.
    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", populate_by_name=True, defer_build=True
    )

    OMIT_IF_BLANK: ClassVar[frozenset[str]] = frozenset()
    """Fields that most cases leave blank; omitted from the file when blank."""

    @model_serializer(mode="wrap")
    def _without_none(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {
            key: value
            for key, value in handler(self).items()
            if value is not None and not (key in self.OMIT_IF_BLANK and value == "")
        }

    def but(self, **changes: object) -> Self:
        """Return a copy with `changes`, or the object itself if they change nothing.

        Does not validate: meant for edits, whose arguments are already clean.
        """
        changed = self.model_copy(update=changes)
        return self if changed == self else changed


def _validate_number(number: str) -> str:
    if not is_case_number(number):
        raise ValueError(NOT_A_NUMBER)
    return number


_T = TypeVar("_T")
Number = Annotated[str, AfterValidator(_validate_number)]
Line = Annotated[str, AfterValidator(clean_line), StringConstraints(max_length=MAX_LINE)]
Prose = Annotated[str, AfterValidator(clean), StringConstraints(max_length=MAX_PROSE)]
WarningKey = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}[0-9]{3}(-[1-9][0-9]{0,3})?$")]
"""Key of an acknowledgement: rule id, and the 1-based item if any: `IMR305-2`, `IMR206`."""
Rows = Annotated[tuple[_T, ...], Field(strict=False, max_length=MAX_ROWS)]
