"""What was typed in a dialog survives every ending of the program, a kill half a second later."""

import signal
import time
from pathlib import Path

import pytest

from imr_tui.store.cases.drafts import load_drafts
from tests.bench.samples import APP, FRESH
from tests.soak import processes
from tests.terminal.below_a_shell import below_a_shell
from tests.terminal.driver import Terminal

HALF = "8/14/2"
FAULT = "Not a date."
"""What stands beside a field with half a date."""
ENDINGS = ["SIGKILL", "SIGTERM", "SIGHUP", "closed"]


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_half_typed_date_is_there_the_next_time(tmp_path: Path, ending: str) -> None:
    with below_a_shell(tmp_path) as shell:
        terminal, folder = shell.terminal, shell.path.parent
        terminal.key("ctrl+r")
        terminal.wait_for("Record: dates, parties")
        terminal.type("\t" * 7)
        terminal.settle()
        terminal.type(HALF)
        terminal.wait_for(FAULT)
        if ending == "SIGKILL":
            time.sleep(0.5)
        if ending == "closed":
            terminal.hang_up()
        else:
            processes.send(shell.app, getattr(signal, ending))
        shell.wait_app_gone()
        assert list(load_drafts(folder, FRESH.stem).values()) == [HALF]
    with Terminal([*APP, str(shell.path)], tmp_path) as terminal:
        terminal.wait_for("words")
        terminal.settle()
        terminal.key("ctrl+r")
        terminal.wait_for(FAULT)
