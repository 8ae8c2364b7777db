"""Whose signatures count: only a file of root without any fault, or the folder's own."""

from dataclasses import replace
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, CannotStore
from imr_tui.signing.signers import MAX_BYTES
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import machine_policy
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.signing import trust as trust_module
from imr_tui.store.signing.trust import has_signers, load_trust, trust_faults
from tests.signers import fake_key, signer_line

GOOD = signer_line("jdoe", fake_key(1))
FAULTY = f"{GOOD}* {fake_key(2).line}\nasmith {fake_key(3).line}\n"


@pytest.fixture
def site(tmp_path: Path, root_owned: None) -> Host:
    """A site with a good file of signers."""
    (tmp_path / "signers").write_text(GOOD)
    return Host(signers=str(tmp_path / "signers"))


def test_a_site_names_its_signers(cases: Path, site: Host) -> None:
    trust = load_trust(Folder(cases), site)
    assert (trust.is_site, trust.data, trust.revoked) == (True, GOOD.encode(), None)
    assert [signer.principal for signer in trust.parsed.signers] == ["jdoe"]
    assert trust_faults(Folder(cases), site) == ()


def test_revoked_keys_are_read_with_them(cases: Path, site: Host, tmp_path: Path) -> None:
    (tmp_path / "revoked").write_text(f"{fake_key(2).line}\n")
    host = replace(site, revoked=str(tmp_path / "revoked"))
    trust = load_trust(Folder(cases), host)
    assert trust.revoked == f"{fake_key(2).line}\n".encode()
    (tmp_path / "revoked").write_text("ssh-ed25519 AAAA\n")
    with pytest.raises(BadInput, match="Line 1"):
        load_trust(Folder(cases), host)
    assert len(trust_faults(Folder(cases), host)) == 1
    # A list that is missing revokes nothing, so it is not taken for an empty one.
    (tmp_path / "revoked").unlink()
    with pytest.raises(CannotStore):
        load_trust(Folder(cases), host)


def test_a_faulty_file_is_refused_with_its_line(cases: Path, site: Host) -> None:
    Path(site.signers).write_text(FAULTY)
    with pytest.raises(BadInput, match=r"Line 2: .* It has 1 more") as caught:
        load_trust(Folder(cases), site)
    assert "No signature was made or checked" in str(caught.value)
    faults = trust_faults(Folder(cases), site)
    assert [fault.split(": ")[1] for fault in faults] == ["Line 2", "Line 3"]
    assert all(fault.startswith(site.signers) for fault in faults)


@pytest.mark.parametrize("mode", [0o664, 0o646])
def test_a_file_that_others_can_write_is_refused(
    cases: Path, site: Host, mode: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust_module, "require_root", machine_policy.require_root)
    Path(site.signers).chmod(mode)
    for load in (load_trust, trust_faults):
        with pytest.raises(BadInput, match="must belong to root"):
            load(Folder(cases), site)


def test_a_file_that_others_can_replace_is_refused(
    cases: Path, site: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def others_can_replace(path: Path) -> bool:
        asked.append(path)
        return path == tmp_path.parent

    monkeypatch.setattr(trust_module, "others_can_replace", others_can_replace)
    with pytest.raises(BadInput, match=r"can change .* does not count"):
        load_trust(Folder(cases), site)
    assert asked == [tmp_path, tmp_path.parent]


def test_links_large_and_missing_files_are_refused(cases: Path, site: Host, tmp_path: Path) -> None:
    path = Path(site.signers)
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(CannotStore, match="larger than"):
        load_trust(Folder(cases), site)
    path.unlink()
    with pytest.raises(CannotStore):
        load_trust(Folder(cases), site)
    (tmp_path / "real").write_text(GOOD)
    path.symlink_to(tmp_path / "real")
    with pytest.raises(CannotStore, match="it is a link"):
        load_trust(Folder(cases), site)


def test_without_a_site_the_folder_has_its_own(cases: Path) -> None:
    folder = Folder(cases)
    assert not has_signers(folder, Host())
    assert trust_faults(folder, Host()) == ()
    with pytest.raises(BadInput, match="imr-tui sign --init"):
        load_trust(folder, Host())
    path = cases / ".imr" / "signing" / "signers"
    path.parent.mkdir(parents=True)
    path.write_text(GOOD)
    trust = load_trust(folder, Host())
    assert (trust.is_site, trust.path, trust.data) == (False, path, GOOD.encode())
    path.write_text(FAULTY)
    assert len(trust_faults(folder, Host())) == 2
    with pytest.raises(BadInput, match="Line 2"):
        load_trust(folder, Host())


def test_the_folder_adds_nobody_to_a_site(cases: Path, site: Host) -> None:
    path = cases / ".imr" / "signing" / "signers"
    path.parent.mkdir(parents=True)
    path.write_text(signer_line("intruder", fake_key(9)))
    trust = load_trust(Folder(cases), site)
    assert [signer.principal for signer in trust.parsed.signers] == ["jdoe"]
