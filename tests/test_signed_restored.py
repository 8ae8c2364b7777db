"""`imr-tui verify` reports events that were removed, and an earlier state of the whole folder."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from imr_tui.services import verify_log
from imr_tui.store.audit import anchor
from imr_tui.store.audit.anchor import SYSLOG_NAME, account_heads
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.config.machine_policy import Host
from tests.builders import saved
from tests.commands import Run
from tests.services.signing import SIGNED_AT, Desk, a_signable_case, desk, signing_site
from tests.signers import needs_keygen

__all__ = ["desk", "signing_site"]

pytestmark = [pytest.mark.process, needs_keygen]

FIRST, SECOND = "CM26-0000001", "CM26-0000002"
EVENTS = 100
LATER = SIGNED_AT + timedelta(hours=1)
SLOW = (pytest.mark.slow, pytest.mark.timeout(600))


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """A folder with a signed case, in the middle of a day's events."""
    add_events(desk, EVENTS // 2)
    desk.signed_case(FIRST)
    add_events(desk, EVENTS // 2)
    return desk


def add_events(desk: Desk, count: int, now: datetime = SIGNED_AT) -> None:
    log = AuditLog(desk.path)
    for _ in range(count):
        log.append(FIRST, "opened", now=now)


def log_file(desk: Desk) -> Path:
    return desk.path / ".imr/log" / f"{SIGNED_AT.year}.jsonl"


def has_lost_events(run: Run, desk: Desk) -> bool:
    """Whether `verify` reports that events are missing, by text and exit code."""
    done = run("verify", desk.path)
    assert (done.code == 1) == ("Events were removed" in done.err or "changed" in done.err)
    return done.code == 1


@pytest.mark.slow
def test_an_untouched_folder_is_good(worked: Desk, run: Run) -> None:
    assert not has_lost_events(run, worked)
    # The event of the first verification is no fault for the second.
    assert not has_lost_events(run, worked)


@pytest.mark.parametrize("removed", [(1, 2, 31, 50), pytest.param(range(1, 51), marks=SLOW)])
def test_the_last_events_cannot_be_removed_unseen(
    worked: Desk, run: Run, removed: tuple[int, ...]
) -> None:
    file, noted = log_file(worked), account_heads(worked.path)
    whole, heads = file.read_bytes(), noted.read_bytes()
    for count in removed:
        file.write_bytes(b"".join(whole.splitlines(keepends=True)[:-count]))
        assert has_lost_events(run, worked), count
        file.write_bytes(whole)
        noted.write_bytes(heads)
    assert not has_lost_events(run, worked)


def test_other_events_in_their_place_do_not_hide_it(worked: Desk, run: Run) -> None:
    file = log_file(worked)
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-5]))
    add_events(worked, 10, LATER)
    assert has_lost_events(run, worked)


def restore(desk: Desk, backup: Path) -> None:
    shutil.rmtree(desk.path)
    shutil.copytree(backup, desk.path)


def a_day(desk: Desk, run: Run, what: str) -> None:
    """What happens to a folder after its backup."""
    if what == "signed":
        desk.signed_case(SECOND)
    elif what == "verified":
        # Twice: the first event is written again in the same second, byte by byte.
        assert [run("verify", desk.path).code for _ in range(2)] == [0, 0]
    elif what == "correction":
        assert run("correct", desk.path / f"{FIRST}.toml", "--reason", "A typo.").code == 0
    else:
        saved(desk.path, a_signable_case(SECOND))
        add_events(desk, 1, LATER)


@pytest.mark.slow
@pytest.mark.parametrize("what", ["signed", "verified", "correction", "opened"])
def test_the_folder_of_the_day_before_is_reported(
    worked: Desk, run: Run, tmp_path: Path, what: str
) -> None:
    shutil.copytree(worked.path, tmp_path / "backup")
    a_day(worked, run, what)
    restore(worked, tmp_path / "backup")
    done = run("verify", worked.path)
    assert done.code == 1
    assert "an earlier state of the folder was restored" in done.err
    # It stays so, whatever happens next.
    add_events(worked, 5, LATER)
    assert has_lost_events(run, worked)


def test_another_account_is_told_by_the_system_log(
    worked: Desk, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(worked.path, tmp_path / "backup")
    worked.signed_case(SECOND)
    head = AuditLog(worked.path).head()
    restore(worked, tmp_path / "backup")
    account_heads(worked.path).unlink()
    lines = tmp_path / "auth.log"
    lines.write_text(f'Nov 30 10:00:00 host {SYSLOG_NAME}[1]: log head {head} of "{worked.path}"\n')
    monkeypatch.setattr(verify_log, "load_host", lambda: Host(log_heads=str(lines)))
    monkeypatch.setattr(anchor, "require_root", lambda path, kept: None)
    done = run("verify", worked.path)
    assert done.code == 1
    assert f"is noted in {lines}. Events were removed, or an earlier state" in done.err


def test_where_nothing_proves_the_last_events_verify_says_which(worked: Desk, run: Run) -> None:
    file = log_file(worked)
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    account_heads(worked.path).unlink()
    done = run("verify", worked.path)
    # The manifest proves the events before the signature.
    says = f"Nothing outside of this folder proves events {EVENTS // 2 + 1} and later."
    assert (done.code, says in done.err) == (0, True)


def test_the_event_of_a_signature_cannot_be_removed_even_so(worked: Desk, run: Run) -> None:
    file = log_file(worked)
    lines = file.read_bytes().splitlines(keepends=True)
    for count in (EVENTS // 2, EVENTS // 2 - 1):
        account_heads(worked.path).unlink(missing_ok=True)
        file.write_bytes(b"".join(lines[:count]))
        assert run("verify", worked.path).code == 1


@pytest.mark.slow
def test_an_earlier_revision_of_one_case_is_reported(
    worked: Desk, run: Run, tmp_path: Path
) -> None:
    path, own = worked.path / f"{FIRST}.toml", worked.path / ".imr/signed" / FIRST
    before, letter = path.read_bytes(), path.with_suffix(".txt").read_bytes()
    assert run("correct", path, "--reason", "A typo.").code == 0
    worked.sign(path, LATER)
    assert run("verify", path).code == 0
    path.write_bytes(before)
    path.with_suffix(".txt").write_bytes(letter)
    assert "It is an earlier text: revision 2 was signed later" in run("verify", path).out
    (own / "2").rename(tmp_path / "2")
    done = run("verify", path)
    assert done.code == 1
    assert "the log says that a revision after 1 was signed" in done.out
