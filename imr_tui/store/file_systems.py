"""On which kind of file system a folder lies, and whether other machines reach it, too."""

from functools import cache
from pathlib import Path

_REMOTE = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "ceph", "afs", "lustre"),
        *("glusterfs", "beegfs", "gpfs", "vboxsf", "prl_fs", "vmhgfs", "davfs", "ocfs2", "gfs2"),
    )
)
_MOUNTS = Path("/proc/self/mounts")


def kind_of(path: Path) -> str:
    """The type of the file system that `path` lies on."""
    here, best = path.resolve(), ("", "unknown")
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="backslashreplace")
    except OSError:
        return best[1]
    for line in mounts.splitlines():
        _, place, kind, *_ = line.split(" ")
        place = place.replace("\\040", " ")
        if here.is_relative_to(place) and len(place) >= len(best[0]):
            best = (place, kind)
    return best[1]


@cache
def is_remote(path: Path) -> bool:
    """Whether others may reach the file system of `path` whose locks are not seen here."""
    kind = kind_of(path)
    # Whatever a program serves may be such a one, as SSHFS is.
    return kind in _REMOTE or kind.startswith("fuse.")
