"""Spelling on a real terminal: only hunspell is started, by its absolute path."""

import sys
from pathlib import Path

import pytest

from imr_tui.store.cases.folder import Folder
from tests.bench.samples import FRESH, make_folder
from tests.spelling.fakes import REAL, needs_hunspell
from tests.terminal.driver import Terminal
from tests.terminal.test_environment import with_host
from tests.terminal.traced import PROCESSES, can_trace, executed, network, traced

pytestmark = [
    pytest.mark.process,
    needs_hunspell,
    pytest.mark.skipif(not can_trace(), reason="strace is not here or may not trace"),
]


@pytest.mark.slow
@pytest.mark.parametrize("restricted", [True, False])
def test_a_session_starts_hunspell_and_nothing_else(tmp_path: Path, restricted: bool) -> None:
    folder, log = make_folder(tmp_path, FRESH), tmp_path / "trace"
    other = tmp_path / "bin" / "hunspell"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\nexit 1\n")
    other.chmod(0o755)
    argv = [sys.executable, "-c", with_host(restricted=restricted), str(folder)]
    env = {"PATH": f"{other.parent}:/usr/bin:/bin", "DICPATH": str(tmp_path), "WORDLIST": "x"}
    with Terminal(traced(log, PROCESSES, argv), tmp_path, env=env) as terminal:
        terminal.wait_for(FRESH.stem)
        terminal.key("enter")
        terminal.wait_for("attest")
        terminal.key("ctrl+n")
        terminal.wait_for("Summary")
        terminal.enter_text()
        terminal.type("The shoulder was swolen.")
        terminal.settle(0.5)
        terminal.key("ctrl+@")
        terminal.wait_for("Not in the dictionary: swolen")
        terminal.type("1")
        terminal.wait_for("was swollen.")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    used = {path for path in map(str, REAL) if Path(path).exists()}
    assert len(executed(log) - {sys.executable}) == 1
    assert executed(log) - {sys.executable} <= used
    assert network(log) == []
    assert "was swollen." in Folder(folder).open(FRESH.stem).case.summary.text
