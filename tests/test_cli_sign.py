"""`imr-tui sign` and `imr-tui verify`."""

import json
from pathlib import Path

import pytest

from imr_tui.signing.manifest import NAMESPACE
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.config.account_folder import account_folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.signing.keys import OWN_KEY
from tests.builders import saved
from tests.commands import Run, assert_refused
from tests.services.signing import ABSENCE, NUMBER, a_signable_case
from tests.signers import keygen, needs_keygen

pytestmark = [pytest.mark.process, needs_keygen]


@pytest.fixture
def case(cases: Path, run: Run) -> Path:
    """A case that can be signed, in a folder with a key."""
    assert run("sign", "--init", cases).code == 0
    (path,) = saved(cases, a_signable_case())
    return path


def sign(run: Run, path: Path) -> None:
    """Sign a case with the answers on the command line."""
    done = run("sign", path, "--confirm", "0001", "--absences")
    assert (done.code, done.out) == (0, ""), done.err


def test_signing_closes_the_case_and_writes_its_letter(case: Path, run: Run) -> None:
    done = run("sign", case, "--confirm", "0001", "--absences")
    assert done.code == 0
    assert f"{NUMBER}: 1 Upheld." in done.err
    assert f"Claims that the records lack something: {ABSENCE}" in done.err
    assert f"Signed {NUMBER}, revision 1. Its letter is {case.with_suffix('.txt')}." in done.err
    assert decode(case.read_bytes(), case).signature is not None
    assert run("letter", case).out == case.with_suffix(".txt").read_text()
    verified = run("verify", case)
    assert (verified.code, verified.out) == (0, f"{case}: good, revision 1\n")


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ((), "with --absences"),
        (("--absences",), "with --confirm"),
        (("--absences", "--confirm", "0002"), "are not '0002'"),
        (("--absences", "--confirm", "001"), "are not '001'"),
    ],
)
def test_without_the_right_answers_nothing_is_signed(
    case: Path, run: Run, answers: tuple[str, ...], says: str
) -> None:
    before = case.read_bytes()
    assert_refused(run("sign", case, *answers), 3, f"{says}.*Nothing was signed")
    assert case.read_bytes() == before
    assert not (case.parent / ".imr/signed").exists()


def test_a_case_with_findings_is_refused_with_the_first(cases: Path, run: Run) -> None:
    run("sign", "--init", cases)
    run("new", "A", cases)
    assert_refused(run("sign", cases / "A.toml"), 1, "errors block the letter. The first is IMR1")


def test_without_a_key_it_says_how_to_get_one(cases: Path, run: Run) -> None:
    (path,) = saved(cases, a_signable_case())
    assert_refused(run("sign", path, "--confirm", "0001"), 3, "imr-tui sign --init")


def test_a_second_key_for_a_folder_is_refused(case: Path, run: Run) -> None:
    assert_refused(run("sign", "--init", case.parent), 5, "already have a key")


def test_a_signed_case_is_not_signed_again(case: Path, run: Run) -> None:
    sign(run, case)
    before = case.read_bytes()
    assert_refused(run("sign", case, "--confirm", "0001"), 5, "is signed, so nothing was changed")
    assert_refused(run("import", case.with_suffix(".txt"), "--folder", case.parent), 5, "already")
    assert case.read_bytes() == before


def test_a_signature_can_be_made_elsewhere(case: Path, run: Run, tmp_path: Path) -> None:
    key = account_folder(case.parent) / OWN_KEY
    made = run("sign", case, "--manifest", "-")
    assert made.code == 0
    assert made.out.startswith("imr-determination 1\n")
    signature = keygen("-Y", "sign", "-n", NAMESPACE, "-f", key, "-", stdin=made.out.encode())
    file = tmp_path / "manifest.sig"
    file.write_bytes(signature)
    assert run("sign", case, "--attach", file).code == 0
    assert run("verify", case).code == 0
    assert_refused(run("sign", case, "--attach", file), 3, "No signature of .* is expected")


