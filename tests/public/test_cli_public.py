"""`imr-tui public`: what it prints, tells, records and refuses."""

import json
from pathlib import Path

import pytest

from imr_tui import checks
from imr_tui.checks import CheckContext
from imr_tui.checks.rule import digest
from imr_tui.letter.public.public_copy import public_copy
from imr_tui.letter.render.renderer import render
from imr_tui.model import edits
from imr_tui.model.case import Case, Parties, Summary
from imr_tui.signing.digest import sha256
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_codec import decode
from tests.builders import NOW, NUMBER, a_complete_case, names, saved
from tests.commands import Done, Run, assert_refused
from tests.services.signing import a_signable_case
from tests.signers import needs_keygen

pytestmark = pytest.mark.process

PARTIES = Parties(
    employee="Marisol Quintanar", employer="UPS", providers=("Anjali Raghunathan, MD",)
)
SUMMARY = "This 54 year old woman, Marisol Quintanar, was hurt on 10/23/2013."
GAP = " " * 10
UNKNOWN = (
    "imr-tui: Names that the case does not list are not found. "
    "Read the copy before you publish it.\n"
)


def named(summary: str = SUMMARY) -> Case:
    return a_complete_case(parties=PARTIES, summary=Summary(text=summary))


@pytest.fixture
def path(cases: Path) -> Path:
    """A case whose letter names the employee."""
    (path,) = saved(cases, named())
    return path


def test_the_copy_is_printed_and_what_was_removed_is_told(run: Run, path: Path) -> None:
    letter = render(named())
    copy = public_copy(letter, PARTIES)
    line = 1 + next(at for at, text in enumerate(letter.split("\n")) if "Marisol" in text)
    assert "Marisol" not in copy.text
    assert run("public", path) == Done(
        0,
        copy.text,
        f"imr-tui: line {line}: removed 'Marisol Quintanar', a party's name.\n"
        "imr-tui: 1 place has ten blanks now.\n"
        f"imr-tui: Where they stand alone, these words were kept: UPS.\n{UNKNOWN}",
    )


