"""`imr-tui intake`, killed and refused at every system call, and then run again."""

import io
import json
import os
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from imr_tui.cli.commands import run_command
from imr_tui.model import edits
from imr_tui.services import intake as service
from imr_tui.services.intake_log import missing_events
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.maintenance.orphan_files import leftovers, sweep
from tests.services.intake_rows import all_files, case_texts
from tests.soak.attached import Ended, points, run
from tests.soak.crashes import Point
from tests.soak.signing import CHANGING, KILL, KILLED

SHORT = 12
"""Points of a short campaign."""
EACH = 200
"""After so many points it is said how far they are."""
BAD_ROW = 3
"""The exit code with a row that cannot be taken in; one of the rows is such."""
FOLDER, STATE, FIRST, NEXT = "cases", "state", "first.jsonl", "next.jsonl"


def row(number: int, text: str = "", **more: str) -> str:
    """A row of JSON Lines."""
    given = {"case.number": f"CM26-{number}", "assignment": f"A-{number}", "diagnosis": text}
    return json.dumps({**given, **more})


BEFORE = [row(1), row(2), row(3), row(4), row(4, status="withdrawn")]
"""What was taken in before; a reviewer has started the first case."""
ROWS = [
    *(row(1, "new facts"), row(2, "updated"), row(3, status="authorized"), row(4, "reopened")),
    *(row(5), "not a row", row(6), row(6, "twice"), row(7), row(8)),
]
"""What is taken in while something happens: each result at least once."""


class Stage(NamedTuple):
    """The folder before an intake, and its copy for each point."""

    place: Path
    template: Path
    expected: dict[str, bytes]

    @property
    def cases(self) -> Path:
        """The folder of cases."""
        return self.place / FOLDER

    def reset(self) -> None:
        """Put the folder as it was before."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.template, self.place)

    def take_in(self, *injections: str, log: str = "") -> Ended:
        """Take the rows in, in a separate process."""
        return run(("intake", str(self.place / NEXT), str(self.cases)), *injections, log=log)

    def points(self) -> list[Point]:
        """Every system call of an intake, with everything that can happen to it."""
        self.reset()
        log = self.template.with_name("trace")
        ended = self.take_in(log=str(log))
        assert ended.code == BAD_ROW, ended.says
        return sorted(points("intake", log), key=_priority)


def _priority(point: Point) -> tuple[bool, bool]:
    """Orders kills before errors, and calls that change files before those that read."""
    return point.what != KILL, point.call not in CHANGING


@contextmanager
def staged() -> Iterator[Stage]:
    """Prepare the folder, and take the rows in undisturbed; few rows are written at once."""
    with tempfile.TemporaryDirectory(prefix="imr-intake-") as top:
        stage = Stage(Path(top) / "place", Path(top) / "template", {})
        state = {"XDG_STATE_HOME": str(stage.place / STATE)}
        with mock.patch.dict(os.environ, state), mock.patch.object(service, "TOGETHER", 3):
            _prepare(stage)
            shutil.copytree(stage.place, stage.template)
            ended = stage.take_in()
            assert ended.code == BAD_ROW, ended.says
            stage.expected.update(case_texts(stage.cases))
            yield stage


def _prepare(stage: Stage) -> None:
    stage.cases.mkdir(mode=0o700, parents=True)
    for name, rows in ((FIRST, BEFORE), (NEXT, ROWS)):
        (stage.place / name).write_text("".join(f"{each}\n" for each in rows))
    # In this process, so that no fork has to import: Python does not survive each error there.
    words = ["intake", str(stage.place / FIRST), str(stage.cases)]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        assert run_command(words) == 0
    file = open_case(stage.cases / "CM26-1.toml")
    file.save(edits.set_summary(file.case, "A 54 year old man."))


def fault(stage: Stage, point: Point) -> str:
    """What is wrong after something happened at `point` and the intake was repeated, or blank."""
    stage.reset()
    started = (stage.cases / "CM26-1.toml").read_bytes()
    ended = stage.take_in(point.injection)
    # Its own words may be what could not be written.
    is_silent = point.call == "write" and point.until_end
    if (ended.code not in (0, KILLED, 3, 4, 5) and not is_silent) or "Traceback" in ended.says:
        return f"ended with {ended.code}: {ended.says[-300:]}"
    if (stage.cases / "CM26-1.toml").read_bytes() != started:
        return "altered a started case"
    again = stage.take_in()
    if again.code != BAD_ROW or again.says.count("failed") != 2:
        return f"cannot be repeated: {again.code}: {again.says[-300:]}"
    return _differs(stage) or _is_unsettled(stage) or _is_unrecorded(stage) or _leftover(stage)


def _differs(stage: Stage) -> str:
    found = case_texts(stage.cases)
    names = {
        name
        for name in found.keys() | stage.expected.keys()
        if found.get(name) != stage.expected.get(name)
    }
    return f"differs from an undisturbed run: {sorted(names)}" if names else ""


def _is_unsettled(stage: Stage) -> str:
    before = all_files(stage.cases)
    stage.take_in()
    after = all_files(stage.cases)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    return f"a further run writes {sorted(changed)}" if changed else ""


def _is_unrecorded(stage: Stage) -> str:
    if faults := AuditLog(stage.cases).check().faults:
        return f"the log has faults: {faults}"
    missing = list(missing_events(stage.cases))
    return f"not in the log: {missing}" if missing else ""


def _leftover(stage: Stage) -> str:
    for path in list(stage.cases.rglob(".*.tmp")):
        os.utime(path, (1, 1))
    sweep(stage.cases)
    left = list(leftovers(stage.cases))
    return f"left: {left}" if left else ""


def campaign(short: bool, seed: int = 1) -> Iterator[str]:
    """All points, or some of them; a line for each fault."""
    faults = 0
    with staged() as stage:
        found = stage.points()
        chosen: Sequence[Point] = found
        if short:
            chosen = random.Random(seed).sample(found, min(SHORT, len(found)))
        kills = sum(point.what == KILL for point in chosen)
        yield f"  {len(chosen)} of {len(found)} points, {kills} of them kills"
        for tried, point in enumerate(chosen, 1):
            if says := fault(stage, point):
                faults += 1
                yield f"  fault: {point}: {says}"
            if tried % EACH == 0:
                yield f"  {tried} points, {faults} faults"
    yield f"intakes that differ when repeated {faults} of {len(chosen)}"
