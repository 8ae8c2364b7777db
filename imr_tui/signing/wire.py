"""Reads the binary encoding of SSH keys and signatures (RFC 4251, section 5), strictly."""

from __future__ import annotations

from imr_tui.errors import BadInput

_UINT32, _UINT64 = 4, 8
"""Bytes of a number."""
_SIGN_BIT = 0x80


class Wire:
    """Encoded values, read one after the other; every method raises BadInput if they are not."""

    def __init__(self, data: bytes, what: str) -> None:
        """`what` the data is, for the error: `signature`."""
        self._data = data
        self._what = what
        self._at = 0

    def uint32(self) -> int:
        """A number of 32 bits."""
        return int.from_bytes(self.take(_UINT32))

    def uint64(self) -> int:
        """A number of 64 bits."""
        return int.from_bytes(self.take(_UINT64))

    def string(self) -> bytes:
        """Bytes of any length."""
        return self.take(self.uint32())

    def name(self) -> str:
        """A string of printable ASCII characters."""
        try:
            text = self.string().decode("ascii")
        except UnicodeDecodeError as error:
            raise self.refused() from error
        if not text.isprintable():
            raise self.refused()
        return text

    def natural(self) -> int:
        """A multiple precision integer above 0, written in the shortest way."""
        data = self.string()
        is_shortest = data[:1] != b"\0" or data[1:2] >= b"\x80"
        if not data or data[0] & _SIGN_BIT or not is_shortest:
            raise self.refused()
        return int.from_bytes(data)

    def names(self) -> tuple[str, ...]:
        """A string that holds names."""
        inner = Wire(self.string(), self._what)
        found = []
        while not inner.is_at_end:
            found.append(inner.name())
        return tuple(found)

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        if count > len(self._data) - self._at:
            raise self.refused()
        self._at += count
        return self._data[self._at - count : self._at]

    @property
    def position(self) -> int:
        """How many bytes were read."""
        return self._at

    def since(self, position: int) -> bytes:
        """The bytes that were read from a position on."""
        return self._data[position : self._at]

    @property
    def is_at_end(self) -> bool:
        """Whether everything is read."""
        return self._at == len(self._data)

    def expect_end(self) -> None:
        """Check that nothing is left."""
        if not self.is_at_end:
            raise self.refused()

    def refused(self) -> BadInput:
        """The error for data that are not encoded as they must be."""
        return BadInput(f"The {self._what} is not encoded the way OpenSSH does it.")
