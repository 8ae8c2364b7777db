"""A machine with a shared store, on which `imr-tui shared` is run as one role or another."""

from collections.abc import Callable
from pathlib import Path

import pytest

from imr_tui.cli.commands import doctor as doctor_module
from imr_tui.cli.commands.shared import coordinating, copying, reporting, setting_up
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import account_name
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.signing.sealed_copies import Sealed, SealedCopies
from tests.builders import NOW, a_complete_case
from tests.commands import Done, Run
from tests.postgres.fixtures import SharedDatabase

MODULES = (doctor_module, coordinating, copying, reporting, setting_up)
"""The commands that read the settings of the machine."""

RunAs = Callable[..., Done]
"""Runs `imr-tui` with its arguments for the account of a role."""


def host_of(url: str, role: str) -> Host:
    """The settings of a machine on which this account has a role."""
    return Host(shared=url, shared_roles={account_name(): role})


def set_host(monkeypatch: pytest.MonkeyPatch, host: Host) -> None:
    """Let the commands find these settings."""
    for module in MODULES:
        monkeypatch.setattr(module, "load_host", lambda: host)


@pytest.fixture
def run_as(
    run: Run,
    shared_database: SharedDatabase,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> RunAs:
    """Runs `imr-tui shared` as a role, on a fresh store."""
    # Each database has its own epoch, so each test has its own memory.
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))

    def run_as(role: str, *arguments: object) -> Done:
        set_host(monkeypatch, host_of(shared_database.url(role), role))
        return run("shared", *arguments)

    return run_as


def numbered(count: int) -> Case:
    case = a_complete_case()
    return case.but(particulars=case.particulars.but(number=f"CM26-{count:07}"))


def fill(folder: Path, count: int, every: int = 1) -> None:
    """Cases of all kinds: typed by hand, with a letter, with sealed copies, and plain ones.

    With a larger `every`, fewer have a letter or sealed copies.
    """
    place, first = Folder(folder), numbered(0)
    template = encode(first)
    for at in range(1, count + 1):
        case = numbered(at)
        text = template.replace(first.number.encode(), case.number.encode())
        if at % 3 == 0:
            text = b"# typed by hand\r\n" + text
        (folder / f"{case.number}.toml").write_bytes(text)
        if at % (5 * every) == 0:
            place.write_letter(case.number, f"The letter of {at}\n", case, NOW)
        if at % (7 * every) == 0:
            sealed = Sealed(b"case", b"letter \xff", b"manifest", b"signature", None)
            SealedCopies(folder, case.number).write(1, sealed)


def files_of(folder: Path) -> dict[str, bytes]:
    """All files of a folder by their relative path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
