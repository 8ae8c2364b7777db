"""What the machine's owner lays down counts only if nobody else can have written it."""

from pathlib import Path

import pytest

from imr_tui.errors import BadInput, CannotStore
from imr_tui.store.config.machine_policy import Host, load_host


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that root could have written; it is not there yet."""
    path = tmp_path / "imr-tui.toml"
    owned = Path.lstat
    as_root = lambda path: _Status(owned(path).st_mode)  # noqa: E731
    monkeypatch.setattr(Path, "lstat", as_root)
    return path


class _Status:
    st_uid = 0

    def __init__(self, mode: int) -> None:
        self.st_mode = mode


def test_without_a_file_everything_is_as_shipped(file: Path) -> None:
    assert load_host(file) == Host()
    assert Host().idle_minutes == 10
    assert not Host().restricted


def test_what_it_says_holds(file: Path) -> None:
    file.write_text("restricted = true\nidle_minutes = 5\n")
    file.chmod(0o644)
    assert load_host(file) == Host(restricted=True, idle_minutes=5)


@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666])
def test_what_others_may_write_is_refused(file: Path, mode: int) -> None:
    file.write_text("restricted = true\n")
    file.chmod(mode)
    with pytest.raises(BadInput, match="only root may write to it"):
        load_host(file)


def test_what_is_not_known_is_refused(file: Path) -> None:
    file.write_text("restrict = true\n")
    file.chmod(0o644)
    with pytest.raises(BadInput, match="did you mean 'restricted'"):
        load_host(file)


def test_a_link_is_refused(file: Path, tmp_path: Path) -> None:
    (tmp_path / "real").write_text("restricted = false\n")
    file.symlink_to(tmp_path / "real")
    with pytest.raises((BadInput, CannotStore)):
        load_host(file)


def test_a_file_of_somebody_else_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("restricted = true\n")
    file.chmod(0o644)
    monkeypatch.setattr(_Status, "st_uid", 1000)
    with pytest.raises(BadInput, match="must belong to root"):
        load_host(file)


def test_a_rescue_directory_is_named_from_the_root_on(file: Path) -> None:
    file.write_text('rescue = "/var/lib/imr-tui-rescue"\n')
    file.chmod(0o644)
    assert load_host(file).rescue == "/var/lib/imr-tui-rescue"
    file.write_text('rescue = "elsewhere"\n')
    with pytest.raises(BadInput, match='must be an absolute path, beginning with "/"'):
        load_host(file)


def test_the_keys_about_signing(file: Path) -> None:
    file.write_text(
        'signers = "/etc/imr-tui/signers"\nrevoked = "/etc/imr-tui/revoked"\nsign_with = "file"\n'
        'sign_key = "~/.ssh/id_ed25519"\nrequire_signature = true\nlog_to_syslog = true\n'
    )
    file.chmod(0o644)
    host = load_host(file)
    assert (host.signers, host.revoked) == ("/etc/imr-tui/signers", "/etc/imr-tui/revoked")
    assert (host.sign_with, host.sign_key) == ("file", "~/.ssh/id_ed25519")
    assert host.log_to_syslog
    assert host.require_signature
    assert Host().sign_with == "agent"


@pytest.mark.parametrize(
    "line",
    [
        'signers = "signers"',
        'revoked = "~/revoked"',
        'sign_with = "smartcard"',
        'sign_key = "id_ed25519"',
        'sign_key = "~root/id"',
    ],
)
def test_values_about_signing_that_are_refused(file: Path, line: str) -> None:
    file.write_text(f"{line}\n")
    file.chmod(0o644)
    with pytest.raises(BadInput):
        load_host(file)
