"""Faults of the program's own on a terminal: the code is 70, and nothing is told but a place."""

import sys
from pathlib import Path

import pytest

from tests.terminal.below_a_shell import below_a_shell

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
}
"""Where each fault comes up, and how."""

PROGRAM = f"""
import asyncio, sys, threading, time
from textual.widgets import Static
from imr_tui.cli import main
from imr_tui.store.casefile import CaseFile
from imr_tui.ui.screens.summary import SummaryScreen

def save_slowly(self, case, save=CaseFile.save):
    time.sleep(0.5)
    save(self, case)

CaseFile.save = save_slowly

def crash():
    patient = "{SENTINEL}"
    raise RuntimeError("about " + patient)

async def later():
    crash()

class Painted(Static):
    def render(self):
        crash()

class Late:
    def __del__(self):
        crash()

class Shown(Exception):
    def __rich__(self):
        return "{SENTINEL}"

def action_go_to(self):
    patient = "{SENTINEL}"
    CAUSE

SummaryScreen.action_go_to = action_go_to
main()
"""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_keeps_the_text_and_tells_no_data(tmp_path: Path, fault: str) -> None:
    program = PROGRAM.replace("CAUSE", FAULTS[fault])
    with below_a_shell(tmp_path, app=[sys.executable, "-c", program]) as shell:
        shell.terminal.type("Kept.")
        shell.terminal.key("ctrl+g")
        assert shell.wait_over() == 70
        shell.assert_restored()
        said = shell.said("said")
        assert said.startswith("imr-tui: stopped by a fault of its own (")
        assert said.endswith("). The case is saved up to the last change.")
        assert len(said.splitlines()) == 1
        assert SENTINEL not in said
        assert SENTINEL.encode() not in shell.terminal.raw
        assert shell.holds("Kept.")


@pytest.mark.parametrize(
    "fault",
    [
        "Late()",
        "asyncio.get_running_loop().create_task(later())",
        "asyncio.get_running_loop().call_soon(crash)",
    ],
)
def test_a_fault_that_nobody_waits_for_tells_no_data(tmp_path: Path, fault: str) -> None:
    program = PROGRAM.replace("CAUSE", fault)
    with below_a_shell(tmp_path, app=[sys.executable, "-c", program]) as shell:
        shell.terminal.type("Kept.")
        shell.terminal.key("ctrl+g")
        shell.terminal.settle()
        shell.terminal.key("ctrl+q")
        shell.wait_over()
        assert SENTINEL not in shell.said("said")
        assert SENTINEL.encode() not in shell.terminal.raw
        assert shell.holds("Kept.")
