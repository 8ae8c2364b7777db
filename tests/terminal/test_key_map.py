"""A folder with keys of its own, on a terminal: refused before anything is opened, or in use."""

from pathlib import Path

import pytest

from tests.bench.samples import APP, case_at, on_disk
from tests.terminal.driver import Terminal

ALTERNATE_SCREEN = b"\x1b[?1049h"


def with_keys(case: Path, table: str) -> Path:
    """The case, in a folder with this table `[keys]`."""
    own = case.parent / ".imr"
    own.mkdir(mode=0o700, exist_ok=True)
    (own / "settings.toml").write_text(f"width = 80\n\n[keys]\n{table}\n")
    return case


def test_a_faulty_key_map_is_refused_before_anything_is_opened(tmp_path: Path) -> None:
    case = with_keys(
        case_at(tmp_path, "summary"), '"walk.next" = "f10"\n"walk.back" = "ctrl+shift+x"'
    )
    before = sorted(each.name for each in case.parent.iterdir())
    with Terminal([*APP, str(case)], tmp_path, size=(300, 24)) as terminal:
        assert terminal.wait_exit() == 3
        assert ALTERNATE_SCREEN not in terminal.bytes_since(0)
        says = " ".join(terminal.text.split())
    assert ".imr/settings.toml, line 5: keys walk.back cannot be ctrl+shift+x" in says
    assert "many terminals do not send it. The file was not changed." in says
    assert sorted(each.name for each in case.parent.iterdir()) == before


@pytest.mark.slow
def test_keys_of_the_folder_arrive_from_the_terminal(tmp_path: Path) -> None:
    case = with_keys(
        case_at(tmp_path, "summary"),
        '"walk.next" = "f10"\n"walk.back" = "ctrl+^"\n"decision.uphold" = "y"\n'
        '"app.quit" = "ctrl+], ctrl+q"\n"reading.other-facts" = "P, f11"',
    )
    with Terminal([*APP, str(case)], tmp_path, size=(120, 40)) as terminal:
        terminal.wait_for("F10 Next")
        terminal.enter_text()
        terminal.type("kept")
        terminal.key("f10")
        terminal.wait_for("y Upheld")
        terminal.settle()
        terminal.type("y")
        terminal.wait_until(lambda: on_disk(case).items[0].decision == "upheld")
        terminal.key("ctrl+^")
        terminal.wait_for("kept")
        terminal.key("ctrl+]")
        assert terminal.wait_exit() == 0
    assert on_disk(case).summary.text.endswith("kept")
