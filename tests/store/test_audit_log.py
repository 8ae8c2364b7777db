"""The audit log: events follow each other, survive kills and full disks, and share a folder."""

import errno
import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from imr_tui.errors import BadInput, CannotStore
from imr_tui.services.record_events import record
from imr_tui.signing import events
from imr_tui.signing.digest import sha256
from imr_tui.store.audit import log_write
from imr_tui.store.audit.log import AuditLog
from tests.builders import NOW, NUMBER

LATER = datetime(2027, 1, 1, tzinfo=UTC)
WRITE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from imr_tui.store.audit.log import AuditLog
for _ in range(int(sys.argv[2])):
    AuditLog(Path(sys.argv[1])).append("CM26-1", "opened", now=datetime.now(UTC))
"""


@pytest.fixture
def log(cases: Path) -> AuditLog:
    """A log with three events."""
    log = AuditLog(cases)
    log.append(NUMBER, "opened", now=NOW)
    log.append(NUMBER, "edited", ("summary.text", "items[0].rationale"), sha256(b"x"), now=NOW)
    log.append("", "unlocked", now=NOW)
    return log


def file_of(cases: Path, year: int = 2026) -> Path:
    return cases / ".imr" / "log" / f"{year}.jsonl"


def test_events_are_recorded_in_order(log: AuditLog, cases: Path) -> None:
    lines = file_of(cases).read_bytes().splitlines()
    found = list(log.events())
    assert [(each.seq, each.case, each.event) for each in found] == [
        (1, NUMBER, "opened"),
        (2, NUMBER, "edited"),
        (3, "", "unlocked"),
    ]
    assert [each.previous for each in found] == ["0" * 64, sha256(lines[0]), sha256(lines[1])]
    assert found[1].fields == ("summary.text", "items[0].rationale")
    assert [each.seq for each in log.events(NUMBER)] == [1, 2]
    head = log.head()
    assert head == (3, sha256(lines[2]))
    assert log.check([head]) == (head, (), ())


def test_a_folder_without_events_has_no_log(cases: Path) -> None:
    log = AuditLog(cases)
    assert log.head() is None
    assert list(log.events()) == []
    assert log.check() == (None, (), ())
    assert list(cases.iterdir()) == []


def test_a_new_year_continues_the_chain(log: AuditLog, cases: Path) -> None:
    log.append(NUMBER, "opened", now=LATER)
    # As with a clock that was set back.
    head = log.append(NUMBER, "opened", now=NOW)
    assert len(file_of(cases, 2027).read_bytes().splitlines()) == 2
    assert log.check() == (head, (), ())


def test_an_empty_file_of_a_year_changes_nothing(log: AuditLog, cases: Path) -> None:
    # As after a kill between creating and writing it.
    file_of(cases, 2027).touch()
    assert log.append(NUMBER, "opened", now=LATER).seq == 4
    assert log.check().faults == ()


@pytest.mark.parametrize(
    ("case", "fields", "content"),
    [
        ("../etc", (), ""),
        (NUMBER, ("Sample Worker",), ""),
        (NUMBER, ("summary.text",), "not a digest"),
        (NUMBER, ("a" * 101,), ""),
    ],
)
def test_what_may_be_a_value_is_refused(
    cases: Path, case: str, fields: tuple[str, ...], content: str
) -> None:
    with pytest.raises(BadInput):
        AuditLog(cases).append(case, "edited", fields, content, now=NOW)
    assert AuditLog(cases).head() is None


def test_an_incomplete_line_is_replaced(log: AuditLog, cases: Path) -> None:
    path, before = file_of(cases), log.head()
    line = path.read_bytes().splitlines()[-1]
    for end in (b"{", b"\0\0\0", line):
        whole = path.read_bytes()
        path.write_bytes(whole + end)
        assert log.head() == before
        assert log.check().faults[0].endswith("A power failure can leave such a line.")
        before = log.append(NUMBER, "opened", now=NOW)
        assert path.read_bytes().startswith(whole)
        assert log.check() == (before, (), ())


def test_a_damaged_line_is_reported_but_the_log_continues(log: AuditLog, cases: Path) -> None:
    path = file_of(cases)
    path.write_bytes(path.read_bytes()[:-2] + b"#\n")
    head = log.append(NUMBER, "opened", now=NOW)
    assert head.seq == 4
    assert log.check() == (head, ("2026.jsonl line 3 is not an event as imr-tui writes it.",), ())


def test_something_else_is_never_cut(cases: Path) -> None:
    path = file_of(cases)
    AuditLog(cases).append(NUMBER, "opened", now=NOW)
    path.write_bytes(b"x" * 200_000)
    with pytest.raises(CannotStore, match="is not an audit log"):
        AuditLog(cases).append(NUMBER, "opened", now=NOW)
    assert path.read_bytes() == b"x" * 200_000
    assert AuditLog(cases).check().faults


@pytest.mark.parametrize("name", ["2026.jsonl", "lock"])
def test_a_link_is_not_followed(cases: Path, tmp_path: Path, name: str) -> None:
    AuditLog(cases).append(NUMBER, "opened", now=NOW)
    path, target = file_of(cases).with_name(name), tmp_path / "target"
    path.unlink()
    path.symlink_to(target)
    with pytest.raises(CannotStore):
        AuditLog(cases).append(NUMBER, "opened", now=NOW)
    assert not target.exists()


def test_a_session_that_is_stopped_meanwhile_does_not_block_for_ever(
    log: AuditLog, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_write, "WAIT_SECONDS", 0.02)
    with (
        log_write.locked(cases / ".imr" / "log"),
        pytest.raises(CannotStore, match="in use by another session"),
    ):
        log.append(NUMBER, "opened", now=NOW)
    assert log.append(NUMBER, "opened", now=NOW).seq == 4


def test_nothing_is_recorded_in_a_folder_that_is_only_read(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write to every folder.
    monkeypatch.setattr(os, "access", lambda path, mode, **_: (path, mode) != (cases, os.W_OK))
    assert record(cases, NUMBER, "opened", now=NOW) is None
    assert list(cases.iterdir()) == []


# Disks that refuse

CALLS = ("open", "write", "fsync", "ftruncate", "mkdir", "rename", "pread")


@contextmanager
def failing(at: int, number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let the call `at` of those to the disk fail, and of a write do a part before."""
    made: list[str] = []

    def refusing(name: str, call: Callable[..., object]) -> Callable[..., object]:
        def refuse(*given: object, **named: object) -> object:
            made.append(name)
            if len(made) - 1 != at:
                return call(*given, **named)
            if name == "write":
                descriptor, data = given
                assert isinstance(data, memoryview)
                call(descriptor, data[:40])
            raise OSError(number, os.strerror(number))

        return refuse

    with monkeypatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, refusing(name, getattr(os, name)))
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=["ENOSPC", "EIO"])
@pytest.mark.parametrize("torn", [b"", b'{"seq"'], ids=["whole", "torn"])
def test_a_disk_that_refuses_leaves_the_old_log(
    log: AuditLog, cases: Path, monkeypatch: pytest.MonkeyPatch, number: int, torn: bytes
) -> None:
    path, refused = file_of(cases), set()
    for at in range(1000):
        before, head = path.read_bytes().removesuffix(torn), log.head()
        path.write_bytes(before + torn)
        with failing(at, number, monkeypatch) as made:
            try:
                new = log.append(NUMBER, "opened", now=NOW)
            except CannotStore:
                new = None
                refused.add(made[at])
        if new is None:
            assert path.read_bytes() in (before, before + torn)
            assert log.head() == head
        else:
            assert log.check() == (new, (), ())
        if len(made) <= at:
            break
    assert {"write", "fsync", "open", *(["ftruncate"] if torn else [])} <= refused
    assert log.check().faults == ()


