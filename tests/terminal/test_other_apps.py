"""Apps that know nothing of this project look the same on its terminal layer as on Textual's."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal

ROOT = Path(__file__).parents[2]
SCRIPTS: dict[str, Sequence[str]] = {
    "table": ("down", "down", "pagedown", "a", "end", "up", "home"),
    "tree": ("down", "enter", "down", "down", " ", "up", "up", "enter"),
    "markdown": ("tab", "down", "pagedown", "end", "home"),
    "demo": ("w", "tab", "down", "p", "down", "h"),
    "input": ("a", "b", "c", "left", "x", "backspace", "tab", "s", "e", "shift+tab", "home", "z"),
    "tabs": ("tab", "right", "right", "left", "right"),
}
"""Keys that are typed into each, with a pause after each."""


def pictures(name: str, kind: str, place: Path) -> list[list[str]]:
    """The screen after each key."""
    place.mkdir()
    argv = [sys.executable, "-m", "tests.terminal.other_apps", name, kind]
    seen = []
    env = {"TEXTUAL_ANIMATIONS": "none", "PYTHONPATH": str(ROOT)}
    with Terminal(argv, place, env=env, cwd=ROOT, size=(80, 24)) as terminal:
        terminal.wait_until(lambda: bool(terminal.text.strip()), what="a first screen")
        terminal.settle(0.5)
        for key in SCRIPTS[name]:
            if len(key) == 1:
                terminal.type(key)
            else:
                terminal.key(key)
            terminal.settle(0.4)
            seen.append(terminal.screen)
    return seen


ATTEMPTS = 3
"""A picture may be taken before a slow machine has shown what a key did."""


@pytest.mark.slow
@pytest.mark.parametrize("name", SCRIPTS)
def test_every_screen_is_that_of_the_stock_driver(name: str, tmp_path: Path) -> None:
    for attempt in range(ATTEMPTS):
        ours = pictures(name, "ours", tmp_path / f"ours {attempt}")
        stock = pictures(name, "stock", tmp_path / f"stock {attempt}")
        if ours == stock:
            break
    assert ours == stock
    assert len({"\n".join(each) for each in ours}) > 1
