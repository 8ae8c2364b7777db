"""How a session calls itself, and whether one that has left something may still be running."""

import os
import secrets
import socket
import zlib

_HOST_DIGITS = 8


def new_session() -> str:
    """A name that no other session has: the machine, the process, and chance."""
    return f"{_host()}.{os.getpid()}-{secrets.token_hex(4)}"


def may_live(session: str) -> bool:
    """Whether another process that works for `session` may be there still.

    Of another machine that cannot be known. For file systems without locks only: a lock tells
    the truth, and a process number is given to others later.
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
