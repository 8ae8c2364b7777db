"""`imr-tui settings`: what it lists, its JSON, and what it refuses."""

import json
from pathlib import Path

import pytest

from imr_tui.services import settings_list
from imr_tui.store.config import HostFile, SettingsFile, machine_policy
from tests.commands import Run, assert_refused

NAMES = [*HostFile.model_fields, *SettingsFile.model_fields]


@pytest.fixture(autouse=True)
def no_machine_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of the machine's file, where nothing is unless a test writes it."""
    path = tmp_path / "imr-tui.toml"
    monkeypatch.setattr(machine_policy, "require_root", lambda path, kept: None)
    monkeypatch.setattr(
        settings_list.read_settings, "__kwdefaults__", {"restricted": False, "host_path": path}
    )
    return path


@pytest.fixture
def set_up(cases: Path, no_machine_file: Path) -> Path:
    """A folder of cases and a machine, each with a setting."""
    (cases / ".imr").mkdir(mode=0o700)
    (cases / ".imr" / "settings.toml").write_text('width = 80\n[rules]\nIMR206 = "off"\n')
    no_machine_file.write_text("leave_minutes = 45\n")
    return cases


def test_every_setting_is_listed_with_value_and_meaning(run: Run, set_up: Path) -> None:
    done = run("settings", "--folder", set_up)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    listed = [line.partition(" = ")[0] for line in lines if " = " in line and line[0] != " "]
    assert listed == NAMES
    assert lines[lines.index("leave_minutes = 45") + 1].startswith("    Minutes without a key")
    assert "(default)" not in done.out


def test_the_origin_of_each_value(run: Run, set_up: Path) -> None:
    done = run("settings", "--show-origin", "--folder", set_up)
    assert done.code == 0
    for line in (
        "leave_minutes = 45 (site)",
        "width = 80 (folder)",
        'rules = { IMR206 = "off" } (folder)',
        "idle_minutes = 10 (default)",
    ):
        assert line in done.out.splitlines()


def test_the_json_has_all_of_each_setting(run: Run, set_up: Path) -> None:
    done = run("settings", "--json", "--folder", set_up)
    document = json.loads(done.out)
    assert (done.code, done.err, document["schema"]) == (0, "", 1)
    by_name = {each["name"]: each for each in document["settings"]}
    assert list(by_name) == NAMES
    assert {tuple(each) for each in document["settings"]} == {
        ("name", "value", "origin", "file", "meaning")
    }
    assert by_name["leave_minutes"]["value"] == 45
    assert by_name["leave_minutes"]["origin"] == by_name["leave_minutes"]["file"] == "site"
    assert by_name["rules"]["value"] == {"IMR206": "off"}
    assert by_name["hold"] == {
        "name": "hold",
        "value": [],
        "origin": "default",
        "file": "folder",
        "meaning": "Numbers of the cases whose data is never deleted.",
    }


def test_settings_that_cannot_be_read_are_refused_with_their_line(run: Run, set_up: Path) -> None:
    (set_up / ".imr" / "settings.toml").write_text("width = 80\nmouse = 1\n")
    assert_refused(run("settings", "--folder", set_up), 3, r"settings\.toml, line 2")


def test_nothing_is_written(run: Run, cases: Path) -> None:
    assert run("settings", "--folder", cases).code == 0
    assert list(cases.iterdir()) == []
