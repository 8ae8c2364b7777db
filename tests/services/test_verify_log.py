"""What is done to an audit log afterwards is reported: changed, removed or restored events."""

import random
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from imr_tui.errors import BadInput
from imr_tui.services import verify_log
from imr_tui.services.verify_log import LogReport, check_log, log_state, unproved
from imr_tui.signing.digest import sha256
from imr_tui.signing.head import Head
from imr_tui.store.audit import anchor
from imr_tui.store.audit.anchor import Noted
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.config.machine_policy import Host
from tests.builders import NOW, NUMBER

LATER = NOW + timedelta(hours=1)
EVENTS = 60
MUTATIONS = 1_500


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sixty events, which tests copy."""
    folder = tmp_path_factory.mktemp("written")
    add(AuditLog(folder), EVENTS)
    return folder


@pytest.fixture
def log(written: Path, cases: Path) -> AuditLog:
    """A log with sixty events, the last of which this account recorded."""
    shutil.copytree(written, cases, dirs_exist_ok=True)
    log = AuditLog(cases)
    head = log.head()
    assert head is not None
    anchor.note(cases, head, log.holding)
    return log


def add(log: AuditLog, count: int, now: datetime = NOW) -> list[Head]:
    return [
        log.append(NUMBER, "edited", ("summary.text",), sha256(b"a case"), now=now)
        for _ in range(count)
    ]


@pytest.fixture
def file(cases: Path) -> Path:
    return cases / ".imr" / "log" / "2026.jsonl"


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine with a file of root for the lines of the system log; returns the file."""
    path = tmp_path / "imr-tui.log"
    path.write_text("")
    monkeypatch.setattr(verify_log, "load_host", lambda: Host(log_heads=str(path)))
    return path


def forget(cases: Path) -> None:
    """Remove what this account has noted, as for an account that never saw the log."""
    anchor.account_heads(cases).unlink()


def line_of(cases: Path, head: Head) -> str:
    return f'Nov 30 10:00:00 host imr-tui[12]: log head {head} of "{cases}"\n'


def test_a_log_as_it_was_written_has_no_faults(log: AuditLog, cases: Path) -> None:
    head = log.head()
    assert check_log(cases) == LogReport(head, (), 1)
    # Another account saw nothing, and finds nothing.
    forget(cases)
    assert check_log(cases) == LogReport(head, (), 1)
    assert check_log(cases.parent) == LogReport(None, (), None)


# Removed events


@pytest.mark.slow
@pytest.mark.parametrize("by", ["account", "root", "manifest"])
def test_removed_events_are_always_reported(
    log: AuditLog, cases: Path, file: Path, host: Path, by: str
) -> None:
    head = log.head()
    assert head is not None
    if by == "root":
        host.write_text(line_of(cases, head))
    if by != "account":
        forget(cases)
    signed = [head] if by == "manifest" else []
    assert check_log(cases, signed).faults == ()
    lines = file.read_bytes().splitlines(keepends=True)
    for count in range(1, 51):
        file.write_bytes(b"".join(lines[:-count]))
        report = check_log(cases, signed)
        assert len(report.faults) == 1
        assert f"ends with event {EVENTS - count}, but event {EVENTS} is noted" in report.faults[0]
    shutil.rmtree(file.parent)
    assert "ends with event 0" in check_log(cases, signed).faults[0]


@pytest.mark.slow
@pytest.mark.parametrize("by", ["account", "root", "manifest"])
@pytest.mark.parametrize("since", [0, 1, 5, 9])
def test_a_restored_folder_is_always_reported(
    log: AuditLog, cases: Path, host: Path, tmp_path: Path, by: str, since: int
) -> None:
    yesterday = tmp_path / "yesterday"
    shutil.copytree(cases, yesterday)
    (*_, head) = add(log, 5)
    if by == "root":
        host.write_text(line_of(cases, head))
    shutil.rmtree(cases)
    shutil.copytree(yesterday, cases)
    signed = [head] if by == "manifest" else []
    if by != "account":
        forget(cases)
    # Not even new events hide it, fewer of them or more than those that were lost.
    for each in range(since + 1):
        assert len(check_log(cases, signed).faults) == 1
        (new,) = add(log, 1, LATER)
        assert new.seq == EVENTS + each + 1


def test_a_restored_folder_can_be_accepted(log: AuditLog, cases: Path, file: Path) -> None:
    before = file.read_bytes()
    add(log, 3)
    file.write_bytes(before)
    (fault,) = check_log(cases).faults
    path = anchor.account_heads(cases)
    assert fault.endswith(f"If you restored a backup yourself, delete {path}.")
    path.unlink()
    add(log, 1)
    assert check_log(cases).faults == ()


