"""Every system call of what the store does, made to kill the process or to fail."""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from imr_tui.errors import ChangedElsewhere, ImrError
from imr_tui.model import edits
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.history.versions import Event
from imr_tui.store.locking.claim import claim
from imr_tui.store.maintenance.orphan_files import leftovers, sweep
from tests.builders import NUMBER
from tests.soak.acting import ACTS, EARLIER, MARK, ME, NEW, OLD, THEIRS

CALLS = (
    *("openat", "write", "pwrite64", "read", "lseek", "fsync", "fdatasync", "close", "flock"),
    *("rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "ftruncate"),
    *("mkdir", "mkdirat", "newfstatat", "fstat", "getdents64"),
)
"""The system calls at which something is done to the process."""
ERRORS = {
    "openat": ("ENOSPC", "EIO", "EMFILE", "EDQUOT"),
    "write": ("ENOSPC", "EIO", "EDQUOT"),
    "fsync": ("ENOSPC", "EIO", "EDQUOT"),
    "rename": ("ENOSPC", "EIO", "EDQUOT"),
    "renameat": ("ENOSPC", "EIO", "EDQUOT"),
    "renameat2": ("ENOSPC", "EIO", "EDQUOT", "ENOSYS"),
    "link": ("ENOSPC", "EIO", "EDQUOT"),
    "linkat": ("ENOSPC", "EIO", "EDQUOT"),
    "unlink": ("EIO",),
    "unlinkat": ("EIO",),
    "mkdir": ("ENOSPC", "EIO", "EDQUOT"),
    "mkdirat": ("ENOSPC", "EIO", "EDQUOT"),
    "read": ("EIO",),
    "close": ("EIO",),
    "flock": ("ENOLCK",),
}
"""How each can fail."""
_SPEAKS = re.compile(r"\d+ +write\([12]<")
"""What the act says of itself."""
UNCACHED = {"PYTHONDONTWRITEBYTECODE": "1"}
"""Else the first run of a changed module writes more files than the next one."""
SHORT_WRITE = "retval=10"
"""A write that takes nothing, and says that it took ten bytes."""


@dataclass(frozen=True)
class Point:
    """One system call of an act, and what is done there."""

    act: str
    """The act."""
    call: str
    """The system call."""
    nth: int
    """Which of them, counted from the start of the process."""
    what: str
    """`signal=KILL`, `error=ENOSPC`, `retval=10`."""
    until_end: bool = False
    """Whether all later ones meet the same."""

    def __str__(self) -> str:
        return f"{self.act}: {self.call} {self.nth}{'+' if self.until_end else ''} {self.what}"

    @property
    def injection(self) -> str:
        """How strace is told."""
        return f"inject={self.call}:{self.what}:when={self.nth}{'+' if self.until_end else ''}"


def available() -> bool:
    """Whether strace is here and may trace."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True).returncode == 0


def prepare(place: Path, act: str) -> Folder:
    """A folder in which `act` can be done."""
    place.mkdir(mode=0o700)
    folder = Folder(place)
    path = folder.path_of(NUMBER)
    path.write_bytes(encode(OLD))
    folder.versions(NUMBER).note(encode(EARLIER), Event.OPENED)
    if act == "save":
        # As the app does when it opens a case.
        folder.versions(NUMBER).note(encode(OLD), Event.OPENED)
    if act in ("mine goes on", "theirs goes on"):
        file = open_case(path)
        path.write_bytes(encode(THEIRS))
        with suppress(ChangedElsewhere):
            file.save(NEW)
        # As a session leaves it that has ended; this one goes on.
        file.aside.rename(file.aside.with_name(path.name))
    if act == "sweep":
        left = place / f".{NUMBER}.toml.1.0123abcd.tmp"
        left.write_bytes(encode(NEW))
        os.utime(left, (1, 1))
    return folder


def do(folder: Folder, act: str, *injections: str, log: str = os.devnull) -> tuple[int, str]:
    """Do `act` in a process of its own under strace; how it ended and what it said."""
    trace = ["strace", "-f", "-y", "-qq", "-o", log, "-e", f"trace={','.join(CALLS)},access"]
    for injection in injections:
        trace += ["-e", injection]
    command = [sys.executable, "-m", "tests.soak.acting", act, str(folder.path)]
    here = Path(__file__).resolve().parents[2]
    env = {"PATH": os.environ.get("PATH", os.defpath), "PYTHONHASHSEED": "0"} | UNCACHED
    done = subprocess.run([*trace, *command], capture_output=True, cwd=here, env=env, timeout=60)
    return done.returncode, (done.stdout + done.stderr).decode(errors="backslashreplace")


def trace(act: str) -> list[str]:
    """The lines that strace writes for `act` done undisturbed."""
    with tempfile.TemporaryDirectory(prefix="imr-crash-") as name:
        log = f"{name}/trace"
        code, said = do(prepare(Path(name) / "cases", act), act, log=log)
        assert code == 0, said
        return Path(log).read_text(encoding="utf-8", errors="backslashreplace").splitlines()


def points(act: str) -> Iterator[Point]:
    """Every system call that `act` makes, with everything that can befall it."""
    count: Counter[str] = Counter()
    acting = False
    for line in trace(act):
        found = re.match(r"\d+ +(\w+)\(", line)
        if found is None:
            continue
        acting = acting or MARK in line
        count[found[1]] += 1
        if acting and found[1] in CALLS and not _SPEAKS.match(line):
            call, nth = found[1], count[found[1]]
            yield Point(act, call, nth, "signal=KILL")
            for error in ERRORS.get(call, ()):
                yield Point(act, call, nth, f"error={error}")
            if call == "write":
                yield Point(act, call, nth, SHORT_WRITE)
                yield Point(act, call, nth, "error=ENOSPC", until_end=True)
            if call == "fsync":
                yield Point(act, call, nth, "error=EIO", until_end=True)


def fault(point: Point) -> str:
    """What is wrong after something happened at `point`, or blank."""
    with tempfile.TemporaryDirectory(prefix="imr-crash-") as name:
        folder = prepare(Path(name) / "cases", point.act)
        before = texts(folder)
        code, said = do(folder, point.act, point.injection)
        # 120 is how Python ends where its own standard output and error fail, too.
        if "Traceback" in said or code not in (0, 4, -9, 137, 120):
            return f"ended with {code}: {said[-300:]}"
        spoke = re.search(r"^(done|refused: .+\.)$", said, re.MULTILINE)
        # Its own last words may be what could not be written.
        if code in (0, 4) and not spoke and point.call != "write":
            return f"said {said!r}"
        return torn(folder) or lost(folder, before) or stuck(folder)


def texts(folder: Folder) -> set[bytes]:
    """Every text of a case that the folder keeps."""
    places = [
        folder.path_of(NUMBER),
        *folder.own("history").glob(f"{NUMBER}/*.toml"),
        *folder.own("aside").glob("*.toml"),
        *folder.own("originals").glob("*.toml"),
        *folder.path.glob(f".{NUMBER}.toml.*.tmp"),
    ]
    return {path.read_bytes() for path in places if path.exists()}


def torn(folder: Folder) -> str:
    """Whether some file that is in its place is a part of a text."""
    whole = {encode(case) for case in (OLD, NEW, THEIRS, EARLIER)}
    kept = [path for path in folder.path.rglob("*.toml") if NUMBER in str(path)]
    for path in kept:
        if path.read_bytes() not in whole:
            return f"torn: {path}"
    letter = folder.path / f"{NUMBER}.txt"
    if letter.exists() and letter.read_text() != "The letter.\n" * 300:
        return "torn: the letter"
    return ""


def lost(folder: Folder, before: set[bytes]) -> str:
    """Whether a text that was there is nowhere any more, now or after cleaning up."""
    for path in list(folder.path.rglob(".*.tmp")):
        os.utime(path, (1, 1))
    sweep(folder.path)
    # What was made longest ago may be over the bound of a history; here nothing is near it.
    gone = before - texts(folder)
    return f"lost: {len(gone)} of {len(before)} texts" if gone else ""


def stuck(folder: Folder) -> str:
    """Whether the case cannot be worked on afterwards."""
    if any(leftovers(folder.path)):
        return "leaves files that cannot be cleaned up"
    try:
        claimed = claim(folder.path, NUMBER, ME)
        file = open_case(folder.path_of(NUMBER))
        if file.is_apart:
            file.overwrite(NEW)
        file.save(edits.set_summary(file.case, "on"))
        claimed.release()
    except ImrError as error:
        return f"stuck: {error}"
    return ""


def campaign(short: bool, seed: int = 1) -> Iterator[str]:
    """All points, or some of them; a line for each act, and each fault."""
    start, tried, faults = time.monotonic(), 0, 0
    for act in ACTS:
        found = list(points(act))
        chosen: Sequence[Point] = found
        if short:
            chosen = random.Random(seed).sample(found, min(8, len(found)))
        bad = [(point, says) for point in chosen if (says := fault(point))]
        tried, faults = tried + len(chosen), faults + len(bad)
        kills = sum(point.what == "signal=KILL" for point in chosen)
        yield f"  {act:<16}{len(chosen):>5} of {len(found)} points, {kills} of them kills"
        yield from (f"  fault: {point}: {says}" for point, says in bad)
    seconds = time.monotonic() - start
    yield f"system calls killed or refused    {tried}, {faults} faults, {seconds:.0f} s"
