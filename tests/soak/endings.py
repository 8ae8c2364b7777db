"""The endings campaign: every way to end the app from outside, in every state it can be in."""

import random
import resource
import shlex
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from imr_tui.errors import ImrError
from tests.bench.samples import APP, case_at
from tests.soak import processes
from tests.soak.kills import GRACE, Desk
from tests.terminal.driver import Terminal

State = Literal["idle", "typing", "pasting", "stalled", "saving"]
STATES: tuple[State, ...] = ("idle", "typing", "pasting", "stalled", "saving")
"""What the app is at; `saving` is typing over a slow disk."""
HOWS = ("SIGHUP", "SIGTERM", "SIGINT", "closed")
"""What ends it; `closed` is the terminal."""

PASTE = ("A synthetic line, one of many.\n" * 32_000)[:990_000]
"""Just what a field takes."""
SLOW_MICROSECONDS = 250_000
"""What every fsync of a slow disk takes."""
FSYNCS_AT_START = 2
"""Those with which the folder is probed."""
LIMIT_SECONDS = 2.0
LIMIT_CPU = 1.0
ROUNDS = 10
_MODES = ((b"?1049h", b"?1049l"), (b"?25l", b"?25h"), (b"?2004h", b"?2004l"), (b"?7l", b"?7h"))


@dataclass(frozen=True)
class Ending:
    """What one ending did."""

    how: str
    state: State
    code: int
    """The exit code of the app."""
    seconds: float
    """How long it took to be gone."""
    cpu: float
    """What it used from the ending on, in seconds."""
    lost: int
    """Characters that had been typed and are gone."""
    pasted: bool
    """Whether the paste is on the disk, all of it."""
    fault: str
    """What is wrong, or blank; times are figures and not faults."""


def can_slow() -> bool:
    """Whether there is a tool that makes a disk slow."""
    return shutil.which("strace") is not None


def end(place: Path, how: str, state: State, seed: int) -> Ending:
    """Run the app in `place` below a shell, bring it into `state`, and end it."""
    path = case_at(place, "summary")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with Terminal(["sh", "-c", _script(path, state)], place) as terminal:
        terminal.enter_text()
        desk = Desk(path, terminal, random.Random(seed))
        app = _app_of(terminal)
        pasted = _bring(desk, state)
        spent = processes.cpu_seconds(app)
        moment = time.monotonic()
        _end(terminal, app, how)
        terminal.wait_until(lambda: not processes.is_running(app), what="the end")
        seconds = time.monotonic() - moment
        terminal.resume_reading()
        terminal.wait_exit()
        terminal.wait_until(lambda: not processes.of_session(terminal.pid), what="nobody left")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime - spent
    due = sum(at < moment - GRACE - desk.late for at in desk.times)
    lost, pasted, fault = _verdict(desk, due, pasted)
    code = int(_said(place, "code") or -1)
    expected = 128 + (signal.SIGHUP if how == "closed" else signal.Signals[how])
    if code != expected:
        fault = fault or f"ended with {code}, not {expected}"
    if how != "closed":
        fault = fault or _left_on(terminal, place)
    return Ending(how, state, code, seconds, cpu, lost, pasted, fault)


def _script(path: Path, state: State) -> str:
    """The app between two looks at the line; the shell lives on when the line breaks."""
    run = [*APP, str(path)]
    if state == "saving":
        slow = f"inject=fsync:delay_enter={SLOW_MICROSECONDS}:when={1 + FSYNCS_AT_START}+"
        run = [
            "strace",
            "-D",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=fsync",
            "-e",
            slow,
            *run,
        ]
    # A trap of its own is not inherited, unlike a signal that is ignored.
    return f"trap : HUP; stty -g >before; {shlex.join(run)}; echo $? >code; stty -g >after"


def _app_of(terminal: Terminal) -> int:
    """The child of the shell."""
    (app,) = processes.children(terminal.pid)
    return app


