"""Reads the lines of a manifest one after the other, each with the name that is expected."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput
from imr_tui.model.limits import is_case_number
from imr_tui.signing.digest import Digest, is_sha256
from imr_tui.signing.head import parse_head

if TYPE_CHECKING:
    from imr_tui.signing.head import Head

_MAX_DIGITS = 9
"""Longer numbers are refused."""


class Lines:
    """The lines of a manifest; every method takes the next one, or raises BadInput."""

    def __init__(self, data: bytes) -> None:
        """Raises BadInput unless `data` is UTF-8 text that ends with a line break."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadInput("The manifest is not UTF-8 text.") from error
        if not text.endswith("\n"):
            raise BadInput("The last line of the manifest is incomplete.")
        self._lines = text[:-1].split("\n")
        self._at = 0

    def expect(self, line: str) -> None:
        """Take a line that must be `line`."""
        if self._next() != line:
            raise BadInput(f"Line {self._at} of the manifest is not `{line}`.")

    def expect_end(self) -> None:
        """Check that no line is left."""
        if self._at < len(self._lines):
            raise BadInput(f"The manifest has more than {self._at} lines.")

    def refused(self, name: str) -> BadInput:
        """The error for the value of the line taken last."""
        return BadInput(f"Line {self._at} of the manifest has no valid `{name}`.")

    def text(self, name: str) -> str:
        """The value of the next line, which must not be blank."""
        found, _, value = self._next().partition(" ")
        if found != name or not value:
            raise BadInput(f"Line {self._at} of the manifest is not `{name}`.")
        return value

    def case_number(self, name: str) -> str:
        """A case number."""
        number = self.text(name)
        if not is_case_number(number):
            raise self.refused(name)
        return number

    def number(self, name: str, least: int) -> int:
        """A decimal number that is not less than `least`."""
        text = self.text(name)
        if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS):
            raise self.refused(name)
        if int(text) < least:
            raise self.refused(name)
        return int(text)

    def moment(self, name: str) -> datetime:
        """A time in UTC, such as 2026-11-29T14:02:07Z."""
        try:
            return datetime.strptime(self.text(name), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        except ValueError as error:
            raise self.refused(name) from error

    def day(self, name: str) -> date:
        """A date, such as 2026-11-29."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError as error:
            raise self.refused(name) from error

    def digest(self, name: str) -> Digest:
        """A SHA-256 and a length."""
        digest, _, length = self.text(name).partition(" ")
        is_length = length.isascii() and length.isdigit() and len(length) <= _MAX_DIGITS
        if not (is_sha256(digest) and is_length):
            raise self.refused(name)
        return Digest(digest, int(length))

    def sha256_or_dash(self, name: str) -> str:
        """A SHA-256; blank for `-`."""
        text = self.text(name)
        if text != "-" and not is_sha256(text):
            raise self.refused(name)
        return "" if text == "-" else text

    def head_or_dash(self, name: str) -> Head | None:
        """The head of an audit log; None for `-`."""
        text = self.text(name)
        head = parse_head(text)
        if head is None and text != "-":
            raise self.refused(name)
        return head

    def _next(self) -> str:
        if self._at == len(self._lines):
            raise BadInput(f"The manifest ends after line {self._at}.")
        self._at += 1
        return self._lines[self._at - 1]