def test_a_signature_for_another_purpose_is_refused(case: Path, run: Run) -> None:
    key = account_folder(case.parent) / OWN_KEY
    assert run("sign", case, "--manifest", case.parent / "text").code == 0
    manifest = (case.parent / "text").read_bytes()
    before = case.read_bytes()
    signature = keygen("-Y", "sign", "-n", "file", "-f", key, "-", stdin=manifest)
    done = run("sign", case, "--attach", "-", stdin=signature)
    assert_refused(done, 4, "may not sign here|is for file")
    assert case.read_bytes() == before


def test_the_manifest_never_replaces_a_case_file(case: Path, run: Run) -> None:
    before = case.read_bytes()
    assert_refused(run("sign", case, "--manifest", case), 3, "Nothing was written there")
    assert case.read_bytes() == before


def test_a_detached_site_says_what_to_do(
    case: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signers = tmp_path / "signers"
    signers.write_bytes((case.parent / ".imr/signing/signers").read_bytes())
    host = Host(signers=str(signers), sign_with="detached")
    monkeypatch.setattr("imr_tui.cli.commands.sign.load_host", lambda: host)
    monkeypatch.setattr("imr_tui.cli.signing_setup.load_host", lambda: host)
    monkeypatch.setattr("imr_tui.store.signing.trust.require_root", lambda path, kept: None)
    assert_refused(run("sign", case, "--confirm", "0001"), 4, "--manifest -")


def test_restoring_brings_the_signed_text_back(case: Path, run: Run) -> None:
    sign(run, case)
    signed = case.read_bytes()
    case.write_bytes(signed.replace(b"54 year", b"55 year"))
    altered = run("verify", case)
    assert (altered.code, "altered. The case file was changed" in altered.out) == (1, True)
    assert run("sign", case, "--restore").code == 0
    assert case.read_bytes() == signed
    assert run("verify", case).code == 0


def test_verify_tells_signed_cases_from_others(case: Path, run: Run) -> None:
    sign(run, case)
    saved(case.parent, a_signable_case("CM26-0000002"))
    (case.parent / "CM26-0000003.toml").write_text("no case")
    done = run("verify", case.parent, "--json")
    report = json.loads(done.out)
    assert [each["status"] for each in report["cases"]] == ["good", "unsigned", "unreadable"]
    assert (report["schema"], report["log"]) == (1, [])
    assert done.code == 3


@pytest.mark.slow
def test_a_signed_case_that_is_gone_is_reported(case: Path, run: Run) -> None:
    sign(run, case)
    case.unlink()
    done = run("verify", case.parent)
    assert done.code == 1
    assert f"{case} is missing, but the log says that it was signed." in done.err


def test_without_the_keys_nothing_is_good(case: Path, run: Run) -> None:
    sign(run, case)
    (case.parent / ".imr/signing/signers").unlink()
    done = run("verify", case)
    assert done.code == 1
    assert "No keys are known to verify it with" in done.out
    assert "Nobody may sign" in done.err


def test_two_steps_at_once_are_refused(case: Path, run: Run) -> None:
    assert run("sign", case, "--restore", "--attach", "x").code == 2


def test_where_a_signature_is_required_an_unsigned_letter_is_a_marked_draft(
    case: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plain = run("letter", case).out
    monkeypatch.setattr(
        "imr_tui.cli.commands.letter.load_host", lambda: Host(require_signature=True)
    )
    assert run("letter", case).out == f"DRAFT - NOT SIGNED\n\n{plain}"
    own = case.with_suffix(".txt")
    assert run("letter", case, "-o", own).code == 0
    assert own.read_text().startswith("DRAFT - NOT SIGNED\n")
    assert not (case.parent / ".imr/letters").exists()
    sign(run, case)
    assert run("letter", case).out == own.read_text() == plain
    assert run("verify", case).code == 0
