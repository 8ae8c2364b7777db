"""The last words campaign: every ending while every kind of disk refuses the case file."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from imr_tui.errors import ImrError
from imr_tui.store.cases.drafts import NO_CASE
from imr_tui.store.config.machine_policy import FILE as HOST_FILE
from imr_tui.store.safety import linux, safe_open
from tests.bench.samples import case_at
from tests.soak import processes
from tests.soak.kills import GRACE, Desk
from tests.terminal.driver import Terminal

HOWS = ("SIGHUP", "SIGTERM", "closed", "SIGKILL")
"""What ends the app; `closed` is the terminal."""
ROUNDS = 5
REPAIRED_SECONDS = 15.0
"""How long a session that could not end may take to end on a disk that works again."""
_DISK_MB = 96
_FILE_LIMIT = 2_000
"""Less than the case file has, and more than it has once it is packed."""


@dataclass
class Scene:
    """A folder of cases on a disk of its own, the app that types there, and the fault."""

    disk: Path
    """The small disk that the folder is on."""
    path: Path
    """The case file."""
    app: int = 0
    """The process of the app."""
    undo: ExitStack = field(default_factory=ExitStack)
    """What makes the disk work again."""

    @property
    def folder(self) -> Path:
        """The folder of cases."""
        return self.path.parent


def full(scene: Scene) -> None:
    """No block is left (ENOSPC)."""
    filler = scene.disk / "filler"
    scene.undo.callback(filler.unlink)
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue


def read_only(scene: Scene) -> None:
    """The folder is mounted read-only over the one that was there (EROFS)."""
    scene.undo.callback(_run, "umount", "--lazy", str(scene.folder))
    _run("mount", "--bind", str(scene.folder), str(scene.folder))
    _run("mount", "-o", "remount,bind,ro", str(scene.folder))


def no_quota(scene: Scene) -> None:
    """The account has no block left: nothing new, but what it has can be written (EDQUOT)."""
    _inject(scene, "fsync,renameat2,link,linkat,fallocate:error=EDQUOT")


def no_file_that_long(scene: Scene) -> None:
    """The process may write no file as long as the case has (EFBIG)."""
    _limit(scene, _FILE_LIMIT)


def nothing_at_all(scene: Scene) -> None:
    """The process may write nothing anywhere."""
    _limit(scene, 0)


def _limit(scene: Scene, size: int) -> None:
    # What is repaired is the next start: a limit belongs to a process.
    _run("prlimit", f"--pid={scene.app}", f"--fsize={size}:")
    scene.undo.callback(_unlimit, scene)


def _unlimit(scene: Scene) -> None:
    if processes.is_running(scene.app):
        _run("prlimit", f"--pid={scene.app}", "--fsize=unlimited:")


def link(scene: Scene) -> None:
    """A link is in the place of the case file."""
    _replace(scene, lambda other: other.symlink_to(scene.disk / "nothing"))


def directory(scene: Scene) -> None:
    """A directory is in the place of the case file."""
    _replace(scene, Path.mkdir)


def fifo(scene: Scene) -> None:
    """A pipe is in the place of the case file."""
    _replace(scene, os.mkfifo)


def _replace(scene: Scene, make: Callable[[Path], object]) -> None:
    """Let something else and the case file change places, at one moment, until it is undone."""
    other = scene.folder / "other"
    make(other)

    def change() -> None:
        with safe_open.opened(scene.folder) as folder:
            assert linux.exchange(folder, other.name, scene.path.name)

    change()
    scene.undo.callback(change)


def removed(scene: Scene) -> None:
    """The folder is gone."""
    moved, backup = scene.disk / "moved", scene.disk / "backup"
    # At one moment, so that nothing is saved between the copy and the removal.
    scene.folder.rename(moved)
    shutil.copytree(moved, backup, ignore=shutil.ignore_patterns("journal"))
    shutil.rmtree(moved)
    scene.undo.callback(backup.rename, scene.folder)


def _inject(scene: Scene, what: str) -> None:
    """Have system calls of the app refused, until it is undone."""
    command = ["strace", "-f", "-qq", "-o", "/dev/null", "-p", str(scene.app)]
    tracer = subprocess.Popen([*command, "-e", f"inject={what}"])

    def stop() -> None:
        # It may wait for ever for a process that has ended; what it traces goes on without it.
        tracer.kill()
        tracer.wait()

    scene.undo.callback(stop)
    deadline = time.monotonic() + 10
    while "TracerPid:\t0" in Path(f"/proc/{scene.app}/status").read_text(encoding="ascii"):
        assert time.monotonic() < deadline, "strace does not trace"
        time.sleep(0.005)


@dataclass(frozen=True)
class Kind:
    """One way in which a disk refuses the case file."""

    name: str
    """What it is called here."""
    refuse: Callable[[Scene], None]
    """Brings it about."""
    is_rescued: bool = False
    """Whether the site names a rescue directory."""
    is_killed: bool = True
    """Whether something can be written, so that a kill must lose nothing."""


KINDS = (
    Kind("ENOSPC", full),
    Kind("EROFS", read_only),
    Kind("EDQUOT", no_quota),
    Kind("EFBIG", no_file_that_long),
    Kind("link", link),
    Kind("directory", directory),
    Kind("FIFO", fifo),
    Kind("removed", removed, is_rescued=True),
    Kind("removed, no rescue", removed, is_killed=False),
    Kind("nothing at all", nothing_at_all, is_killed=False),
)


@dataclass(frozen=True)
class LastWords:
    """What became of a text whose session ended while its file was refused."""

    typed: int
    """Characters that were typed."""
    due: int
    """Those that were typed more than half a second before the end."""
    kept: int
    """Those that the case file has after the next start."""
    waited: bool
    """Whether the process lived on."""
    fault: str
    """What is wrong, or blank."""


def last_words(place: Path, disk: Path, kind: Kind, how: str, seed: int) -> LastWords:
    """Type, let the disk refuse the file, type on, end, repair, and start again."""
    rescue = place / "rescue"
    rescue.mkdir(mode=0o700)
    app = program(place, f'rescue = "{rescue}"\n' if kind.is_rescued else "")
    scene = Scene(disk, case_at(disk, "summary"))
    with scene.undo, Terminal([*app, str(scene.path)], place) as terminal:
        terminal.enter_text()
        scene.app = terminal.pid
        desk = Desk(scene.path, terminal, random.Random(seed))
        desk.type_for(desk.random.uniform(0.3, 1.0))
        kind.refuse(scene)
        desk.type_for(desk.random.uniform(1.0, 2.0))
        moment = time.monotonic()
        if how == "closed":
            terminal.hang_up()
        else:
            processes.send(scene.app, signal.Signals[how])
        due = sum(at < moment - GRACE - desk.late for at in desk.times)
        waited = _lives_on(scene.app)
        scene.undo.close()
        ended = _wait_gone(scene.app)
    if not ended:
        return LastWords(len(desk.typed), due, 0, waited, "did not end on the repaired disk")
    fault = _start_again(app, scene.path, place)
    kept, verdict = _verdict(desk, due)
    left = _left_behind(scene.folder, rescue)
    return LastWords(len(desk.typed), due, kept, waited, fault or verdict or left)


def program(place: Path, host: str) -> list[str]:
    """The app, with what the owner of the machine lays down in a file of its own."""
    file = place / HOST_FILE.name
    file.write_text(host, encoding="ascii")
    code = (
        "from pathlib import Path; from imr_tui.store.config.machine_policy import load_host; "
        f"load_host.__defaults__ = (Path({str(file)!r}),); from imr_tui.cli import main; main()"
    )
    return [sys.executable, "-c", code]


def _lives_on(app: int) -> bool:
    """Whether a process is there still when an ending must be over, or wait for a disk."""
    deadline = time.monotonic() + 4.0
    while processes.is_running(app) and time.monotonic() < deadline:
        time.sleep(0.05)
    return processes.is_running(app)


def _wait_gone(app: int) -> bool:
    deadline = time.monotonic() + REPAIRED_SECONDS
    while processes.is_running(app) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not processes.is_running(app)


def _start_again(app: list[str], path: Path, place: Path) -> str:
    """Start on the repaired disk and quit; what is wrong, or blank."""
    with Terminal([*app, str(path)], place) as terminal:
        terminal.wait_for("words")
        terminal.settle()
        terminal.key("ctrl+q")
        code = terminal.wait_exit()
    return "" if code == 0 else f"the next start ended with {code}"


def _verdict(desk: Desk, due: int) -> tuple[int, str]:
    try:
        kept = desk.text_on_disk()
    except ImrError as error:
        return 0, f"torn: {error}"
    if not desk.typed.startswith(kept):
        return 0, "holds what was not typed"
    return len(kept), f"kept {len(kept)} characters of {due}" if len(kept) < due else ""


def _left_behind(folder: Path, rescue: Path) -> str:
    """What is left of the text where it was kept, or blank."""
    places = (folder / ".imr" / "journal", folder / ".imr" / "aside", rescue)
    # A killed session's empty journal of drafts is younger than what a start removes.
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    left = [path for path in files if not path.name.startswith(NO_CASE)]
    return f"left {left[0].name} behind" if left else ""


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


# ── The campaign ─────────────────────────────────────────────────────────────────────────


def missing() -> str:
    """What the campaign needs and this machine does not have, or blank."""
    for tool in ("unshare", "mount", "strace", "prlimit"):
        if shutil.which(tool) is None:
            return f"{tool} is not here"
    tried = subprocess.run(
        ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True
    )
    return "" if tried.returncode == 0 else "no disk can be mounted (it needs root)"


def campaign(short: bool) -> Iterator[str]:
    """Every ending on every disk, once or ROUNDS times, with mounts that nobody else sees."""
    if why := missing():
        yield f"left out: {why}"
        return
    command = ["unshare", "-m", sys.executable, "-m", __name__, *(["--short"] if short else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as inside:
        assert inside.stdout is not None
        for line in inside.stdout:
            yield line.rstrip("\n")
    if inside.returncode:
        yield f"  fault: the campaign ended with {inside.returncode}"


def _campaign(short: bool) -> Iterator[str]:
    done: list[LastWords] = []
    yield "disk               ending   typed   due  kept  lived on"
    cells = [(kind, how) for kind in KINDS for how in HOWS if how != "SIGKILL" or kind.is_killed]
    for kind, how in cells * (1 if short else ROUNDS):
        words = _on_a_disk(kind, how, len(done))
        done.append(words)
        figures = f"{words.typed:5} {words.due:5} {words.kept:5}  {'yes' if words.waited else ''}"
        yield f"{kind.name:18} {how:8} {figures}"
        if words.fault:
            yield f"  fault: {how} while {kind.name}: {words.fault}"
    yield f"endings                           {len(done)}"
    yield f"characters due and lost           {sum(max(0, e.due - e.kept) for e in done)}"


def _on_a_disk(kind: Kind, how: str, seed: int) -> LastWords:
    with tempfile.TemporaryDirectory(prefix="imr-words-") as name:
        place = Path(name)
        disk = place / "disk"
        disk.mkdir()
        _run("mount", "-t", "tmpfs", "-o", f"size={_DISK_MB}m,mode=700", "tmpfs", str(disk))
        try:
            return last_words(place, disk, kind, how, seed)
        except AssertionError as error:
            return LastWords(0, 0, 0, False, " ".join(f"did not come to it: {error}".split())[:400])
        finally:
            _run("umount", "--lazy", str(disk))


if __name__ == "__main__":
    for each in _campaign("--short" in sys.argv):
        print(each, flush=True)