def test_the_right_log_put_back_is_fine_again(log: AuditLog, cases: Path, file: Path) -> None:
    before = file.read_bytes()
    add(log, 3)
    whole = file.read_bytes()
    file.write_bytes(before)
    add(log, 1, LATER)
    assert len(check_log(cases).faults) == 1
    file.write_bytes(whole)
    faults = check_log(cases).faults
    # Only the event is missing that was recorded in the wrong state.
    assert len(faults) == 1
    assert "Event 61" in faults[0]


# Changed events


def mutations(data: bytes, count: int) -> list[tuple[int, int]]:
    """Places, and what to put there; all of the last line and a sample of the others."""
    chance = random.Random(21)
    last = data.rindex(b"\n", 0, -1) + 1
    places = [*range(last, len(data)), *chance.choices(range(len(data)), k=count)]
    return [(at, chance.choice([each for each in range(256) if each != data[at]])) for at in places]


@pytest.mark.parametrize(
    "count", [MUTATIONS // 5, pytest.param(8 * MUTATIONS, marks=pytest.mark.slow)]
)
@pytest.mark.timeout(600)
def test_every_changed_byte_is_reported(cases: Path, file: Path, count: int) -> None:
    add(AuditLog(cases), 6)
    data = file.read_bytes()
    assert check_log(cases).faults == ()
    for at, byte in mutations(data, count):
        file.write_bytes(data[:at] + bytes([byte]) + data[at + 1 :])
        assert check_log(cases).faults != (), (at, byte)


def test_changed_lines_are_named(log: AuditLog, cases: Path, file: Path) -> None:
    lines = file.read_bytes().splitlines(keepends=True)
    for changed, says in (
        ([*lines[:3], *lines[4:]], "2026.jsonl line 4 is event 5, but event 4 is due there."),
        ([lines[1], lines[0], *lines[2:]], "2026.jsonl line 1 is event 2, but event 1 is due"),
        ([*lines[:9], lines[9].replace(b"edited", b"signed"), *lines[10:]], "2026.jsonl line 10"),
        ([lines[0].replace(b"06:", b"07:").replace(b"09:", b"08:"), *lines[1:]], "Event 1 was ch"),
        ([*lines[:3], b"\n", *lines[3:]], "2026.jsonl line 4 is not an event"),
    ):
        file.write_bytes(b"".join(changed))
        assert says in check_log(cases).faults[0]


def test_not_every_fault_of_a_destroyed_log_is_told(log: AuditLog, cases: Path, file: Path) -> None:
    file.write_bytes(b"x\n" * 1000)
    assert check_log(cases).faults[20] == "The log has 980 more faults."


# Proof


def test_a_file_of_root_or_a_signed_case_is_proof(log: AuditLog, cases: Path, host: Path) -> None:
    heads = [Head(each.seq - 1, each.previous) for each in log.events()][1:]
    assert check_log(cases).unproved_from == 1
    assert "events 1 and later" in unproved(check_log(cases))
    assert check_log(cases, [heads[9]]).unproved_from == 11
    host.write_text("".join(line_of(cases, head) for head in heads[:20]))
    assert check_log(cases, [heads[9]]).unproved_from == 21
    last = log.head()
    assert last is not None
    assert check_log(cases, proof=[Noted(last, "x", is_proof=True)]).unproved_from is None
    assert unproved(check_log(cases, [last])) == ""
    # A head that the log does not have proves nothing.
    assert check_log(cases, [Head(40, "0" * 64)]).unproved_from == 21


def test_lines_of_other_folders_do_not_count(log: AuditLog, cases: Path, host: Path) -> None:
    host.write_text(line_of(cases.parent, Head(99, "0" * 64)))
    assert check_log(cases) == LogReport(log.head(), (), 1)
    host.write_text(line_of(cases, Head(99, "0" * 64)))
    assert str(host) in check_log(cases).faults[0]


def test_a_file_that_others_can_write_is_no_proof(log: AuditLog, cases: Path, host: Path) -> None:
    host.chmod(0o666)
    (fault,) = check_log(cases).faults
    assert "must belong to root" in fault
    host.unlink()
    with pytest.raises((BadInput, OSError)):
        list(anchor.noted(cases, Host(log_heads=str(host))))


def test_the_head_is_noted_in_the_system_log(
    cases: Path, host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = replace(Host(), log_to_syslog=True)
    monkeypatch.setattr(anchor, "load_host", lambda: policy)
    monkeypatch.setattr("syslog.syslog", lambda _, line: host.write_text(f"imr-tui[12]: {line}\n"))
    (head,) = add(AuditLog(cases), 1)
    assert list(anchor.heads_in(cases, host.read_text())) == [head]
    assert check_log(cases).unproved_from is None


def test_an_account_without_a_home_records_all_the_same(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert add(AuditLog(cases), 1)[0].seq == 1
    assert check_log(cases).faults == ()
    assert log_state(cases) == "1 event; noted nowhere else"
