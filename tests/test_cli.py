"""The commands: exit codes, data on standard output, talk on standard error, never a prompt."""

import json
import os
import re
import stat
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from imr_tui import checks
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.letter.render.renderer import TEMPLATE, render
from imr_tui.model.case import Case, Item, Particulars, Summary
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.profile import save_profile
from tests.builders import NUMBER, a_case, a_complete_case, an_item, names, saved
from tests.commands import Done, Run, assert_refused

pytestmark = pytest.mark.process

COMMANDS = [
    *("list", "check", "rules", "letter", "import", "guidelines", "new", "history", "doctor"),
    *("help", "phrases", "log", "sign", "verify", "correct", "rereview", "seal", "cover"),
    *("public", "stats", "intake", "shared", "completion", "settings", "demo"),
]
CODE = [sys.executable, "-m", "imr_tui"]
COMPLETE = ("--select", "IMR101,IMR102,IMR103,IMR104,IMR105,IMR106,IMR107,IMR108,IMR112,IMR113")
"""The rules that ask only whether a case is complete."""
NOTHING = "imr-tui: nothing found in 1 case.\n"


def spawn(
    *arguments: object,
    stdin: int = subprocess.DEVNULL,
    stdout: Any = subprocess.PIPE,
    env: dict[str, str] | None = None,
) -> Done:
    """`imr-tui` as a process of its own, without standard input."""
    done = subprocess.run(
        [*CODE, *map(str, arguments)],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=env,
        timeout=120,
    )
    out, err = (done.stdout or b"").decode(), done.stderr.decode()
    assert "\x1b" not in out + err
    assert "Traceback" not in out + err
    return Done(done.returncode, out, err)


def case_of(**particulars: Any) -> Case:
    return a_complete_case(particulars=Particulars(number=NUMBER, **particulars))


# imr-tui itself


@pytest.mark.parametrize(
    "arguments", [(), ("cases/",), ("cases/X.toml",), ("./list",), ("X.toml",)]
)
def test_without_a_terminal_the_app_does_not_start(run: Run, arguments: tuple[str, ...]) -> None:
    assert_refused(
        run(*arguments), 2, r"^imr-tui: the app needs a terminal\. .*--help` lists all commands"
    )


@pytest.mark.parametrize("path", ["none", "none/X.toml", "file"])
def test_on_a_terminal_a_path_that_is_no_folder_is_reported(tmp_path: Path, path: str) -> None:
    (tmp_path / "file").touch()
    controller, terminal = os.openpty()
    try:
        done = spawn(tmp_path / path, stdin=terminal, stdout=terminal)
    finally:
        os.close(terminal)
        os.close(controller)
    assert_refused(done, 4, r"^imr-tui: (There is no|.*file is not a folder)")


