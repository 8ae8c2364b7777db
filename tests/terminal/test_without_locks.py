"""Two sessions on a file system that refuses every lock, as some that lie on the network do."""

import os
import shutil
import signal
import tomllib
from functools import partial
from pathlib import Path

import pytest

from imr_tui.model import edits
from imr_tui.store.cases.case_codec import decode, encode
from tests.bench.samples import APP, case_at, on_disk
from tests.terminal.driver import Terminal

REFUSALS = ["ENOLCK", "ENOSYS", "EOPNOTSUPP", "EINVAL"]


def at_summary(path: Path, place: Path, refusal: str) -> Terminal:
    """The app at the summary of a case; no lock of it works."""
    log = str(place / "trace")
    strace = ["strace", "-f", "-q", "-o", log, "-e", "trace=flock", "-e"]
    command = [*strace, f"inject=flock:error={refusal}", *APP, str(path)]
    terminal = Terminal(command, place)
    terminal.wait_for(" word")
    terminal.settle()
    return terminal


def holds(path: Path, text: str) -> bool:
    return on_disk(path).summary.text == text


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("refusal", REFUSALS)
def test_the_second_session_only_reads_until_it_is_given_the_case(
    tmp_path: Path, refusal: str
) -> None:
    path = case_at(tmp_path, "summary")
    with (
        at_summary(path, tmp_path, refusal) as first,
        at_summary(path, tmp_path, refusal) as second,
    ):
        assert "READ ONLY" in second.text
        first.enter_text()
        first.type("first")
        first.wait_until(partial(holds, path, "first"))
        second.wait_for("first")
        assert holds(path, "first")
        # Another program writes: the text of the session that has the case is kept beside.
        path.write_bytes(encode(edits.set_summary(on_disk(path), "theirs")))
        first.wait_until(lambda: "first" in kept(path, "aside"))
        (record,) = path.parent.glob(".imr/claims/*")
        os.kill(tomllib.loads(record.read_text())["pid"], signal.SIGKILL)
        first.wait_exit()
        # What was left there by a process of this machine is seen at once.
        second.wait_for("The case is free now")
        second.key("t")
        second.wait_gone("READ ONLY")
        second.wait_until(lambda: "first" in kept(path, "aside") + kept(path, "history"))
        assert "theirs" in [on_disk(path).summary.text, *kept(path, "history")]


def kept(path: Path, name: str) -> list[str]:
    """The summaries of the case in a folder below `.imr`."""
    files = (path.parent / ".imr" / name).rglob("*.toml")
    return [decode(each.read_bytes(), each).summary.text for each in files]