def test_a_file_that_was_only_read_may_fail_to_close(
    log: AuditLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = log.head()
    fdopen = os.fdopen

    def opened(*args: Any) -> Any:
        file = fdopen(*args)
        close = file.close

        def refuse() -> None:
            close()
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        return mock.Mock(wraps=file, close=refuse)

    monkeypatch.setattr(os, "fdopen", opened)
    # Python would warn of an error in lines that nobody reads to their end, which fails a test.
    assert log.head() == head
    gc.collect()


# Several processes


@pytest.mark.slow
@pytest.mark.process
def test_processes_that_record_at_once_make_one_chain(cases: Path) -> None:
    AuditLog(cases).append(NUMBER, "opened", now=NOW)
    writers = [subprocess.Popen([sys.executable, "-c", WRITE, cases, "40"]) for _ in range(4)]
    assert [writer.wait(60) for writer in writers] == [0] * 4
    found = AuditLog(cases).check()
    assert found.faults == ()
    assert found.head is not None
    assert found.head.seq == 161


def test_the_line_of_an_event_is_the_only_one_for_it(log: AuditLog, cases: Path) -> None:
    line = file_of(cases).read_bytes().splitlines()[1]
    event = events.parse(line)
    assert events.encode(event) == line
    for other in (
        line.replace(b",", b", ", 1),
        line.replace(b'"seq":2', b'"seq":02'),
        line.replace(b'"seq":2', b'"seq":2.0'),
        line.replace(b'"seq":2', b'"seq":true'),
        line.replace(b'"account"', b'"seq":2,"account"'),
        line.replace(b"Z", b"+00:00"),
        line.replace(b"edited", b"opened"),
        line.replace(b"edited", b"\\u0065dited"),
        line[:-1] + b',"more":1}',
        b"[" * 100_000,
        b"{}",
        b"null",
    ):
        with pytest.raises(BadInput):
            events.parse(other)
