"""Recall on a terminal: the key inside a text, and the file of the index."""

import stat
from pathlib import Path

import pytest

from imr_tui.model import edits
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.config.account_folder import account_folder
from tests.bench.samples import APP, case_at, on_disk
from tests.builders import a_complete_case, an_item
from tests.terminal.driver import Terminal

pytestmark = pytest.mark.slow
EARLIER = "An earlier rationale of three sentences. It has a second one. And a third."


@pytest.mark.parametrize("key", ["ctrl+_", "r"])
def test_ctrl_and_slash_open_it_inside_a_text(tmp_path: Path, key: str) -> None:
    path = case_at(tmp_path, "rationale")
    earlier = edits.set_rationale(a_complete_case((an_item(),)), 0, EARLIER)
    (path.parent / f"{earlier.number}.toml").write_bytes(encode(earlier))
    with Terminal([*APP, str(path)], tmp_path) as terminal:
        terminal.wait_for("F1 Help")
        if key == "ctrl+_":
            terminal.enter_text()
        terminal.key(key)
        terminal.wait_for("It has a second one.")
        terminal.type("earlier")
        terminal.settle()
        terminal.key("enter")
        terminal.wait_for("And a third.")
        terminal.wait_until(lambda: on_disk(path).items[0].rationale == EARLIER, what="a save")
        index = account_folder(path.parent) / "recall.sqlite"
        assert stat.S_IMODE(index.stat().st_mode) == 0o600
    assert [each for each in tmp_path.rglob("*") if "sqlite" in each.name] == [index]