def test_a_command_wins_over_a_path(run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(cases.parent)
    (cases.parent / "list").mkdir(mode=0o700)
    saved(cases, a_case())
    assert NUMBER in run("list").out
    assert NUMBER not in run("list", "list").out
    assert_refused(run("./list"), 2, "the app needs a terminal")


def test_the_module_is_the_command() -> None:
    assert_refused(spawn(), 2, "the app needs a terminal")


def test_the_script_is_the_command() -> None:
    script = Path(sys.executable).with_name("imr-tui")
    if not script.exists():
        pytest.skip("imr-tui is not installed as a script here")
    done = subprocess.run([script], stdin=subprocess.DEVNULL, capture_output=True, timeout=30)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"the app needs a terminal" in done.stderr


@pytest.mark.parametrize("streams", ["<&-", "<&- >&-", ">&-"])
def test_with_closed_streams_the_app_does_not_start(streams: str) -> None:
    shell = ["sh", "-c", f'exec "$@" {streams}', "sh", *CODE]
    done = subprocess.run(shell, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the app needs a terminal" in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert re.match(rf"Usage: .*\b{command} \[OPTIONS\]", done.out)
    assert "--help" in done.out


def test_help_lists_every_command(run: Run) -> None:
    done = run("--help")
    assert (done.code, done.err) == (0, "")
    assert set(re.findall(r"^  ([a-z]+)  +\w", done.out, re.MULTILINE)) == set(COMMANDS)
    assert "To start, run `imr-tui new NUMBER`, then `imr-tui`." in done.out


def test_version(run: Run) -> None:
    done = run("--version")
    assert (done.code, done.err) == (0, "")
    assert re.search(r"\d+\.\d+\.\d+", done.out)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--nonsense",),
        ("a", "b"),
        *((command, "--nonsense") for command in COMMANDS),
        ("letter",),
        ("new",),
        ("letter", "x.toml", "--width", "59"),
        ("letter", "x.toml", "--width", "201"),
        ("letter", "x.toml", "--width", "wide"),
        ("check", "--select", "IMR9"),
        ("check", "--ignore", "nothing"),
        ("check", "--select", "IMR101,E5"),
        ("new", "A", "--priority", "urgent"),
        ("new", "A", "--date-of-injury", "yesterday"),
        ("new", "A", "--date-of-injury", "13/13/2014"),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    assert_refused(run(*arguments), 2, "Error: ")


# list


def test_list_is_a_table_by_due_date(run: Run, cases: Path) -> None:
    late = case_of(application_received=date(2014, 11, 12))
    first = a_case(
        particulars=Particulars(number="CM26-2", application_received=date(2014, 1, 1)),
        items=(Item(), Item()),
    )
    saved(cases, late, first, Case.blank("CM26-3"))
    done = run("list", cases)
    assert (done.code, done.err) == (0, "")
    rows = [re.split("  +", line) for line in done.out.splitlines()]
    assert rows[0] == ["CASE", "DUE", "PRIORITY", "ITEMS", "STAGE", "STATE"]
    assert [(row[0], row[1]) for row in rows[1:]] == [
        ("CM26-2", "2014-01-31"),
        (NUMBER, "2014-12-12"),
        ("CM26-3", "-"),
    ]
    assert rows[1][2].endswith("d late")
    assert rows[1][3:] == ["standard", "0/2", "Credentials", "draft"]
    assert rows[2][4:] == ["1/1", "Review", "ready"]


def test_list_as_json(run: Run, cases: Path) -> None:
    saved(cases, case_of(records_received=date(2014, 11, 20)))
    done = run("list", cases, "--json")
    document = json.loads(done.out)
    assert (done.code, done.err, document["schema"]) == (0, "", 2)
    (row,) = document["cases"]
    assert row.pop("near").endswith("d late")
    assert row == {
        "number": NUMBER,
        "path": str(cases / f"{NUMBER}.toml"),
        "state": "ready",
        "written": None,
        "signed": None,
        "due": "2014-12-20",
        "due_why": "30 days after the records arrived on 2014-11-20 (standard).",
        "priority": "standard",
        "note": None,
        "new_facts": False,
        "request": a_complete_case().items[0].request,
        "employee": "SW",
        "items": 1,
        "decided": 1,
        "stage": "Review",
    }


def test_list_of_an_empty_folder(run: Run, cases: Path) -> None:
    assert run("list", cases).out.split() == ["CASE", "DUE", "PRIORITY", "ITEMS", "STAGE", "STATE"]
    assert json.loads(run("list", cases, "--json").out) == {"schema": 2, "cases": []}


def test_list_shows_broken_files_among_good_ones(run: Run, cases: Path) -> None:
    saved(cases, a_complete_case())
    (cases / "A.toml").write_text("nonsense")
    done = run("list", cases)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[1].startswith(NUMBER)
    assert lines[2].startswith(f"A  BROKEN  {cases / 'A.toml'} is not valid TOML")
    rows = json.loads(run("list", cases, "--json").out)["cases"]
    assert [row["state"] for row in rows] == ["broken", "ready"]
    assert "is not valid TOML" in rows[0]["problem"]


def test_list_says_the_same_from_its_index(run: Run, cases: Path) -> None:
    saved(cases, a_complete_case(), case_of(records_received=date(2014, 11, 20)), Case.blank("A"))
    (cases / "B.toml").write_text("nonsense")
    for form in ((), ("--json",)):
        first = run("list", cases, *form)
        assert run("list", cases, *form) == first
        (cases / ".imr" / "index.json").write_bytes(b"damaged")
        assert run("list", cases, *form) == first
        (cases / ".imr" / "index.json").unlink()
        (cases / ".imr" / "index.json").mkdir(mode=0o700)
        assert run("list", cases, *form) == first
        (cases / ".imr" / "index.json").rmdir()


def test_list_tells_both_files_of_a_number(run: Run, cases: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    copy = cases / f"{NUMBER} copy.toml"
    copy.write_bytes(path.read_bytes())
    rows = json.loads(run("list", cases, "--json").out)["cases"]
    assert [row["state"] for row in rows] == ["broken", "broken"]
    for row, name in zip(rows, (path.name, copy.name), strict=True):
        assert name in row["problem"]
    assert run("list", cases).out.count("has the same case number as") == 2


@pytest.mark.parametrize("command", ["list", "check"])
def test_a_missing_folder(run: Run, tmp_path: Path, command: str) -> None:
    assert_refused(run(command, tmp_path / "none"), 4, r"^imr-tui: There is no folder .*none\.")
    (tmp_path / "file").touch()
    assert_refused(run(command, tmp_path / "file"), 4, r"^imr-tui: .*file is not a folder\.")


def test_the_default_folder_is_cases(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(cases.parent)
    saved(cases, a_complete_case())
    assert NUMBER in run("list").out
    assert run("check", *COMPLETE) == Done(0, "", NOTHING)
    assert run("new", "B").out == "cases/B.toml\n"


# check


def test_check_of_a_complete_case(run: Run, cases: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    assert run("check", path, *COMPLETE) == Done(0, "", NOTHING)
    assert run("check", cases, *COMPLETE) == Done(0, "", NOTHING)
    assert json.loads(run("check", cases, *COMPLETE, "--json").out) == {
        "schema": 2,
        "checked": 1,
        "findings": [],
        "broken": [],
    }


def test_check_prints_a_line_for_every_finding(run: Run, cases: Path) -> None:
    case = a_complete_case((an_item(), an_item(rationale="", decision=None)))
    (path,) = saved(cases, case)
    done = run("check", path, *COMPLETE)
    assert (done.code, done.err) == (1, "imr-tui: 2 errors in 1 case.\n")
    assert done.out.splitlines() == [
        f"{path}: item 2 decision: IMR102 error decision-missing: "
        "No decision yet. Choose Upheld or Overturned.",
        f"{path}: item 2 rationale: IMR103 error rationale-missing: "
        "No rationale yet. Write the clinical reasons.",
    ]
    document = json.loads(run("check", path, *COMPLETE, "--json").out)
    assert [(each["rule"], each["item"]) for each in document["findings"]] == [
        ("IMR102", 2),
        ("IMR103", 2),
    ]


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (("--select", "IMR102"), {"IMR102"}),
        (("--select", "imr102, imr103"), {"IMR102", "IMR103"}),
        (("--select", "IMR10", "--ignore", "IMR104,IMR105,IMR106,IMR108"), {"IMR101"}),
        (("--select", "IMR10", "--ignore", "IMR1"), set()),
        (("--select", "items-none"), {"IMR101"}),
    ],
)
def test_check_selects_and_ignores(
    run: Run, cases: Path, options: tuple[str, ...], rules: set[str]
) -> None:
    case = a_case(items=(Item(),)) if "102" in options[1] else a_case()
    saved(cases, case)
    done = run("check", cases, *options)
    assert set(re.findall(r"IMR\d{3}", done.out)) == rules
    assert done.code == (1 if rules else 0)


def test_infos_alone_are_fine(run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(cases, a_case())
    old = checks.RULES["IMR101"]
    info = old._replace(severity="info")
    monkeypatch.setitem(checks.RULES, "IMR101", info)
    done = run("check", cases, "--select", "IMR101")
    assert done.code == 0
    assert "IMR101 info items-none" in done.out


def test_check_tells_of_broken_files_and_goes_on(run: Run, cases: Path) -> None:
    saved(cases, a_complete_case(summary=Summary()))
    (cases / "A.toml").write_text("nonsense")
    done = run("check", cases, *COMPLETE)
    assert done.code == 3
    assert "IMR108" in done.out
    assert done.err.startswith(f"imr-tui: {cases / 'A.toml'} is not valid TOML")
    document = json.loads(run("check", cases, *COMPLETE, "--json").out)
    assert len(document["broken"]) == len(document["findings"]) == 1


def test_check_takes_files_and_folders(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir(mode=0o700)
        saved(tmp_path / name, a_case())
    done = run("check", tmp_path / "one", tmp_path / "two" / f"{NUMBER}.toml", "--select", "IMR101")
    assert [line.split(":")[0] for line in done.out.splitlines()] == [
        str(tmp_path / name / f"{NUMBER}.toml") for name in ("one", "two")
    ]


def test_check_of_a_missing_file(run: Run, cases: Path) -> None:
    done = run("check", cases / "X.toml")
    assert_refused(done, 4, r"There is no case file .*X\.toml\. Create it with `imr-tui new`\.")


# letter


def test_letter(run: Run, cases: Path) -> None:
    (path,) = saved(cases, a_complete_case(2))
    assert run("letter", path) == Done(0, render(a_complete_case(2)), "")


def test_letter_to_a_file(run: Run, cases: Path, tmp_path: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    target = tmp_path / "letter.txt"
    target.write_text("old")
    assert run("letter", path, "-o", target) == Done(0, "", "")
    assert target.read_bytes() == render(a_complete_case()).encode("ascii")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert_refused(run("letter", path, "-o", tmp_path / "no" / "x"), 4, "could not be written")


def test_a_letter_to_standard_output_by_name(run: Run, cases: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    assert run("letter", path, "-o", "-") == Done(0, render(a_complete_case()), "")


@pytest.mark.parametrize("name", ["link", "cases/.imr/x", "x.toml"])
def test_a_letter_goes_to_no_place_of_the_programs_own(
    run: Run, cases: Path, tmp_path: Path, name: str
) -> None:
    (path,) = saved(cases, a_complete_case())
    (cases / ".imr").mkdir(mode=0o700)
    (tmp_path / "target").write_text("theirs")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    assert_refused(run("letter", path, "-o", tmp_path / name), 3, "Nothing was written there")
    assert (tmp_path / "target").read_text() == "theirs"
    assert list((cases / ".imr").iterdir()) == []


def test_a_letter_never_replaces_its_case(run: Run, cases: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    done = run("letter", path, "-o", path)
    assert path.read_bytes() == encode(a_complete_case())
    assert done.code != 0


def test_a_letter_never_replaces_what_is_no_file(run: Run, cases: Path, tmp_path: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    os.mkfifo(tmp_path / "fifo")
    done = run("letter", path, "-o", tmp_path / "fifo")
    assert (tmp_path / "fifo").is_fifo()
    assert done.code != 0


def test_an_incomplete_letter_is_held_back(run: Run, cases: Path) -> None:
    case = a_complete_case(summary=Summary())
    (path,) = saved(cases, case)
    done = run("letter", path, "-o", cases / "x.txt")
    assert_refused(done, 1, "IMR108 error summary-missing")
    assert "the letter. --draft prints it anyway, with marks." in done.err
    assert not (cases / "x.txt").exists()
    assert run("letter", path, "--draft") == Done(0, render(case, draft=True), "")


def test_a_letter_with_an_unknown_character_is_held_back(run: Run, cases: Path) -> None:
    (path,) = saved(cases, a_complete_case(summary=Summary(text="5 漢")))
    assert_refused(run("letter", path), 1, "summary.text: IMR112")
    assert "5 [U+6F22]" in run("letter", path, "--draft").out


def test_letter_width_and_template(run: Run, cases: Path, tmp_path: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    assert run("letter", path, "--width", 60).out == render(a_complete_case(), Letterhead(width=60))
    (tmp_path / TEMPLATE).write_text("{{ label }}")
    assert run("letter", path, "--template", tmp_path).out == "MAXIMUS\n"
    (tmp_path / TEMPLATE).write_text("{{ cases }}")
    assert_refused(run("letter", path, "--template", tmp_path), 3, "No letter was written")
    missing = run("letter", path, "--template", tmp_path / "none")
    assert_refused(missing, 3, "--template: .*none is not a folder")


def test_a_letter_with_what_word_and_fax_programs_leave(run: Run, cases: Path) -> None:
    (path,) = saved(cases, a_complete_case(summary=Summary(text="WORDS")))
    by_hand = path.read_text()
    left = r"non\u001esteroidal, \uF0B7 a dose\u000C\uF0A7 Cafe\u0301 \uF0E0 1\u00BD daily"
    path.write_text(by_hand.replace("WORDS", left))
    done = run("letter", path)
    assert done.code == 0
    assert "\nnon-steroidal, - a dose\n- Cafe -> 1 1/2 daily\n" in done.out
    path.write_text(by_hand.replace("WORDS", r"One.\u000C10\u001F0 mg"))
    done = run("letter", path)
    assert_refused(done, 1, r"summary\.text: IMR112 error .*: Line 2, column 3: <U\+001F>")
    assert "10<U+001F>0 mg" in run("letter", path, "--draft").out


def test_letter_reads_the_folders_settings(run: Run, cases: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    (cases / ".imr").mkdir(mode=0o700)
    settings = cases / ".imr" / "settings.toml"
    settings.write_text('label = "SAMPLE"\nwidth = 70\n')
    assert run("letter", path).out == render(
        a_complete_case(), Letterhead(label="SAMPLE", width=70)
    )
    settings.write_text("labell = 1")
    assert_refused(run("letter", path), 3, r"settings\.toml, line 1: labell is not a known key")
    settings.write_text("organization = '漢'")
    assert_refused(run("letter", path), 3, "漢")


@pytest.mark.parametrize("command", ["letter", "check"])
def test_a_broken_case(run: Run, cases: Path, command: str) -> None:
    path = cases / f"{NUMBER}.toml"
    path.write_text('schema = 1\n[case]\nnmber = "A"\n')
    done = run(command, path)
    assert_refused(done, 3, r"line 3: case nmber is not a known key, did you mean 'number'")


def test_letter_needs_a_case_file(run: Run, cases: Path) -> None:
    assert_refused(run("letter", cases), 3, "is a folder, not a case file. Name a case file")
    assert_refused(run("letter", cases / "X.toml"), 4, "There is no case file")


# new


def test_new(run: Run, cases: Path) -> None:
    done = run(
        *("new", NUMBER, cases, "--priority", "formulary", "--date-of-injury", "10/23/2013"),
        *("--application-received", "2014-11-12", "--records-received", ""),
        *("--item", "MRI", "--item", "Ünit 漢"),
    )
    path = cases / f"{NUMBER}.toml"
    assert done == Done(0, f"{path}\n", "")
    case = open_case(path).case
    assert case.particulars == Particulars(
        number=NUMBER,
        priority="formulary",
        date_of_injury=date(2013, 10, 23),
        application_received=date(2014, 11, 12),
    )
    assert case.items == (Item(request="MRI"), Item(request="Ünit 漢"))
    assert case.reviewer.attested == ()


def test_new_needs_no_more_than_a_number(run: Run, cases: Path) -> None:
    assert run("new", NUMBER, cases).code == 0
    assert open_case(cases / f"{NUMBER}.toml").case == Case.blank(NUMBER)


@pytest.mark.parametrize("number", [NUMBER, NUMBER.lower()])
def test_new_leaves_what_is_there(run: Run, cases: Path, number: str) -> None:
    (path,) = saved(cases, a_complete_case())
    before = path.read_bytes()
    assert_refused(run("new", number, cases), 5, "already exists. It was not changed")
    assert path.read_bytes() == before


@pytest.mark.parametrize("number", ["../x", "a/b", ".x", "a b", "x" * 41, "é", "", "a\n"])
def test_new_refuses_what_is_no_number(run: Run, cases: Path, number: str) -> None:
    assert_refused(run("new", number, cases), 3, "a case number has up to 40 letters")
    assert names(cases) == []
    assert names(cases.parent) == ["cases"]


def test_new_needs_its_folder(run: Run, tmp_path: Path) -> None:
    assert_refused(run("new", NUMBER, tmp_path / "none"), 4, "There is no folder")


INTAKES = [
    b'[case]\ndate_of_injury = 2013-10-23\n[[items]]\nrequest = "MRI"\n',
    b'{"case": {"date_of_injury": "2013-10-23"}, "items": [{"request": "MRI"}]}',
    b'{"case": {"number": "OTHER", "date_of_injury": "2013-10-23"}, "items": [{"request": "MRI"}]}',
]


@pytest.mark.parametrize("data", INTAKES)
def test_new_from_standard_input(run: Run, cases: Path, data: bytes) -> None:
    done = run("new", NUMBER, cases, "--from", "-", "--item", "More", stdin=data)
    assert (done.code, done.err) == (0, "")
    case = open_case(cases / f"{NUMBER}.toml").case
    assert case.particulars.date_of_injury == date(2013, 10, 23)
    assert case.items == (Item(request="MRI"), Item(request="More"))


def test_new_from_a_file(run: Run, cases: Path, tmp_path: Path) -> None:
    (tmp_path / "intake.json").write_bytes(INTAKES[1])
    assert run("new", NUMBER, cases, "--from", tmp_path / "intake.json").code == 0
    missing = run("new", "B", cases, "--from", tmp_path / "none")
    assert_refused(missing, 4, "could not be read")


def test_options_win_over_the_intake(run: Run, cases: Path) -> None:
    data = b'[case]\npriority = "expedited"\n'
    run("new", NUMBER, cases, "--from", "-", "--priority", "formulary", stdin=data)
    assert open_case(cases / f"{NUMBER}.toml").case.particulars.priority == "formulary"


ONE_IN_A_LIST = [b"[%s]" % INTAKES[1], b"\xef\xbb\xbf\n[\n  %s\n]\n" % INTAKES[1]]


@pytest.mark.parametrize("data", ONE_IN_A_LIST)
@pytest.mark.parametrize("is_file", [False, True])
def test_new_takes_the_one_case_of_a_list(
    run: Run, cases: Path, tmp_path: Path, data: bytes, is_file: bool
) -> None:
    source = tmp_path / "intake.json"
    source.write_bytes(data)
    done = run("new", NUMBER, cases, "--from", source if is_file else "-", stdin=data)
    assert (done.code, done.out) == (0, f"{cases / NUMBER}.toml\n")
    where = str(source) if is_file else "standard input"
    says = f"imr-tui: {where} is a JSON list with a single case, which was used.\n"
    assert done.err == says
    assert open_case(cases / f"{NUMBER}.toml").case.items == (Item(request="MRI"),)


LISTS = {
    "none": (b"[]", "is an empty JSON list. It must contain one case"),
    "two": (b"[%s, %s]" % (INTAKES[1], INTAKES[1]), "is a JSON list of 2 cases, but `imr-tui new`"),
    "many": (b"[%s{}]" % (b"{}," * 1233), "is a JSON list of 1,234 cases"),
    "a case and a number": (b"[{}, 1]", "is a JSON list of 2 entries"),
    "a number": (b"[1]", "with a number as its entry. A case is an object"),
    "a text, which is also a TOML header": (b'["case"]', "with text as its entry"),
    "a list": (b"[[%s]]" % INTAKES[1], "with a list as its entry"),
    "a number in a list, also a TOML header": (b"[[1]]", "with a list as its entry"),
    "null": (b"[null]", "with null as its entry"),
    "true": (b"[true]", "with true or false as its entry"),
    "unfinished": (b'[{"case": {}}', "is not valid JSON"),
    "deep": (b"[" * 100_000, "is nested too deeply"),
    "large": (b"[%s{}]" % (b"{}," * 1_000_001), "contains too many values"),
    "a text alone": (b'"case"', "contains text. A case is an object"),
    "a number alone": (b"12", "contains a number. A case is an object"),
    "null alone": (b"null", "contains null. A case is an object"),
    "one a line": (b'{"case": {}}\n{"case": {}}\n', "a second value begins at line 2 column 1"),
    "NaN": (b'[{"items": [{"follows": NaN}]}]', "contains NaN, which is not valid JSON"),
    "infinity": (b'{"case": {"number": -Infinity}}', "contains -Infinity, which is not valid JSON"),
    "an infinite number": (b'{"items": [{"follows": 1e999}]}', "the number 1e999, which is too"),
    "digits": (b'{"items": [{"follows": %s}]}' % (b"1" * 5000), "with more than 100 digits"),
    "a key twice": (b'[{"items": [], "items": []}]', "has the key 'items' twice in one object"),
    "half a character": (
        b'{"summary": {"text": "\\ud800"}}',
        r"half of a surrogate pair \(U\+D800\)",
    ),
    "digits of TOML": (
        b"[[items]]\nfollows = 0x" + b"f" * 9000,
        "contains a number that is too large",
    ),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("is_file", [False, True])
def test_new_says_what_is_wrong_with_a_list(
    run: Run, cases: Path, tmp_path: Path, name: str, is_file: bool
) -> None:
    data, says = LISTS[name]
    source = tmp_path / "intake.json"
    source.write_bytes(data)
    done = run("new", NUMBER, cases, "--from", source if is_file else "-", stdin=data)
    where = str(source) if is_file else "standard input"
    assert_refused(done, 3, rf"^imr-tui: {re.escape(where)} .*{says}.*No case was created\.\n$")
    assert names(cases) == []


TOML_WITH_BRACKETS = [
    b"[case]\npriority = 'standard'\n",
    b'["case"] # "a" = 1\npriority = "standard"\n',
    b'[[items]]\nrequest = "MRI"\n',
    b"\n  [ case ]",
    b"[case.x]\n",
]


@pytest.mark.parametrize("data", TOML_WITH_BRACKETS)
def test_toml_that_begins_with_a_bracket_is_no_list(run: Run, cases: Path, data: bytes) -> None:
    done = run("new", NUMBER, cases, "--from", "-", stdin=data)
    assert "JSON" not in done.err
    assert (done.code, done.err) == (0, "") or "case x is not a known key" in done.err


BROKEN_INTAKES = [
    (b"nonsense", "standard input is not valid TOML"),
    (b"{nonsense", "standard input is not valid JSON"),
    (b"\xff\xfe", "standard input is not UTF-8"),
    (b'{"cas": {}}', "cas is not a known key, did you mean 'case'"),
    (b'{"case": {"priority": "urgent"}}', "case priority must be 'standard'"),
    (b'{"case": 5}', "case must be a table"),
    (b'{"case": null}', "case must be a table"),
    (b'{"case": "ab"}', "case must be a table"),
    (b'{"items": 5}', "items must be a list"),
    (b'{"items": null}', "items must be a list"),
    (b'{"items": {"request": "x"}}', "items"),
    (b'{"items": [5]}', "items 1 must be a table"),
    (b'{"schema": 2}', "schema 2"),
    (b'{"summary": {"text": "\\ud800"}}', "standard input"),
    (b"[case." + b".".join([b"a"] * 3000) + b"]", "standard input"),
]


@pytest.mark.parametrize(("data", "says"), BROKEN_INTAKES, ids=range(len(BROKEN_INTAKES)))
def test_new_refuses_a_broken_intake(run: Run, cases: Path, data: bytes, says: str) -> None:
    assert_refused(run("new", NUMBER, cases, "--from", "-", stdin=data), 3, says)
    assert names(cases) == []


def test_new_with_closed_standard_input(cases: Path) -> None:
    shell = ["sh", "-c", 'exec "$@" <&-', "sh", *CODE, "new", "A", str(cases)]
    assert subprocess.run(shell, capture_output=True, timeout=30).returncode == 0
    shell = ["sh", "-c", 'exec "$@" <&-', "sh", *CODE, "new", "B", str(cases), "--from", "-"]
    done = subprocess.run(shell, capture_output=True, text=True, timeout=30)
    assert done.returncode in (3, 4), done.stderr
    assert names(cases) == ["A.toml"]


# Hostile surroundings


HOSTILE = "[/kg] [b]\x1b]0;x\x07\x1b[31m{{ 7*7 }} 漢 \u202e"


def test_no_output_commands_the_terminal(run: Run, cases: Path) -> None:
    case = a_complete_case((an_item(HOSTILE, rationale=HOSTILE),), summary=Summary(text=HOSTILE))
    (path,) = saved(cases, case)
    for command in ("list", "check", "letter"):
        run(command, path if command == "letter" else cases)
    draft = run("letter", path, "--draft")
    assert (draft.code, draft.err) == (0, "")
    assert "\x07" not in draft.out


@pytest.mark.parametrize("command", ["list", "check"])
def test_no_key_commands_the_terminal(run: Run, cases: Path, command: str) -> None:
    text = f'schema = 1\n"\\u001b]0;x\\u0007" = 1\n[case]\nnumber = "{NUMBER}"\n'
    (cases / f"{NUMBER}.toml").write_text(text)
    done = run(command, cases)
    assert "\x07" not in done.out + done.err


@pytest.mark.parametrize("command", ["list", "check"])
@pytest.mark.parametrize("name", ["\x1b]0;x\x07.toml", "a\nb.toml", "\u202e.toml"])
def test_no_file_name_commands_the_terminal(run: Run, cases: Path, command: str, name: str) -> None:
    saved(cases, a_complete_case())
    (cases / name).write_text("")
    done = run(command, cases)
    assert done.code == (0 if command == "list" else 3)
    shown = done.out + done.err
    assert name.removesuffix(".toml") not in shown
    assert all(line.isprintable() for line in shown.splitlines())


@pytest.mark.parametrize(("command", "code"), [("list", 0), ("check", 3)])
def test_a_file_name_that_is_not_utf_8(cases: Path, command: str, code: int) -> None:
    saved(cases, a_complete_case())
    with open(os.fsencode(cases) + b"/caf\xe9.toml", "wb"):  # noqa: PTH123
        pass
    done = spawn(command, cases, env=os.environ | {"PYTHONUTF8": "1"})
    assert done.code == code, done.err


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_check_on_a_terminal_that_is_not_utf_8(cases: Path, encoding: str) -> None:
    (path,) = saved(cases, a_complete_case(summary=Summary(text="5 漢")))
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = spawn("check", path, env=environment)
    assert done.code == 1, done.err
    assert "IMR112" in done.out


def big(cases: Path) -> Path:
    """A case whose letter is larger than what pipes hold."""
    (path,) = saved(cases, a_complete_case(summary=Summary(text="word " * 199_000)))
    return path


@pytest.mark.slow
@pytest.mark.parametrize("command", ["list", "letter", "check"])
def test_a_pipe_that_nobody_reads(cases: Path, command: str) -> None:
    path = big(cases)
    (cases / "B.toml").write_bytes(encode(Case.blank("B")))
    where = path if command == "letter" else cases
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = spawn(command, where, stdout=writer)
    finally:
        os.close(writer)
    assert (done.code, done.err) == (0, "")


def test_a_pipe_that_is_closed_after_a_line(cases: Path) -> None:
    command = [*CODE, "letter", str(big(cases))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().strip()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [("list",), ("letter",), ("check",), ("list", "--json")])
def test_a_full_disk_behind_standard_output(cases: Path, arguments: tuple[str, ...]) -> None:
    (path,) = saved(cases, a_complete_case() if arguments[0] != "check" else a_case())
    where = path if arguments[0] == "letter" else cases
    with Path("/dev/full").open("wb") as full:
        done = spawn(*arguments, where, stdout=full)
    assert done.code == 4, done.err
    assert "internal error" not in done.err


def test_a_fault_of_its_own_tells_no_case_data(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> Any:
        raise RuntimeError("Rowan Testcase, born 1970")

    monkeypatch.setattr("imr_tui.services.check_files.entries", fail)
    done = run("check", cases)
    says = r"^imr-tui: internal error \(IMR-E\w{6}, RuntimeError at services/check_files\.py:\d+\)"
    assert_refused(done, 70, says)
    assert "Rowan" not in done.err


def test_an_interrupt_ends_without_a_traceback(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*arguments: object) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("imr_tui.services.check_files.entries", interrupt)
    assert run("check", cases).code == 130


def test_a_command_makes_nothing_for_others(run: Run, cases: Path) -> None:
    run("list", cases)
    assert os.umask(0) == 0o077


@pytest.mark.usefixtures("umask")
def test_nobody_else_can_read_what_is_written(cases: Path) -> None:
    os.umask(0)
    assert spawn("new", "A", cases).code == 0
    assert stat.S_IMODE((cases / "A.toml").stat().st_mode) == 0o600


SIGNED = """
[signature]
letter = "0"
content = "0"
at = 2014-12-08T09:12:44Z
meaning = "I am the reviewer"
"""


@pytest.mark.parametrize(
    "words", [["check"], ["letter"], ["list"], ["new", "B", "--from"]], ids=str
)
def test_a_signature_of_another_form_is_refused(cases: Path, run: Run, words: list[str]) -> None:
    path = cases / f"{NUMBER}.toml"
    path.write_text(f'schema = 1\n[case]\nnumber = "{NUMBER}"\n{SIGNED}', encoding="utf-8")
    before = path.read_bytes()
    ran = run(*words, cases if words == ["list"] else path)
    assert "signature letter is not a known key" in ran.out + ran.err
    assert ran.code == (0 if words == ["list"] else 3)
    assert "signed" not in ran.out.split()
    assert path.read_bytes() == before


def test_list_and_letter_agree_on_the_reviewers_name(run: Run, cases: Path) -> None:
    """The list does not say `ready` of a letter that is refused."""
    case = a_complete_case()
    (item, *others) = case.items
    named = item.but(rationale=f"{item.rationale} Reviewed by Robin Sample.")
    (path,) = saved(cases, case.but(items=(named, *others)))

    def state() -> str:
        return str(json.loads(run("list", cases, "--json").out)["cases"][0]["state"])

    assert state() == "ready"
    assert run("letter", path).code == 0
    save_profile(Folder(cases), Profile(name="Robin Sample"))
    assert state() == "draft"
    assert "IMR502" in run("letter", path).err
    save_profile(Folder(cases), Profile(name="Somebody Else"))
    assert state() == "ready"


def test_list_and_letter_agree_on_a_decision_date_in_the_future(run: Run, cases: Path) -> None:
    case = a_complete_case()
    particulars = case.particulars.but(decision_date=date.today() + timedelta(days=2))
    (path,) = saved(cases, case.but(particulars=particulars))
    assert run("letter", path).code == 1
    listed = json.loads(run("list", cases, "--json").out)["cases"][0]
    assert listed["state"] == "draft"
