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
_MOST = 64_000_000
_SECONDS = 3.0
"""How long one side waits for the other."""
_QUEUE = 16
_TAKEN = b"."


@dataclass(frozen=True)
class Offer:
    """A text that a waiting session has sent, and the connection to it."""

    text: KeptText
    """The text."""
    line: socket.socket
    """The connection, on which the session waits for an answer."""

    def accept(self) -> None:
        """Tell the session that the text is on the disk, and wait until it released the case."""
        with suppress(OSError):
            self.line.sendall(_TAKEN)
            self.line.recv(1)
        self.decline()

    def decline(self) -> None:
        """Close the connection, so that the session keeps waiting; harmless after `accept`."""
        self.line.close()


def offers(folder: Path) -> Iterator[Offer]:
    """The texts of cases of `folder` that waiting sessions of this account offer."""
    start = _prefix(folder)
    for name in _names(start):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_SECONDS)
        try:
            line.connect(b"\0" + name)
            text = kept_text.decode(_received(line)) if _is_ours(line) else None
        except (OSError, EOFError):
            text = None
        if text is None or text.folder != os.path.realpath(folder):
            line.close()
        else:
            yield Offer(text, line)


def offer(folder: Path, text: Callable[[], KeptText], let_go: Callable[[], object]) -> None:
    """Offer a text to sessions that start in `folder`; returns once one has written it.

    `release` gives up the case before that session is answered.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(b"\0%s-%d" % (_prefix(folder), os.getpid()))
        # A full queue would refuse a connection at once instead of making it wait.
        door.listen(_QUEUE)
        while True:
            line, _ = door.accept()
            line.settimeout(_SECONDS)
            with line, suppress(OSError):
                if _is_ours(line) and _was_taken(line, text().encode()):
                    let_go()
                    line.sendall(_TAKEN)
                    return


def _was_taken(line: socket.socket, blob: bytes) -> bool:
    line.sendall(_LENGTH.pack(len(blob)) + blob)
    # No timeout, because the other side first writes the text to the disk.
    line.settimeout(None)
    return line.recv(1) == _TAKEN


def _received(line: socket.socket) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(line, _LENGTH.size))
    if length > _MOST:
        raise EOFError
    return _exactly(line, length)


def _exactly(line: socket.socket, size: int) -> bytes:
    parts = []
    while size:
        part = line.recv(min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _is_ours(line: socket.socket) -> bool:
    """Whether the peer process belongs to this account."""
    peer = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
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
