"""The driver depends on private parts of Textual; these tests fail when they change."""

import hashlib
import inspect
from typing import Any

import pytest
from textual import _xterm_parser, driver
from textual.app import App
from textual.drivers import linux_driver

from imr_tui.terminal.driver import TerminalDriver
from tests.ui.conftest import MakeApp

READ = "5975c3abe0f86048"
"""Hash of the sources that the driver was written against."""


def test_textual_is_as_it_was_when_the_driver_was_written() -> None:
    """If this fails, review the changes, then the driver, its reader and `terminal/support.py`."""
    parts: list[Any] = [
        linux_driver.LinuxDriver,
        driver.Driver,
        _xterm_parser.XTermParser,
        App._handle_exception,
        App._fatal_error,
        App._print_error_renderables,
        App._build_driver,
        App._shutdown,
    ]
    source = "".join(inspect.getsource(part) for part in parts)
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == READ


def test_every_override_overrides_something() -> None:
    ours = {name for name in vars(TerminalDriver) if callable(getattr(TerminalDriver, name))}
    added = {"_repaint", "_reenter", "_hang_up"}
    added |= {"_is_in_background", "show_cursor", "_enable_optional_modes", "_continued"}
    added |= {"suspend", "run", "resume", "pause_child", "resume_child", "reclaim"}
    added |= {"last_input_time", "_stop_reading"}
    stock = set(dir(linux_driver.LinuxDriver))
    assert added <= ours
    assert not added & stock
    assert ours - added <= stock


def test_the_environment_does_not_choose_the_driver(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.constants.DRIVER", "os:path")
    assert make_app().driver_class is TerminalDriver
