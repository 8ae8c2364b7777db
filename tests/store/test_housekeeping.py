"""What every start does: leftovers go, versions go by the site's policy, cases never."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from imr_tui.errors import BadInput
from imr_tui.store.coding import encode
from imr_tui.store.folder import Folder
from imr_tui.store.housekeeping import tidy
from imr_tui.store.settings import load_history_days
from imr_tui.store.versions import Event
from tests.builders import NOW, NUMBER, a_complete_case, saved


@pytest.fixture
def folder(cases: Path) -> Folder:
    """A case with a version of today and a left-over file."""
    folder = Folder(cases)
    saved(folder.path, a_complete_case())
    folder.versions(NUMBER).note(b"one", Event.OPENED)
    os.utime(folder.versions(NUMBER).all()[0].path, (NOW.timestamp(), NOW.timestamp()))
    left = folder.path / f".{NUMBER}.toml.1.0123abcd.tmp"
    left.write_bytes(b"half")
    os.utime(left, (1, 1))
    return folder


@pytest.mark.parametrize(("setting", "days", "kept"), [(30, 29, 1), (30, 31, 0), (0, 9999, 1)])
def test_versions_go_by_the_policy(folder: Folder, setting: int, days: int, kept: int) -> None:
    tidy(folder, setting, NOW + timedelta(days=days))
    assert len(folder.versions(NUMBER).all()) == kept
    assert folder.path_of(NUMBER).read_bytes() == encode(a_complete_case())
    assert not list(folder.path.glob(".*.tmp"))


def test_the_policy_is_a_setting(folder: Folder) -> None:
    assert load_history_days(folder) == 30
    folder.own("settings.toml").write_text("history_days = 7\n")
    assert load_history_days(folder) == 7
    folder.own("settings.toml").write_text("history_days = -1\n")
    with pytest.raises(BadInput, match="history_days"):
        load_history_days(folder)
