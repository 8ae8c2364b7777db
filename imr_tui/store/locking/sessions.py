"""How a session calls itself, and whether one that has left something may still be running."""

import os
import secrets
import socket
import zlib

_HOST_DIGITS = 8


def new_session() -> str:
    """A unique name for the files of a session: hash of the host, process number, random digits."""
    return f"{_host()}.{os.getpid()}-{secrets.token_hex(4)}"


def may_live(session: str) -> bool:
    """Whether another process may still run as `session`; True for another machine.

    Only for file systems without locks: a lock is certain, and process numbers are reused.
    """
    host, _, rest = session.partition(".")
    pid = int(rest.partition("-")[0] or 0)
    return host != _host() or (pid != os.getpid() and _is_running(pid))


def _host() -> str:
    return f"{zlib.crc32(socket.gethostname().encode()):0{_HOST_DIGITS}x}"


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
