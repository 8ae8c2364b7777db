"""Signing, correcting and sealing, killed and refused at every system call: done or not done."""

import os
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from imr_tui.store.maintenance.orphan_files import leftovers, sweep
from imr_tui.store.spelling import hunspell
from tests.soak.attached import Ended, points, run
from tests.soak.crashes import Point
from tests.soak.signing_acts import ACTS, STATE, Act, World, here

SHORT = 8
"""Points of each act in a short campaign."""
EACH = 200
"""After so many points it is said how far they are."""
GOOD, NOT_SIGNED = 0, 1
"""The exit codes of `imr-tui verify`."""
KILL, KILLED = "signal=KILL", -9
"""What kills a process at a system call, and how it ends then."""
_REFUSALS = (2, 3, 4, 5)
"""The exit codes of an act that the system refused, with a sentence."""


CHANGING = (
    *("write", "pwrite64", "fsync", "rename", "renameat", "renameat2", "link", "linkat", "mkdir"),
    *("mkdirat", "unlink", "unlinkat", "rmdir", "ftruncate", "fchmod", "flock"),
)
"""The system calls that change files; they come first."""


class Stage(NamedTuple):
    """An act, the folder before it, and its copy for each point."""

    name: str
    act: Act
    world: World
    template: Path

    def reset(self) -> None:
        """Put the folder as it was before the act."""
        shutil.rmtree(self.world.place, ignore_errors=True)
        shutil.copytree(self.template, self.world.place)

    def do(self, *injections: str, log: str = "") -> Ended:
        """Do the act in a separate process."""
        return run(self.act.words(self.world), *injections, log=log)

    def verify(self) -> Ended:
        """What the next start finds; it also completes or takes back what was left."""
        return run(("verify", str(self.world.path)))

    def points(self) -> list[Point]:
        """Every system call of the act, with everything that can happen to it."""
        self.reset()
        log = self.template.with_name("trace")
        ended = self.do(log=str(log))
        assert ended.code == 0, ended.says
        return sorted(points(self.name, log), key=_priority)


def _priority(point: Point) -> tuple[bool, bool]:
    """Orders kills before errors, and calls that change files before those that read."""
    return point.what != KILL, point.call not in CHANGING


@contextmanager
def staged(name: str) -> Iterator[Stage]:
    """Prepare an act; it is done once in this process, which loads what it needs."""
    with tempfile.TemporaryDirectory(prefix="imr-signing-") as top:
        stage = Stage(name, ACTS[name], World(Path(top) / "place"), Path(top) / "template")
        state = {"XDG_STATE_HOME": str(stage.world.place / STATE)}
        with mock.patch.dict(os.environ, state), mock.patch.object(hunspell, "PROGRAMS", ()):
            stage.world.place.mkdir()
            stage.act.prepare(stage.world)
            shutil.copytree(stage.world.place, stage.template)
            here(*stage.act.words(stage.world))
            stage.verify()
            yield stage


def fault(stage: Stage, point: Point) -> str:
    """What is wrong after something happened at `point`, or blank."""
    stage.reset()
    before = stage.world.files()
    ended = stage.do(point.injection)
    # Its own words may be what could not be written.
    is_silent = point.call == "write" and point.until_end
    if (ended.code not in (0, KILLED, *_REFUSALS) and not is_silent) or "Traceback" in ended.says:
        return f"ended with {ended.code}: {ended.says[-300:]}"
    if ended.code in _REFUSALS and not ended.says.endswith(".\n") and point.call != "write":
        return f"said {ended.says!r}"
    return (
        _half(stage, before, has_ended=ended.code == 0) or _leftover(stage) or _stuck(stage, before)
    )


def _half(stage: Stage, before: dict[str, bytes], *, has_ended: bool) -> str:
    """What is wrong with the case after the next start, unless it is done or not done."""
    found = stage.verify()
    if (says := stage.act.fault(stage.world)) and has_ended:
        return f"said that it is done, but {says}"
    if says:
        after = stage.world.files()
        if changed := {
            name for name in before.keys() | after.keys() if _differs(name, before, after)
        }:
            return f"half done: {says}; changed: {sorted(changed)}"
        return ""
    expected = GOOD if stage.act.is_good else NOT_SIGNED
    return "" if found.code == expected else f"verify says {found.code}: {found.says}"


def _differs(name: str, before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    return before.get(name) != after.get(name)


def _leftover(stage: Stage) -> str:
    """What a cleanup cannot remove, or blank."""
    for path in list(stage.world.folder.rglob(".*.tmp")):
        os.utime(path, (1, 1))
    sweep(stage.world.folder)
    left = [*leftovers(stage.world.folder), *stage.world.folder.glob(".imr/unfinished/*")]
    left += stage.world.folder.glob(".imr/signed/*/*.new")
    return f"left: {left}" if left else ""


def _stuck(stage: Stage, before: dict[str, bytes]) -> str:
    """Why the act cannot be done now, if it was not done."""
    if not stage.act.fault(stage.world):
        return ""
    ended = stage.do()
    says = ended.says if ended.code else stage.act.fault(stage.world)
    return f"stuck: {says}" if says else ""


def campaign(short: bool, seed: int = 1) -> Iterator[str]:
    """All points, or some of them; a line for each act, and each fault."""
    tried = faults = 0
    for name in ACTS:
        with staged(name) as stage:
            found = stage.points()
            chosen: Sequence[Point] = found
            if short:
                chosen = random.Random(seed).sample(found, min(SHORT, len(found)))
            kills = sum(point.what == KILL for point in chosen)
            yield f"  {name:<16}{len(chosen):>5} of {len(found)} points, {kills} of them kills"
            for point in chosen:
                tried += 1
                if says := fault(stage, point):
                    faults += 1
                    yield f"  fault: {point}: {says}"
                if tried % EACH == 0:
                    yield f"  {tried} points, {faults} faults"
    yield f"half signed or lost               {faults} of {tried}"
