"""Apps that know nothing of this project look the same on its terminal layer as on Textual's."""

import sys
from collections.abc import Sequence
from functools import partial
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

PATIENCE = 60.0
"""Seconds that a busy machine may take to paint what a key did."""


def app(name: str, kind: str, place: Path) -> Terminal:
    place.mkdir()
    argv = [sys.executable, "-m", "tests.terminal.other_apps", name, kind]
    env = {"TEXTUAL_ANIMATIONS": "none", "PYTHONPATH": str(ROOT)}
    return Terminal(argv, place, env=env, cwd=ROOT, size=(80, 24))


def is_painted(terminal: Terminal) -> bool:
    return bool(terminal.text.strip())


@pytest.mark.slow
@pytest.mark.parametrize("name", SCRIPTS)
def test_every_screen_is_that_of_the_stock_driver(name: str, tmp_path: Path) -> None:
    with app(name, "ours", tmp_path / "ours") as ours, app(name, "stock", tmp_path / "s") as stock:
        both = (ours, stock)
        screens = []

        def come_to_the_same_screen(after: str) -> None:
            """Wait until both are quiet; the slower one may still have to paint."""
            for terminal in both:
                terminal.settle(0.4)
            ours.wait_until(
                lambda: ours.screen == stock.screen,
                PATIENCE,
                f"the screen of the stock driver after {after!r}:\n{stock.text}\n",
            )
            screens.append(ours.text)

        for terminal in both:
            terminal.wait_until(partial(is_painted, terminal), PATIENCE, "a first screen")
        come_to_the_same_screen("the start")
        for key in SCRIPTS[name]:
            for terminal in both:
                terminal.type(key) if len(key) == 1 else terminal.key(key)
            come_to_the_same_screen(key)
        assert len(set(screens)) > 1
