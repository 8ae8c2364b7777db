"""What the fields of a case are made of: text that is cleaned, lists that have an end."""

from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, StringConstraints

from imr_tui.limits import MAX_LINE, MAX_PROSE, MAX_ROWS, NOT_A_NUMBER, is_case_number
from imr_tui.text import clean, clean_line


def _checked_number(number: str) -> str:
    if not is_case_number(number):
        raise ValueError(NOT_A_NUMBER)
    return number


_T = TypeVar("_T")
Number = Annotated[str, AfterValidator(_checked_number)]
Line = Annotated[str, AfterValidator(clean_line), StringConstraints(max_length=MAX_LINE)]
Prose = Annotated[str, AfterValidator(clean), StringConstraints(max_length=MAX_PROSE)]
Warned = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}[0-9]{3}(-[1-9][0-9]{0,3})?$")]
"""What an acknowledgement answers: a rule, and the 1-based item: `IMR305-2`, `IMR206`."""
Rows = Annotated[tuple[_T, ...], Field(strict=False, max_length=MAX_ROWS)]
