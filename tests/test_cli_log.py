"""`imr-tui log`, and what the other commands record."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from imr_tui.letter.render.renderer import render
from imr_tui.model import edits
from imr_tui.signing.digest import sha256
from imr_tui.signing.events import LoggedEvent
from imr_tui.store.audit import log_write
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.config.account_folder import account_name
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.safety import permissions
from tests.builders import NOW, NUMBER, a_complete_case, saved
from tests.commands import Run, assert_refused

pytestmark = pytest.mark.process


@pytest.fixture
def path(cases: Path) -> Path:
    """A case whose letter can be written."""
    (path,) = saved(cases, a_complete_case())
    return path


def last(cases: Path) -> LoggedEvent:
    return list(AuditLog(cases).events())[-1]


def test_a_letter_in_a_file_is_recorded(run: Run, path: Path, tmp_path: Path) -> None:
    assert run("letter", path, "-o", tmp_path / "letter.txt").code == 0
    assert last(path.parent)[3:7] == (NUMBER, "exported", (), sha256(path.read_bytes()))
    assert run("letter", path, "-o", path.with_suffix(".txt")).code == 0
    assert last(path.parent).event == "letter written"
    assert run("letter", path, "--draft", "-o", tmp_path / "letter.txt").code == 0
    assert last(path.parent).event == "exported"


def test_what_writes_nothing_is_not_recorded(run: Run, path: Path) -> None:
    for words in (["letter", path], ["check", path], ["list", path.parent], ["history", path]):
        run(*words)
    run("log", "--dir", path.parent)
    assert not (path.parent / ".imr" / "log").exists()


def test_an_import_is_recorded(run: Run, cases: Path, tmp_path: Path) -> None:
    letter = tmp_path / "CM16-0000001.txt"
    letter.write_text(render(a_complete_case()).replace(NUMBER, letter.stem))
    assert run("import", letter, "--report").code == 0
    assert run("import", letter, "--folder", cases).code == 0
    content = sha256((cases / f"{letter.stem}.toml").read_bytes())
    assert [each[3:7] for each in AuditLog(cases).events()] == [
        (letter.stem, "imported", (), content)
    ]


def test_a_restored_version_is_an_edit(run: Run, path: Path) -> None:
    before = a_complete_case()
    Versions(path.parent, NUMBER).note(path.read_bytes(), Event.OPENED)
    saved(path.parent, edits.set_summary(before, "other").but(records=()))
    assert run("history", path, "--restore", 1).code == 0
    event = last(path.parent)
    assert event[3:6] == (NUMBER, "edited", ("records", "summary.text"))
    assert event.content == sha256(path.read_bytes())


def test_a_command_says_what_the_log_does_not_have(run: Run, path: Path, tmp_path: Path) -> None:
    (path.parent / ".imr").mkdir(mode=0o700)
    (path.parent / ".imr" / "log").write_text("in the way")
    done = run("letter", path, "-o", tmp_path / "letter.txt")
    assert done.code == 0
    assert "The audit log does not have this: " in done.err
    assert (tmp_path / "letter.txt").exists()


def test_the_log_is_shown(run: Run, cases: Path) -> None:
    log = AuditLog(cases)
    log.append(NUMBER, "opened", now=NOW)
    log.append(NUMBER, "edited", ("summary.text", "records"), now=NOW)
    head = log.append("CM26-2", "opened", now=NOW)
    at, who = f"{NOW.astimezone():%Y-%m-%d %H:%M:%S}", account_name()
    done = run("log", "--dir", cases)
    assert done.code == 0
    assert done.out.splitlines() == [
        f"     1  {at}  {who}  {NUMBER}  opened",
        f"     2  {at}  {who}  {NUMBER}  edited  summary.text, records",
        f"     3  {at}  {who}  CM26-2        opened",
    ]
    assert "proves events 1 and later" in done.err
    assert run("log", NUMBER, "--dir", cases).out.splitlines() == done.out.splitlines()[:2]
    assert run("log", cases / f"{NUMBER}.toml").out.splitlines() == done.out.splitlines()[:2]
    shown = json.loads(run("log", "CM26-2", "--dir", cases, "--json").out)
    assert shown["schema"] == 1
    assert shown["head"] == {"seq": 3, "sha256": head.sha256}
    assert (shown["faults"], shown["unproved_from"]) == ([], 1)
    (event,) = shown["events"]
    assert (event["seq"], event["case"], event["event"]) == (3, "CM26-2", "opened")
    assert datetime.fromisoformat(event["at"]) == NOW


def test_a_log_with_faults_ends_with_1(run: Run, cases: Path) -> None:
    AuditLog(cases).append(NUMBER, "opened", now=NOW)
    AuditLog(cases).append(NUMBER, "opened", now=NOW)
    file = cases / ".imr" / "log" / "2026.jsonl"
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])
    done = run("log", "--dir", cases)
    assert done.code == 1
    assert "ends with event 1, but event 2 is noted in" in done.err
    doctor = run("doctor", cases)
    assert doctor.code == 1
    assert "ends with event 1, but event 2 is noted in" in doctor.out
    assert "audit log       1 event; the last one is noted in" in doctor.out


def test_lines_of_the_system_log_are_compared(run: Run, cases: Path, tmp_path: Path) -> None:
    head = AuditLog(cases).append(NUMBER, "opened", now=NOW)
    lines = tmp_path / "lines"
    line = f'Nov 23 09:30:00 ward-3 imr-tui[12]: log head {head} of "{cases}"\n'
    lines.write_text(line)
    done = run("log", "--dir", cases, "--against", lines)
    assert (done.code, done.err) == (0, "")
    done = run(
        "log", "--dir", cases, "--against", "-", stdin=line.replace("head 1", "head 2").encode()
    )
    assert done.code == 1
    assert "event 2 is noted in standard input" in done.err


def test_what_is_no_case_or_folder_is_refused(run: Run, cases: Path) -> None:
    assert_refused(run("log", "--dir", cases / "none"), 4, "none")
    assert_refused(run("log", "not a number", "--dir", cases), 3, "is not a case number")


def test_several_accounts_append_where_the_group_has_access(
    cases: Path, umask: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permissions, "is_shared", lambda: True)
    AuditLog(cases).append(NUMBER, "opened", now=NOW)
    log = cases / ".imr" / "log"
    assert log.stat().st_mode & 0o7777 == 0o2770
    assert {path.stat().st_mode & 0o777 for path in log.iterdir()} == {0o660}
    assert {path.name for path in log.iterdir()} == {"2026.jsonl", log_write.LOCK}
