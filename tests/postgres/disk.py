"""A small disk in memory for the data of a server, which a test can fill."""

import errno
import os
import shutil
import threading
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.postgres.cleanup import Cleanup
from tests.postgres.programs import ProgramFailed, run

MEGABYTES = 128
"""Room for an empty server, its log of changes, and some rows."""
REMOVE = 'umount -l "$1"; rmdir "$1"'
STEPS = (1_000_000, 4096, 1)
"""How many bytes are written at once, to fill the disk to its last byte."""

REFILL_SECONDS = 0.02
"""How soon room that somebody else gives back is taken."""


@cache
def why_missing() -> str:
    """Why no disk can be mounted here; blank if one can."""
    if os.geteuid() != 0:
        return "only root can mount a disk"
    missing = [name for name in ("mount", "umount") if not shutil.which(name)]
    if missing:
        return f"{', '.join(missing)} is not installed"
    try:
        Disk.create(1).destroy()
    except ProgramFailed as error:
        return f"no disk can be mounted here: {str(error).strip()}"
    return ""


class Disk:
    """A disk in memory with a fixed size."""

    def __init__(self) -> None:
        """Make the directory at which it is mounted; see `create`."""
        self.directory = Path(mkdtemp(prefix="imr-disk-", dir="/tmp"))
        """Its top; `Cluster.create` takes it."""
        self._cleanup = Cleanup(REMOVE, str(self.directory))
        self._filler = self.directory / "filler"
        self._is_freed = threading.Event()
        self._keeping: threading.Thread | None = None

    @classmethod
    def create(cls, megabytes: int = MEGABYTES) -> "Disk":
        """A new, empty disk of a size; raises ProgramFailed."""
        disk = cls()
        try:
            options = f"size={megabytes}M,mode=0755"
            run(["mount", "-t", "tmpfs", "-o", options, "imr-tests", str(disk.directory)])
        except BaseException:
            disk.destroy()
            raise
        return disk

    def fill(self) -> None:
        """Take all the room there is left, and all that others give back, until `free`."""
        self._is_freed.clear()
        self._take_room()
        self._keeping = threading.Thread(target=self._keep_full, daemon=True)
        self._keeping.start()

    def free(self) -> None:
        """Give back all the room that `fill` took."""
        self._stop()
        self._filler.unlink()

    def destroy(self) -> None:
        """Remove the disk with all its files; a server on it must have been destroyed before."""
        self._stop()
        self._cleanup.run()

    def _take_room(self) -> None:
        with self._filler.open("ab", buffering=0) as filler:
            for step in STEPS:
                _write_all(filler.fileno(), bytes(step))

    def _keep_full(self) -> None:
        # A server that starts again after a crash removes old files, and has room then.
        while not self._is_freed.wait(REFILL_SECONDS):
            self._take_room()

    def _stop(self) -> None:
        self._is_freed.set()
        if self._keeping is not None:
            self._keeping.join()
            self._keeping = None


def _write_all(file: int, block: bytes) -> None:
    """Write the block again and again until the disk is full."""
    while True:
        try:
            os.write(file, block)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            return
