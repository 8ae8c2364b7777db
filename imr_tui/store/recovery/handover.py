"""Hands an unsaved text from a session that cannot exit to the next session that starts.

They connect through an abstract socket, because no folder may be writable. Everybody on the
machine can see the names of such sockets, so a name reveals nothing about a case, and each side
asks the kernel for the account of its peer.
"""

from __future__ import annotations

import hashlib
import os
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imr_tui.store.recovery import kept_text

if TYPE_CHECKING:
    from imr_tui.store.recovery.kept_text import KeptText

_SOCKETS = Path("/proc/net/unix")
_PEER = struct.Struct("3i")
_LENGTH = struct.Struct(">Q")
_MAX_BYTES = 64_000_000
_TIMEOUT_SECONDS = 3.0
"""How long one side waits for the other."""
_QUEUE = 16
_ACCEPTED = b"."


@dataclass(frozen=True)
class Offer:
    """A text that a waiting session has sent, and the connection to it."""

    text: KeptText
    """The text."""
    connection: socket.socket
    """The connection, on which the session waits for an answer."""

    def accept(self) -> None:
        """Tell the session that the text is on the disk, and wait until it released the case."""
        with suppress(OSError):
            self.connection.sendall(_ACCEPTED)
            self.connection.recv(1)
        self.decline()

    def decline(self) -> None:
        """Close the connection, so that the session keeps waiting; harmless after `accept`."""
        self.connection.close()


def offers(folder: Path) -> Iterator[Offer]:
    """The texts of cases of `folder` that waiting sessions of this account offer."""
    start = _prefix(folder)
    for name in _names(start):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_TIMEOUT_SECONDS)
        try:
            connection.connect(b"\0" + name)
            text = kept_text.decode(_received(connection)) if _is_ours(connection) else None
        except (OSError, EOFError):
            text = None
        if text is None or text.folder != os.path.realpath(folder):
            connection.close()
        else:
            yield Offer(text, connection)


def offer(folder: Path, text: Callable[[], KeptText], release: Callable[[], object]) -> None:
    """Offer a text to sessions that start in `folder`; returns once one has written it.

    `release` gives up the case before that session is answered.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(b"\0%s-%d" % (_prefix(folder), os.getpid()))
        # A full queue would refuse a connection at once instead of making it wait.
        listener.listen(_QUEUE)
        while True:
            connection, _ = listener.accept()
            connection.settimeout(_TIMEOUT_SECONDS)
            with connection, suppress(OSError):
                if _is_ours(connection) and _was_accepted(connection, text().encode()):
                    release()
                    connection.sendall(_ACCEPTED)
                    return


def _was_accepted(connection: socket.socket, blob: bytes) -> bool:
    connection.sendall(_LENGTH.pack(len(blob)) + blob)
    # No timeout, because the other side first writes the text to the disk.
    connection.settimeout(None)
    return connection.recv(1) == _ACCEPTED


def _received(connection: socket.socket) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    if length > _MAX_BYTES:
        raise EOFError
    return _exactly(connection, length)


def _exactly(connection: socket.socket, size: int) -> bytes:
    parts = []
    while size:
        part = connection.recv(min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _is_ours(connection: socket.socket) -> bool:
    """Whether the peer process belongs to this account."""
    peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
    _, uid, _ = _PEER.unpack(peer)
    return bool(uid == os.geteuid())


def _prefix(folder: Path) -> bytes:
    place = hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:16]
    return f"imr-tui-{os.geteuid()}-{place}".encode()


def _names(start: bytes) -> Iterator[bytes]:
    """The names of abstract sockets on this machine with this prefix."""
    with suppress(OSError):
        for row in _SOCKETS.read_bytes().splitlines():
            name = row.split()[-1]
            if name.startswith(b"@" + start + b"-"):
                yield name[1:]
