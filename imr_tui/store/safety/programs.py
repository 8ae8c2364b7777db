"""Whether a program, or another file that must be root's, could be somebody else's."""

import stat
from pathlib import Path

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def is_safe(program: Path) -> bool:
    """Whether a program is there that only root could have put there."""
    try:
        status = program.stat()
    except OSError:
        return False
    others_write = status.st_mode & _OTHERS_WRITE
    return stat.S_ISREG(status.st_mode) and status.st_uid == 0 and not others_write


def others_can_replace(path: Path) -> bool:
    """Whether others than root can change a file or folder, or its entries; raises OSError."""
    status = path.stat()
    # In a sticky folder such as /tmp, others cannot replace a file of root.
    is_open = status.st_mode & _OTHERS_WRITE and not status.st_mode & stat.S_ISVTX
    return status.st_uid != 0 or bool(is_open)
