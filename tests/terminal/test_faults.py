"""Faults of the program's own on a terminal: the code is 70, and nothing is told but a place."""

import re
import sys
from pathlib import Path

import pytest

from tests.bench.samples import case_at
from tests.terminal.below_a_shell import Shell, below_a_shell
from tests.terminal.driver import Terminal

SENTINEL = "PHI-7f3a"

FAULTS = {
    "an action": "crash()",
    "a worker": "self.run_worker(later())",
    "a thread": "threading.Thread(target=crash).start()",
    "a worker of a thread": "self.run_worker(crash, thread=True)",
    "a timer": "self.set_timer(0.01, crash)",
    "painting": "self.mount(Painted())",
    "what Rich would show": "raise Shown()",
    "memory": "raise MemoryError",
    "a task that nobody waits for": "asyncio.create_task(later())",
    "a call of the loop": "asyncio.get_running_loop().call_soon(crash)",
    "a message": "self.post_message(Bad())",
    "composing": "self.app.push_screen(Composed())",
    "the letter": "renderer.View.variables = crash; self.app.parts.output.preview(draft=True)",
    "the checks": "imr_tui.checks.run = crash; "
    "self.app.parts.checking._runner.check(self.app.case)",
    "a key": "type(self.app).on_event = crash; self.app.post_message(events.Key('x', 'x'))",
    "leaving": "type(self.app).on_unmount = crash; self.app.exit()",
}
"""Where each fault comes up, and how."""

PROGRAM = f"""
import asyncio, sys, threading, time
import imr_tui.checks
from imr_tui.letter.render import renderer
from textual import events
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from imr_tui.cli import main
from imr_tui.store.cases.case_file import CaseFile
from imr_tui.ui.app import ImrApp
from imr_tui.ui.stages.summary import SummaryScreen
from imr_tui.ui.stages.worklist import WorklistScreen
from imr_tui.store.cases.folder import Folder

def save_slowly(self, case, save=CaseFile.save):
    time.sleep(0.5)
    save(self, case)

CaseFile.save = save_slowly

def crash(*arguments, **options):
    patient = "{SENTINEL}"
    error = RuntimeError("about " + patient, patient)
    error.add_note(patient)
    try:
        raise KeyError(patient)
    except KeyError as cause:
        raise error from cause

async def later():
    crash()

class Painted(Static):
    def render(self):
        crash()

class Composed(Screen):
    def compose(self):
        yield Static("{SENTINEL}")
        crash()

class Bad(Message):
    async def _on_message(self):
        pass

SummaryScreen.on_bad = crash

class Late:
    def __del__(self):
        crash()

class Shown(Exception):
    def __rich__(self):
        return "{SENTINEL}"

def action_go_to(self):
    patient = "{SENTINEL}"
    CAUSE

def fails_once(self, case):
    CaseFile.save = save_slowly
    crash()

SummaryScreen.action_go_to = action_go_to
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_keeps_the_text_and_tells_no_data(tmp_path: Path, fault: str) -> None:
    program = PROGRAM.replace("CAUSE", FAULTS[fault])
    with below_a_shell(tmp_path, app=[sys.executable, "-c", program]) as shell:
        shell.terminal.type("Kept.")
        shell.terminal.key("ctrl+g")
        assert shell.wait_over() == 70
        shell.assert_restored()
        said = shell.said("said")
        place = r"\(IMR-E[0-9A-F]{6}, \w+( at [\w/<>-]+(\.py)?:\d+)?\)\."
        said_all = "All changes are saved\\."
        assert re.fullmatch(rf"imr-tui: internal error {place} {said_all}", said)
        assert_untold(shell)
        assert shell.holds("Kept.")


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault",
    ["Late()", "self.app.parts.editing.session.then(crash)", "CaseFile.save = fails_once"],
)
def test_a_fault_that_harms_nothing_tells_no_data(tmp_path: Path, fault: str) -> None:
    program = PROGRAM.replace("CAUSE", fault)
    with below_a_shell(tmp_path, app=[sys.executable, "-c", program]) as shell:
        shell.terminal.key("ctrl+g")
        shell.terminal.type("Kept.")
        shell.terminal.settle()
        shell.wait_saved("Kept.")
        shell.terminal.key("ctrl+q")
        assert shell.wait_over() == 0
        assert_untold(shell)
        assert shell.holds("Kept.")


STARTS = {
    "the worklist": "WorklistScreen.on_mount = crash",
    "the app": "ImrApp.__init__ = crash",
    "mounting": "ImrApp.on_mount = crash",
    "the folder": "Folder.is_writable = crash",
}
"""Where a start can fail, and how."""


@pytest.mark.parametrize(
    "start",
    [
        "the worklist",
        pytest.param("the app", marks=pytest.mark.slow),
        pytest.param("mounting", marks=pytest.mark.slow),
        "the folder",
    ],
)
def test_a_fault_at_the_start_tells_no_data(tmp_path: Path, start: str) -> None:
    program = PROGRAM.replace("\nmain()\n", f"\n{STARTS[start]}\nmain()\n")
    path = case_at(tmp_path, "summary")
    opened = path.parent if start == "the worklist" else path
    with Terminal([sys.executable, "-c", program, str(opened)], tmp_path) as terminal:
        assert terminal.wait_exit() == 70
        assert b"internal error (IMR-E" in terminal.raw
        assert SENTINEL.encode() not in terminal.raw
        assert b"Traceback" not in terminal.raw
        raw = terminal.raw.decode("utf-8", "backslashreplace")
        assert raw.rfind("\x1b[?1049l") >= raw.rfind("\x1b[?1049h")


def assert_untold(shell: Shell) -> None:
    """Nothing of the data is on the terminal, or in a file outside the folder of cases."""
    assert SENTINEL.encode() not in shell.terminal.raw
    for path in shell.place.rglob("*"):
        if path.is_file() and not path.is_relative_to(shell.path.parent):
            assert SENTINEL.encode() not in path.read_bytes(), path
