"""The settings in force: each with its value, where it comes from, and what it means."""

from pathlib import Path

import pytest
import tomli

from imr_tui.errors import BadInput
from imr_tui.services.settings_list import (
    HIDDEN,
    Setting,
    read_settings,
    settings_list,
    toml_value,
)
from imr_tui.services.settings_text import settings_text
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import HostFile, SettingsFile, machine_policy
from imr_tui.store.config.machine_policy import Host
from imr_tui.text.field_docs import field_docs


def named(settings: tuple[Setting, ...], name: str) -> Setting:
    (found,) = (each for each in settings if each.name == name)
    return found


@pytest.fixture
def host_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of the machine's file, which is taken as root's whoever runs the tests."""
    monkeypatch.setattr(machine_policy, "require_root", lambda path, kept: None)
    return tmp_path / "imr-tui.toml"


@pytest.fixture
def folder(cases: Path) -> Folder:
    """A folder of cases with an empty `.imr`."""
    (cases / ".imr").mkdir(mode=0o700)
    return Folder(cases)


def test_every_key_of_both_files_is_listed_with_a_meaning() -> None:
    found = settings_list(HostFile(), SettingsFile())
    assert [each.name for each in found] == [*HostFile.model_fields, *SettingsFile.model_fields]
    assert [each.name for each in found if not each.meaning.endswith(".")] == []
    assert {each.origin for each in found} == {"default"}


def test_the_model_of_the_machines_file_has_the_fields_and_defaults_of_host() -> None:
    assert HostFile().model_dump() == vars(Host())
    assert list(field_docs(Host)) == list(HostFile.model_fields)


def test_meanings_are_read_from_the_source_of_a_class_and_its_bases() -> None:
    assert field_docs(Host)["leave_minutes"] == (
        "Minutes without a key after which the session ends."
    )
    # It takes two lines there.
    assert "\n" not in field_docs(SettingsFile)["history_days"]
    assert field_docs(int) == {}


def test_the_origin_is_the_file_that_has_the_key_whatever_its_value(
    folder: Folder, host_file: Path
) -> None:
    host_file.write_text("idle_minutes = 10\n")
    folder.own("settings.toml").write_text('width = 80\nlabel = "MAXIMUS"\n')
    found = read_settings(folder, host_path=host_file)
    assert named(found, "idle_minutes")[1:3] == (10, "site")
    assert named(found, "leave_minutes")[1:3] == (30, "default")
    assert named(found, "width")[1:3] == (80, "folder")
    assert named(found, "label")[1:3] == ("MAXIMUS", "folder")
    assert named(found, "hold")[1:3] == ((), "default")


def test_without_files_all_is_default(folder: Folder, host_file: Path) -> None:
    found = read_settings(folder, host_path=host_file)
    assert {each.origin for each in found} == {"default"}
    assert {each.scope for each in found} == {"site", "folder"}


@pytest.mark.parametrize(
    ("in_file", "value", "origin"), [("", True, "option"), ("restricted = true\n", True, "site")]
)
def test_restricted_mode_may_come_from_the_option(
    folder: Folder, host_file: Path, in_file: str, value: bool, origin: str
) -> None:
    host_file.write_text(in_file)
    found = read_settings(folder, restricted=True, host_path=host_file)
    assert named(found, "restricted")[1:3] == (value, origin)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://alice:secret@db1/imr",
        "postgresql://db1/imr?password=secret",
        "host=db1 password=secret",
    ],
)
def test_an_address_that_may_hold_a_password_is_not_shown(url: str) -> None:
    setting = named(settings_list(HostFile(shared=url), SettingsFile()), "shared")
    assert setting.value == HIDDEN
    assert "secret" not in repr(setting)


def test_a_valid_address_is_shown() -> None:
    url = "postgresql://db1,db2:5433/imr?sslcert=~/imr.crt"
    assert named(settings_list(HostFile(shared=url), SettingsFile()), "shared").value == url


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("width = 8\n", r"settings\.toml, line 1"),
        ("widht = 80\n", r"settings\.toml, line 1.*width"),
        ('[rules]\nIMR999 = "off"\n', "IMR999"),
        ('templates = "missing"\n', "templates"),
    ],
)
def test_a_file_that_the_app_refuses_is_refused(
    folder: Folder, host_file: Path, content: str, says: str
) -> None:
    folder.own("settings.toml").write_text(content)
    with pytest.raises(BadInput, match=says):
        read_settings(folder, host_path=host_file)


def test_a_file_of_the_machine_that_others_can_change_is_refused(
    folder: Folder, tmp_path: Path
) -> None:
    path = tmp_path / "imr-tui.toml"
    path.write_text("restricted = true\n")
    path.chmod(0o666)
    with pytest.raises(BadInput, match="must belong to root"):
        read_settings(folder, host_path=path)


@pytest.mark.parametrize(
    "value",
    [
        *("", 'a "quoted" \\ word', "naïve", "a\tb", True, False, 0, 3650),
        *([], ["Texas", "New York"], {}, {"IMR206": "off"}, {"walk.next": "ctrl+n", "a b": "x"}),
    ],
)
def test_a_value_is_shown_as_a_file_can_hold_it(value: object) -> None:
    shown = toml_value(value)
    assert "\n" not in shown
    assert tomli.loads(f"key = {shown}") == {"key": value}


# The text


def test_the_text_has_a_part_for_each_file() -> None:
    lines = list(settings_text(settings_list(HostFile(), SettingsFile())))
    machine, folder = lines.index("The machine: /etc/imr-tui.toml"), lines.index("")
    assert (machine, lines[folder + 1]) == (0, "The folder: .imr/settings.toml")
    at = lines.index("idle_minutes = 10 (default)")
    assert machine < at < folder
    assert lines[at + 1] == "    Minutes without a key after which the screen locks."
    assert folder < lines.index('employee_names = "initials" (default)')


def test_the_text_names_the_origin_only_if_it_is_asked_for() -> None:
    found = settings_list(HostFile(), SettingsFile(width=80))
    assert "width = 80 (folder)" in list(settings_text(found))
    assert "width = 80" in list(settings_text(found, shows_origin=False))
    assert not any("(default)" in line for line in settings_text(found, shows_origin=False))


@pytest.mark.parametrize("width", [40, 60, 120])
def test_the_text_is_wrapped_and_loses_no_word(width: int) -> None:
    found = settings_list(HostFile(), SettingsFile(address=("PO Box 1, Sample City",) * 4))
    lines = list(settings_text(found, width))
    assert max(map(len, lines)) <= width
    unwrapped = " ".join(settings_text(found))
    assert " ".join(lines).split() == unwrapped.split()
