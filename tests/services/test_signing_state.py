"""What `doctor` says about signing: who may sign, with which keys, and what is wrong."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from imr_tui.cli.commands import doctor as doctor_module
from imr_tui.services.signing_state import signing_state
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.signing import process
from imr_tui.store.signing.folder_key import create_folder_key
from tests.commands import Run
from tests.signers import SigningSite, fake_key, needs_keygen

pytestmark = [pytest.mark.process, needs_keygen]
NOW = datetime(2026, 11, 29, 14, 2, 7, tzinfo=UTC)


def test_a_folder_without_signers_has_no_fault(cases: Path) -> None:
    state = signing_state(Folder(cases), Host(), {}, NOW)
    assert state.signers.startswith("nobody may sign here yet")
    assert state.faults == ()


def test_a_site_and_its_key(cases: Path, signing_site: SigningSite, root_owned: None) -> None:
    state = signing_state(Folder(cases), signing_site.host(), {}, NOW)
    assert state.signers == f"3 keys in {signing_site.signers}"
    fingerprint = signing_site.reviewer.public_key.fingerprint
    assert state.keys == f"jdoe key (signs as jdoe, {fingerprint})"
    assert state.faults == ()


def test_no_key_is_a_fact_and_no_fault(
    cases: Path, signing_site: SigningSite, root_owned: None
) -> None:
    state = signing_state(Folder(cases), signing_site.host(sign_with="agent"), {}, NOW)
    assert state.keys.startswith("none: There is no SSH agent.")
    assert state.faults == ()


def test_every_fault_is_told(cases: Path, tmp_path: Path, root_owned: None) -> None:
    signers = tmp_path / "signers"
    signers.write_text(f"* {fake_key(1).line}\njdoe {fake_key(2).line}\n")
    state = signing_state(Folder(cases), Host(signers=str(signers)), {}, NOW)
    assert len(state.faults) == 2
    assert state.signers == "none, because of a fault"
    signers.unlink()
    state = signing_state(Folder(cases), Host(signers=str(signers)), {}, NOW)
    assert len(state.faults) == 1


def test_a_missing_ssh_keygen_is_told(
    cases: Path, signing_site: SigningSite, root_owned: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "PROGRAM", Path("/nonexistent"))
    state = signing_state(Folder(cases), signing_site.host(), {}, NOW)
    assert [fault for fault in state.faults if "Install the package" in fault]


def test_doctor_reports_it(
    run: Run, cases: Path, tmp_path: Path, root_owned: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("doctor", cases)
    assert done.code == 0
    assert "\nsigners         nobody may sign here yet" in done.out
    created = create_folder_key(Folder(cases), "")
    done = run("doctor", cases)
    assert done.code == 0
    assert "1 key in" in done.out
    assert created.public_key.fingerprint in done.out
    signers = tmp_path / "signers"
    signers.write_text(f"* {fake_key(1).line}\n")
    monkeypatch.setattr(doctor_module, "load_host", lambda: Host(signers=str(signers)))
    done = run("doctor", cases)
    assert done.code == 1
    assert f"signing: {signers}: Line 1: The option namespaces" in done.out
