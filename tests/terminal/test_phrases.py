"""Phrases are text: neither an import nor an insertion executes anything."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from imr_tui.phrases.phrase import Phrase
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.phrase_files import own_phrases, save_phrases
from tests.bench.samples import APP, case_at, make_folder
from tests.terminal.driver import Terminal
from tests.terminal.traced import PROCESSES, can_trace, executed, network, traced

pytestmark = pytest.mark.skipif(not can_trace(), reason="strace is not here or may not trace")

COMMANDS = "$(touch ran) `touch ran` ; touch ran | {age} __import__('os').system('touch ran')"
"""Words that a shell, a template or Python would execute."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(make_folder(tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".json", json.dumps({"run-x": {"body": f"{COMMANDS} ${{TM_X/a/b/}} $1"}})),
        (".csv", f'"run-x","{COMMANDS} %clipboard %date:x%"\n'),
        (".txt", f".run-x\n{COMMANDS}\n"),
        (".toml", f'[[phrase]]\nname = "run-x"\ntext = "{COMMANDS}"\n'),
        (".csv", '"run-x","#!/bin/sh\ntouch ran"\n'),
        (".json", json.dumps({"run-x": {"body": "#!/bin/sh\ntouch ran"}})),
    ],
)
def test_an_import_executes_nothing(folder: Folder, tmp_path: Path, suffix: str, text: str) -> None:
    file, log = tmp_path / f"mine{suffix}", tmp_path / "trace"
    file.write_text(text)
    argv = [*APP, "phrases", "import", str(file), "--folder", str(folder.path)]
    subprocess.run(traced(log, PROCESSES, argv), cwd=tmp_path, capture_output=True)
    assert executed(log) == {sys.executable}
    assert network(log) == []
    assert not (tmp_path / "ran").exists()
    assert len(own_phrases(folder)) == ("#!" not in text)


@pytest.mark.slow
def test_an_insertion_executes_nothing(tmp_path: Path) -> None:
    case, log = case_at(tmp_path, "summary"), tmp_path / "trace"
    save_phrases(Folder(case.parent), (Phrase("run-x", COMMANDS),))
    with Terminal(traced(log, PROCESSES, [*APP, str(case)]), tmp_path) as terminal:
        terminal.wait_for("Summary")
        terminal.settle()
        terminal.type("i .run-x")
        terminal.wait_for(".run-x")
        terminal.key("tab")
        terminal.wait_for("touch ran")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    assert "$(touch ran) `touch ran`" in open_case(case).case.summary.text
    assert executed(log) == {sys.executable}
    assert network(log) == []
    assert not (tmp_path / "ran").exists()