def _bring(desk: Desk, state: State) -> bool:
    """Type, and go on into `state`; whether all of a paste was sent."""
    desk.type_for(0.5)
    if state == "idle":
        desk.wait_until(lambda: desk.text_on_disk() == desk.typed, "the text on the disk")
    elif state == "pasting":
        time.sleep(2 * GRACE)
        return _paste(desk)
    elif state == "stalled":
        desk.terminal.stop_reading()
        desk.type_for(2.0)
        time.sleep(GRACE)
    else:
        desk.type_for(desk.random.uniform(0.5, 1.0))
    return False


def _paste(desk: Desk) -> bool:
    """Send a part of a paste, or all of it and wait a moment in which it may arrive."""
    data = b"\x1b[200~" + PASTE.encode() + b"\x1b[201~"
    count = desk.random.choice((desk.random.randrange(len(data)), len(data)))
    desk.terminal.type(data[:count])
    # A whole one takes a second or two to arrive.
    time.sleep(desk.random.uniform(0.0, 3.0 if count == len(data) else 0.5))
    return count == len(data)


def _end(terminal: Terminal, app: int, how: str) -> None:
    if how == "closed":
        terminal.hang_up()
    else:
        processes.send(app, signal.Signals[how])


def _verdict(desk: Desk, due: int, pasted: bool) -> tuple[int, bool, str]:
    """How many typed characters are gone, whether a paste is there, what is wrong with the file."""
    sent = len(desk.typed)
    try:
        kept = desk.text_on_disk()
    except ImrError as error:
        return sent, False, f"torn: {error}"
    if pasted and kept == desk.typed + PASTE:
        return 0, True, ""
    if not desk.typed.startswith(kept):
        return sent, False, "holds what was not typed"
    fault = f"kept {len(kept)} characters of {due}" if len(kept) < due else ""
    return sent - len(kept), False, fault


def _left_on(terminal: Terminal, place: Path) -> str:
    """What is not as it was on the terminal, or blank."""
    raw = bytes(terminal.raw)
    for on, off in _MODES:
        if raw.rfind(b"\x1b[" + off) < raw.rfind(b"\x1b[" + on):
            return f"left {on.decode()} on"
    before, after = _said(place, "before"), _said(place, "after")
    return "" if before == after != "" else "left the line as it was not"


def _said(place: Path, name: str) -> str:
    file = place / name
    return file.read_text(encoding="ascii").strip() if file.exists() else ""


def campaign(short: bool) -> Iterator[str]:
    """Every ending in every state, once or ROUNDS times; a line for each, and the sums."""
    states = [state for state in STATES if state != "saving" or can_slow()]
    cells = [(how, state) for state in states for how in HOWS]
    done: list[Ending] = []
    yield "state      ending   code  s to exit  CPU s  lost"
    for how, state in cells * (1 if short else ROUNDS):
        with tempfile.TemporaryDirectory(prefix="imr-endings-") as place:
            ending = end(Path(place), how, state, len(done))
        done.append(ending)
        yield _line(ending)
        if ending.fault:
            yield f"  fault: {ending.how} while {ending.state}: {ending.fault}"
    yield from _sums(done)


def _line(ending: Ending) -> str:
    figures = f"{ending.code:4} {ending.seconds:10.2f} {ending.cpu:6.2f} {ending.lost:5}"
    return f"{ending.state:10} {ending.how:8} {figures}  {ending.fault or 'pass'}"


def _sums(done: list[Ending]) -> Iterator[str]:
    def count(holds: Callable[[Ending], bool]) -> str:
        return f"{sum(map(holds, done))} of {len(done)}"

    yield f"passed                    {count(lambda each: not each.fault)}"
    yield f"gone within {LIMIT_SECONDS:g} s           {count(lambda e: e.seconds < LIMIT_SECONDS)}"
    yield f"CPU below {LIMIT_CPU:g} s             {count(lambda each: each.cpu < LIMIT_CPU)}"
    yield f"with the paste, whole     {count(lambda each: each.pasted)}"
    yield f"slowest                   {max(each.seconds for each in done):.2f} s"
