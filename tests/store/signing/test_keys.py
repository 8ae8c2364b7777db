"""Which keys can sign: in the agent, in a file, or made for the folder."""

import os
import pwd
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, CannotSign, Conflict
from imr_tui.signing.manifest import NAMESPACE, SEAL_NAMESPACE
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import account_folder, account_name
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.signing import folder_key, ssh_keygen
from imr_tui.store.signing.folder_key import create_folder_key
from imr_tui.store.signing.keys import key_in_file, signing_keys
from imr_tui.store.signing.signing_key import parse_private
from imr_tui.store.signing.ssh_keygen import check, sign
from imr_tui.store.signing.trust import load_trust
from tests.signers import (
    SigningSite,
    key_file,
    keygen,
    needs_keygen,
    public,
    running_agent,
    signer_line,
    trust_of,
)

pytestmark = [pytest.mark.process, needs_keygen]
NOW = datetime(2026, 11, 29, 14, 2, 7, tzinfo=UTC)
AGENT = Host(signers="/etc/imr-tui/signers")


@pytest.fixture
def folder(cases: Path) -> Folder:
    return Folder(cases)


def test_an_agent_offers_the_keys_that_are_trusted(
    folder: Folder, signing_site: SigningSite
) -> None:
    site = signing_site
    with running_agent(site.stranger, site.other, site.reviewer) as (path, _):
        environ = {"SSH_AUTH_SOCK": str(path)}
        found = signing_keys(folder, AGENT, site.trust, environ, NOW)
        assert [(key.principal, key.comment, key.agent) for key in found] == [
            ("asmith", "asmith key", path),
            ("jdoe", "jdoe key", path),
        ]
        assert all(key.is_agent and key.path is None for key in found)
        for key in found:
            signature = sign(b"text", key, NAMESPACE)
            assert check(b"text", signature, key.principal, site.trust, NAMESPACE, NOW) == ""
        with pytest.raises(CannotSign, match=r"None of your 3 keys is among the signers"):
            signing_keys(folder, AGENT, site.trust, environ, NOW, SEAL_NAMESPACE)


def test_an_agent_without_a_trusted_key_is_told(folder: Folder, signing_site: SigningSite) -> None:
    with running_agent() as (path, add):
        environ = {"SSH_AUTH_SOCK": str(path)}
        with pytest.raises(CannotSign, match="Your SSH agent has no key"):
            signing_keys(folder, AGENT, signing_site.trust, environ, NOW)
        add("", signing_site.stranger)
        with pytest.raises(CannotSign, match=r"The key SHA256:\S+ is not among the signers"):
            signing_keys(folder, AGENT, signing_site.trust, environ, NOW)
    for environ in ({}, {"SSH_AUTH_SOCK": ""}):
        with pytest.raises(CannotSign, match="There is no SSH agent"):
            signing_keys(folder, AGENT, signing_site.trust, environ, NOW)


def test_a_key_counts_only_in_its_time(folder: Folder, signing_site: SigningSite) -> None:
    host = signing_site.host()
    key = signing_site.reviewer.public_key
    trust = trust_of(signer_line("jdoe", key, 'valid-before="20261130Z"'))
    assert signing_keys(folder, host, trust, {}, NOW)
    with pytest.raises(CannotSign, match=r"is not among the signers in .* now"):
        signing_keys(folder, host, trust, {}, NOW + timedelta(days=1))


