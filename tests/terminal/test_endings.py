"""The program ended on a terminal, well and badly: nothing that was typed goes missing."""

import shlex
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from imr_tui.terminal.input_parser import GUARD_SECONDS
from tests.bench.samples import APP, FRESH, case_at, make_folder, on_disk
from tests.soak.kills import kill_once_saved, kill_while_typing
from tests.terminal.driver import Terminal

TYPED = "Nothing of this may be lost."


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_kill_costs_at_most_the_last_half_second(tmp_path: Path, seed: int) -> None:
    kill = kill_while_typing(tmp_path, seed)
    assert not kill.fault
    assert kill.kept >= kill.due, kill


def test_what_the_header_calls_saved_outlives_a_kill(tmp_path: Path) -> None:
    kill = kill_once_saved(tmp_path, 1)
    assert not kill.fault
    assert kill.lost == 0, kill


@pytest.mark.slow
@pytest.mark.parametrize("keys", [[], ["ctrl+c"], ["ctrl+d"], ["ctrl+z", "ctrl+y"], ["escape"]])
def test_no_key_that_ends_or_stops_other_programs_loses_text(
    tmp_path: Path, keys: Sequence[str]
) -> None:
    path = case_at(tmp_path, "summary")
    with Terminal([*APP, str(path)], tmp_path) as terminal:
        terminal.enter_text()
        terminal.type(TYPED)
        for key in keys:
            terminal.key(key)
            terminal.settle()
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
        assert_restored(terminal)
    assert on_disk(path).summary.text == TYPED


def assert_restored(terminal: Terminal) -> None:
    """The main screen is back, with its cursor, and no mode is left on."""
    raw = bytes(terminal.raw)
    for on, off in [("?1049h", "?1049l"), ("?25l", "?25h"), ("?2004h", "?2004l"), (">1u", "<u")]:
        assert raw.rfind(f"\x1b[{off}".encode()) >= raw.rfind(f"\x1b[{on}".encode()), off
    assert b"\x1b[?1049l" in raw


def test_the_line_settings_are_as_before(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, FRESH)
    script = f"stty -g >before; {shlex.join([*APP, str(folder)])}; stty -g >after"
    with Terminal(["sh", "-c", script], tmp_path) as terminal:
        terminal.wait_for(FRESH.stem)
        terminal.key("ctrl+q")
        terminal.wait_exit()
    before, after = (tmp_path / name for name in ("before", "after"))
    assert before.read_text(encoding="ascii") == after.read_text(encoding="ascii") != ""


@pytest.mark.slow
def test_a_paste_of_100_kb_arrives_whole_and_is_undone_at_once(tmp_path: Path) -> None:
    path = case_at(tmp_path, "rationale")
    text = "".join(f'Line {n:05}: a "synthetic" text\\, of [many] lines.\n' for n in range(2500))
    pasted = text[:100_000]

    def rationale() -> str:
        return on_disk(path).items[0].rationale

    with Terminal([*APP, str(path)], tmp_path) as terminal:
        terminal.enter_text()
        terminal.paste(pasted)
        terminal.wait_until(lambda: rationale() != "", what="the paste")
        assert rationale() == pasted
        # What comes right behind a paste is no command.
        time.sleep(GUARD_SECONDS)
        terminal.key("ctrl+z")
        terminal.wait_until(lambda: rationale() != pasted, what="the undoing")
        assert rationale() == ""
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