def test_it_is_written_to_a_file(run: Run, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "public.txt"
    target.write_text("old")
    done = run("public", path, "-o", target)
    assert (done.code, done.out) == (0, "")
    assert target.read_text() == public_copy(render(named()), PARTIES).text
    assert run("public", path, "-o", "-").out == target.read_text()


def test_it_is_recorded(run: Run, path: Path, tmp_path: Path) -> None:
    for more in ((), ("-o", tmp_path / "public.txt")):
        assert run("public", path, *more).code == 0
        *_, event = AuditLog(path.parent).events()
        assert event[3:7] == (NUMBER, "exported", (), sha256(path.read_bytes()))
    assert len(list(AuditLog(path.parent).events())) == 2


def test_it_never_replaces_the_letter_or_a_case(run: Run, path: Path) -> None:
    before = path.read_bytes()
    letter = path.with_suffix(".txt")
    assert_refused(run("public", path, "-o", letter), 3, "is the letter itself")
    assert_refused(run("public", path, "-o", path), 3, "Nothing was written there")
    assert path.read_bytes() == before
    assert not letter.exists()
    assert list(AuditLog(path.parent).events()) == []


def test_as_json(run: Run, path: Path) -> None:
    done = run("public", path, "--json")
    assert done.code == 0
    found = json.loads(done.out)
    copy = public_copy(render(named()), PARTIES)
    assert (found["schema"], found["case"], found["letter"]) == (1, NUMBER, copy.text)
    assert found["removed"] == [each._asdict() for each in copy.removed]
    assert (found["unresolved"], found["errors"], found["kept_alone"]) == ([], [], ["UPS"])


OTHER = f"{SUMMARY} Dr. Raghunathan and Dr. Sampleton agree. The SSN is 123-45-6789."


def test_another_name_or_a_number_blocks_it(run: Run, cases: Path, tmp_path: Path) -> None:
    (path,) = saved(cases, named(OTHER))
    done = run("public", path, "-o", tmp_path / "public.txt")
    assert done == Done(
        1,
        "",
        f"imr-tui: {path}: summary.text: 'Dr. Sampleton' looks like a name.\n"
        f"imr-tui: {path}: summary.text: 'SSN' looks like a social security number.\n"
        "imr-tui: No public copy was made. Remove these words, or accept the warning on Review.\n",
    )
    assert names(tmp_path) == ["cases"]
    assert list(AuditLog(cases).events()) == []
    found = json.loads(run("public", path, "--json").out)
    assert found["letter"] is None
    assert found["unresolved"][0] == {
        "place": "summary.text",
        "kind": "a name",
        "words": "Dr. Sampleton",
    }


def test_an_accepted_name_stays_and_a_number_goes(run: Run, cases: Path) -> None:
    case = named(OTHER)
    found = checks.run(CheckContext(case), checks.Policy(["IMR501"]))
    case = edits.acknowledge(case, "IMR501", "An author.", digest(case, found), NOW)
    (path,) = saved(cases, case)
    done = run("public", path)
    assert done.code == 0
    assert "Sampleton" in done.out
    assert [word for word in ("Raghunathan", "Quintanar", "123-45-6789") if word in done.out] == []


def test_a_folder_that_turns_the_rule_off_is_told(run: Run, cases: Path) -> None:
    (path,) = saved(cases, named(OTHER))
    (cases / ".imr").mkdir(mode=0o700)
    (cases / ".imr/settings.toml").write_text('[rules]\nIMR501 = "off"\n')
    done = run("public", path)
    assert done.code == 0
    assert "turn IMR501 down, so other names did not block this." in done.err
    assert "123-45-6789" not in done.out


def test_a_letter_with_an_error_has_no_copy(run: Run, cases: Path) -> None:
    (path,) = saved(cases, Case.blank(NUMBER))
    assert_refused(run("public", path), 1, "IMR101 error(.|\n)*No public copy was made")
    assert json.loads(run("public", path, "--json").out)["errors"][0]["rule"] == "IMR101"


def test_a_case_without_parties_says_so(run: Run, cases: Path) -> None:
    case = a_complete_case(parties=Parties())
    case = case.but(particulars=case.particulars.but(imported=True))
    (path,) = saved(cases, case)
    done = run("public", path)
    assert done.err == (
        "imr-tui: Nothing was removed.\n"
        f"imr-tui: The case lists no party, so no name was looked for.\n{UNKNOWN}"
    )
    assert done.out == render(case)


@needs_keygen
def test_the_copy_of_a_signed_case_is_that_of_the_signed_letter(run: Run, cases: Path) -> None:
    assert run("sign", "--init", cases).code == 0
    case = a_signable_case(parties=Parties(employee="Texas Quintanar"))
    text = f"{case.summary.text} Ms. Quintanar agrees."
    case = case.but(summary=Summary(text=text))
    found = checks.run(CheckContext(case), checks.Policy(["IMR501"]))
    case = edits.acknowledge(case, "IMR501", "Checked.", digest(case, found), NOW)
    (path,) = saved(cases, case)
    assert run("sign", path, "--confirm", "0001", "--absences").code == 0
    letter = path.with_suffix(".txt").read_text()
    # The letter would be another one now, but the signed one counts.
    (cases / ".imr/settings.toml").write_text('organization = "Sample Review"\n')
    done = run("public", path)
    assert done.code == 0, done.err
    signed = decode(path.read_bytes(), path)
    assert done.out == public_copy(letter, signed.parties).text
    assert f"Ms. {GAP}" in done.out
    assert "MAXIMUS" in done.out


def test_a_case_that_is_not_there(run: Run, cases: Path) -> None:
    assert_refused(run("public", cases / "X.toml"), 4, "There is no case file")