def test_a_file_offers_its_key(
    folder: Folder, signing_site: SigningSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = key_file(tmp_path / "id", passphrase="secret")
    trust = trust_of(signer_line("jdoe", public(tmp_path / "id.pub")))
    host = signing_site.host(sign_key=str(path))
    (key,) = signing_keys(folder, host, trust, {}, NOW)
    assert (key.path, key.comment, key.principal) == (path, "id key", "jdoe")
    assert (key.is_encrypted, key.is_agent) == (True, False)
    # The home that passwd names, whatever HOME says.
    entry = pwd.getpwuid(os.getuid())
    home = pwd.struct_passwd((*entry[:5], str(tmp_path), entry[6]))
    monkeypatch.setattr(pwd, "getpwuid", lambda uid: home)
    monkeypatch.setenv("HOME", "/nonexistent")
    assert signing_keys(folder, signing_site.host(sign_key="~/id"), trust, {}, NOW) == (key,)
    # Its public file may be missing, or that of another key.
    (tmp_path / "id.pub").write_text(f"{signing_site.other.public_key.line} other\n")
    (key,) = signing_keys(folder, host, trust, {}, NOW)
    assert key.comment == "id"
    (tmp_path / "id.pub").unlink()
    assert signing_keys(folder, host, trust, {}, NOW) == (key,)


def test_a_certificate_beside_a_file_is_used(
    folder: Folder, signing_site: SigningSite, tmp_path: Path
) -> None:
    path = key_file(tmp_path / "id", passphrase="secret")
    authority = key_file(tmp_path / "authority")
    keygen("-q", "-s", authority, "-I", "r", "-n", "rev7@clinic", f"{path}.pub")
    text = signer_line("*@clinic", public(tmp_path / "authority.pub"), "cert-authority")
    host = signing_site.host(sign_key=str(path))
    (key,) = signing_keys(folder, host, trust_of(text), {}, NOW)
    assert (key.principal, key.public_key.is_certificate) == ("rev7@clinic", True)
    signature = sign(b"text", key, NAMESPACE, lambda: "secret")
    assert check(b"text", signature, "rev7@clinic", trust_of(text), NAMESPACE, NOW) == ""


def test_a_file_that_the_user_names_offers_its_key(signing_site: SigningSite) -> None:
    trust, organization = signing_site.trust, signing_site.organization
    assert organization.path is not None
    key = key_in_file(organization.path, trust, NOW, SEAL_NAMESPACE)
    assert (key.principal, key.path) == ("imro", organization.path)
    with pytest.raises(CannotSign, match="is not among the signers"):
        key_in_file(organization.path, trust, NOW, NAMESPACE)


@pytest.mark.parametrize("content", [b"", b"no key\n", b"\xff", None])
def test_what_is_no_private_key_is_told(
    folder: Folder, signing_site: SigningSite, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "id"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CannotSign, match=r"cannot be used|is missing"):
        signing_keys(folder, signing_site.host(sign_key=str(path)), signing_site.trust, {}, NOW)


def test_every_cut_of_a_private_key_is_refused(signing_site: SigningSite) -> None:
    assert signing_site.reviewer.path is not None
    data = signing_site.reviewer.path.read_bytes()
    assert parse_private(data).public_key == signing_site.reviewer.public_key
    for length in range(0, len(data), 7):
        with pytest.raises(BadInput):
            parse_private(data[:length])


def test_other_settings_say_what_to_do(folder: Folder, signing_site: SigningSite) -> None:
    trust = signing_site.trust
    with pytest.raises(CannotSign, match="name no `sign_key`"):
        signing_keys(folder, signing_site.host(sign_key=""), trust, {}, NOW)
    with pytest.raises(CannotSign, match="--attach"):
        signing_keys(folder, signing_site.host(sign_with="detached"), trust, {}, NOW)


def test_a_folder_gets_a_key_of_its_own(folder: Folder) -> None:
    made = create_folder_key(folder, "secret")
    own = account_folder(folder.path)
    assert made.path == own / "signing-key"
    assert made.principal == account_name()
    assert sorted(each.name for each in own.iterdir()) == ["signing-key", "signing-key.pub"]
    assert {each.stat().st_mode & 0o777 for each in own.iterdir()} == {0o600}
    trust = load_trust(folder, Host())
    assert not trust.is_site
    assert trust.data.decode().endswith(signer_line(account_name(), made.public_key))
    (key,) = signing_keys(folder, Host(), trust, {}, NOW)
    assert key.public_key == made.public_key
    assert key.is_encrypted
    signature = sign(b"text", key, NAMESPACE, lambda: "secret")
    assert check(b"text", signature, account_name(), trust, NAMESPACE, NOW) == ""


def test_a_second_key_is_refused(folder: Folder) -> None:
    made = create_folder_key(folder, "")
    assert not made.is_encrypted
    signers = load_trust(folder, Host()).data
    with pytest.raises(Conflict, match="You already have a key"):
        create_folder_key(folder, "")
    assert load_trust(folder, Host()).data == signers
    assert made.path is not None
    assert parse_private(made.path.read_bytes()).public_key == made.public_key


def test_accounts_trust_their_keys_beside_each_other(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from imr_tui.store.config import account_folder as accounts

    for name in ("anna", "bert"):
        for module in (accounts, folder_key):
            monkeypatch.setattr(module, "account_name", lambda name=name: name)
        create_folder_key(folder, "")
    found = load_trust(folder, Host()).parsed.signers
    assert [signer.principal for signer in found] == ["anna", "bert"]


def test_a_site_needs_no_key_of_a_folder(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_key, "load_host", lambda: AGENT)
    with pytest.raises(BadInput, match="none was created"):
        create_folder_key(folder, "")
    assert not (folder.path / ".imr").exists()


def test_a_faulty_list_of_the_folder_is_left_alone(folder: Folder) -> None:
    create_folder_key(folder, "")
    path = folder.own("signing/signers")
    path.write_text("* ssh-ed25519 AAAA")
    with pytest.raises(BadInput, match="Line 1"):
        create_folder_key(folder, "")
    assert path.read_text() == "* ssh-ed25519 AAAA"


def test_a_list_without_a_last_line_break_is_continued(folder: Folder) -> None:
    path = folder.own("signing/signers")
    path.parent.mkdir(parents=True)
    path.write_text("# by hand")
    made = create_folder_key(folder, "")
    assert path.read_text() == "# by hand\n" + signer_line(account_name(), made.public_key)


def test_a_key_that_a_kill_left_without_trust_is_trusted(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(folder_key, "_trust", killed)
        with pytest.raises(KeyboardInterrupt):
            create_folder_key(folder, "secret")
    made = create_folder_key(folder, "other")
    trust = load_trust(folder, Host())
    (key,) = signing_keys(folder, Host(), trust, {}, NOW)
    assert key.public_key == made.public_key
    assert sign(b"text", key, NAMESPACE, lambda: "secret")


def test_the_leftovers_of_a_kill_are_removed(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = account_folder(folder.path)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ssh_keygen, "create_key", killed)
        patch.setattr(folder_key, "_remove", lambda new: None)
        with pytest.raises(KeyboardInterrupt):
            create_folder_key(folder, "")
    assert [each.name for each in own.iterdir()] == ["new-key"]
    (own / "new-key" / "signing-key").write_text("half a key")
    create_folder_key(folder, "")
    assert sorted(each.name for each in own.iterdir()) == ["signing-key", "signing-key.pub"]


def test_without_a_key_the_way_to_one_is_named(folder: Folder) -> None:
    path = folder.own("signing/signers")
    path.parent.mkdir(parents=True)
    path.write_text("# nobody yet\n")
    trust = load_trust(folder, Host())
    with pytest.raises(CannotSign, match="`imr-tui sign --init` makes one"):
        signing_keys(folder, Host(), trust, {}, NOW)
