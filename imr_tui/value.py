"""What every part of a case is: a strict, frozen value that leaves out what is not there."""

from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer


class Value(BaseModel):
    """A part of the case: strict, frozen, and closed to keys that it does not know."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True)

    SELDOM: ClassVar[frozenset[str]] = frozenset()
    """Fields that most cases leave blank; a blank one is not written."""

    @model_serializer(mode="wrap")
    def _without_none(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {
            key: value
            for key, value in handler(self).items()
            if value is not None and not (key in self.SELDOM and value == "")
        }

    def but(self, **changes: object) -> Self:
        """The same value with `changes`, or the value itself where they change nothing.

        Does not validate: for `edits.py`, with arguments that are clean already.
        """
        changed = self.model_copy(update=changes)
        return self if changed == self else changed
