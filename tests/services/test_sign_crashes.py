"""A signature that is interrupted: afterwards the case is a draft as before, or signed whole."""

import errno
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from stat import S_ISDIR
from typing import Any, NoReturn

import pytest

from imr_tui.errors import CannotStore, ChangedElsewhere, ImrError
from imr_tui.services import commit_signature
from imr_tui.services.commit_signature import commit, settle, write_signed_letter
from imr_tui.services.sign_case import Prepared
from imr_tui.services.signed_case import open_signed
from imr_tui.services.verify_cases import signing_events, verify_file
from imr_tui.signing.digest import sha256
from imr_tui.store.audit import log_write
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.history import replaced
from imr_tui.store.history.versions import Versions
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import Holder, this_session
from imr_tui.store.safety import linux, safe_open
from imr_tui.store.signing import standing as standing_module, unfinished
from imr_tui.store.signing.sealed_copies import SealedCopies
from tests.builders import saved
from tests.services.signing import NUMBER, SIGNED_AT, Desk, a_signable_case, desk, signing_site
from tests.signers import needs_keygen

__all__ = ["desk", "signing_site"]

pytestmark = [pytest.mark.process, needs_keygen]

LATER = SIGNED_AT + timedelta(minutes=5)
Patch = pytest.MonkeyPatch


class Killed(BaseException):
    """Stands for the end of the process, after which nothing is cleaned up."""


def me() -> Holder:
    return this_session(LATER)


class Signing:
    """A draft, and its signature, which only has to be written."""

    def __init__(self, desk: Desk) -> None:
        (self.path,) = saved(desk.path, a_signable_case())
        self.folder = desk.path
        self.desk = desk
        self.before = self.path.read_bytes()
        self.prepared: Prepared = desk.prepare(self.path)
        self.signature = desk.signature(self.prepared)

    def commit(self) -> None:
        commit(self.prepared, self.signature, self.desk.trust, SIGNED_AT)

    def killed(self, patch: Patch) -> None:
        """Commit in a process that is killed, which settles nothing."""
        with patch.context() as inner:
            inner.setattr(commit_signature, "settle_step", fails(Killed))
            with pytest.raises(Killed):
                self.commit()
        assert unfinished.is_unfinished(self.folder, NUMBER)

    def start(self) -> None:
        """What the next start does first."""
        settle(self.folder, me, LATER)

    @property
    def copies(self) -> SealedCopies:
        return SealedCopies(self.folder, NUMBER)

    def events(self) -> list[str]:
        return [each.event for each in AuditLog(self.folder).events(NUMBER)]

    def status(self) -> str:
        trust, events = self.desk.trust, signing_events(self.folder)
        return verify_file(self.path, trust, events).status

    def require_draft(self, text: bytes | None = None) -> None:
        """Nothing was signed, and nothing is left of it; it can be signed now."""
        assert self.path.read_bytes() == (text or self.before)
        assert not self.copies.path.exists()
        assert not unfinished.is_unfinished(self.folder, NUMBER)
        assert self.events() == []
        assert self.status() == "unsigned"
        self.desk.sign(self.path)
        self.require_signed()

    def require_signed(self) -> None:
        """All of it was signed, and the log has it once."""
        assert not unfinished.is_unfinished(self.folder, NUMBER)
        assert self.events() == ["signed"]
        assert self.copies.revisions() == [1]
        assert self.status() == "good"


@pytest.fixture
def signing(desk: Desk) -> Signing:
    return Signing(desk)


def fails(error: type[BaseException]) -> Callable[..., NoReturn]:
    """A function that raises `error`."""

    def fail(*arguments: object, **named: object) -> NoReturn:
        raise error("The disk is full.")

    return fail


def once(real: Callable[..., Any], error: BaseException, holds: Callable[..., bool]) -> Any:
    """`real`, which raises `error` at the first call for which `holds` is true."""
    left = [error]

    def do(*arguments: Any, **named: Any) -> Any:
        if left and holds(*arguments, **named):
            raise left.pop()
        return real(*arguments, **named)

    return do


# ── An error: the case is settled at once ────────────────────────────────────────────────


@pytest.mark.parametrize("error", [CannotStore, KeyboardInterrupt])
def test_an_error_before_the_rename_leaves_the_draft(
    signing: Signing, monkeypatch: Patch, error: type[BaseException]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(commit_signature, "replace_unchanged", fails(error))
        with pytest.raises(error):
            signing.commit()
    signing.require_draft()


@pytest.mark.parametrize("name", ["case.toml", "letter.txt", "manifest", "reviewer.sig"])
def test_a_full_disk_leaves_no_half_of_a_sealed_copy(
    signing: Signing, monkeypatch: Patch, name: str
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", once(os.rename, full, lambda _, to, **more: to == name))
        with pytest.raises(CannotStore, match=name):
            signing.commit()
    signing.require_draft()


def test_a_folder_that_is_not_synced_after_the_exchange_holds_the_signed_case(
    signing: Signing, monkeypatch: Patch
) -> None:
    exchanged: list[bool] = []
    real = linux.exchange

    def exchange(*arguments: Any) -> bool:
        exchanged.append(real(*arguments))
        return exchanged[-1]

    def is_last(descriptor: int) -> bool:
        return bool(exchanged) and S_ISDIR(os.fstat(descriptor).st_mode)

    with monkeypatch.context() as patch:
        patch.setattr(linux, "exchange", exchange)
        broken = OSError(errno.EIO, "Input/output error")
        patch.setattr(os, "fsync", once(os.fsync, broken, is_last))
        with pytest.raises(CannotStore, match=f"All the same, {NUMBER} is in the log as `signed`"):
            signing.commit()
    assert exchanged
    signing.require_signed()


def test_a_text_that_comes_in_between_is_put_back(signing: Signing, monkeypatch: Patch) -> None:
    theirs = encode(a_signable_case(items=2))

    def read(path: Path) -> bytes:
        # Another program writes it just after this one looked.
        path.write_bytes(theirs)
        return signing.before

    with monkeypatch.context() as patch:
        patch.setattr(replaced, "read_bytes", read)
        with pytest.raises(ChangedElsewhere):
            signing.commit()
    kept = [each.path.read_bytes() for each in Versions(signing.folder, NUMBER).all()]
    assert theirs in kept
    signing.require_draft(theirs)


def test_in_a_read_only_folder_nothing_is_signed(signing: Signing, monkeypatch: Patch) -> None:
    def is_new(path: object, flags: int, *more: object, **named: object) -> bool:
        return bool(flags & os.O_CREAT)

    read_only = OSError(errno.EROFS, "Read-only file system")
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", once(os.open, read_only, is_new))
        with pytest.raises(CannotStore, match="read-only file system"):
            signing.commit()
    signing.require_draft()


def test_a_log_that_takes_nothing_gets_the_event_at_the_next_start(
    signing: Signing, monkeypatch: Patch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(log_write, "add_lines", fails(CannotStore))
        with pytest.raises(CannotStore, match=f"`signed` was completed for {NUMBER}"):
            signing.commit()
    assert signing.events() == []
    signing.start()
    signing.require_signed()
    signing.start()
    signing.require_signed()


def test_a_log_that_takes_half_a_line_gets_the_event_at_the_next_start(
    signing: Signing, monkeypatch: Patch
) -> None:
    real = os.write

    def write(descriptor: int, data: bytes) -> int:
        # A broken file server: it says that it took all.
        return real(descriptor, data[9:]) + 9

    with monkeypatch.context() as patch:
        patch.setattr(log_write, "_write_all", write)
        with pytest.raises(CannotStore, match="different data"):
            signing.commit()
    signing.start()
    signing.require_signed()


def test_a_letter_that_cannot_be_written_takes_nothing_back(
    signing: Signing, monkeypatch: Patch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "write_letter", fails(CannotStore))
        signing.commit()
        assert signing.events() == ["signed"]
        assert signing.status() == "good"
        with pytest.raises(CannotStore, match="disk is full"):
            write_signed_letter(signing.prepared, SIGNED_AT)
    signing.start()
    signing.require_signed()
    write_signed_letter(signing.prepared, SIGNED_AT)
    assert signing.path.with_suffix(".txt").read_bytes() == signing.copies.read(1).letter


# ── A kill: the next start completes it, or takes it back ────────────────────────────────


def test_killed_before_the_sealed_copy(signing: Signing, monkeypatch: Patch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(SealedCopies, "write", fails(Killed))
        signing.killed(monkeypatch)
    signing.start()
    signing.require_draft()


def test_killed_within_the_sealed_copy(signing: Signing, monkeypatch: Patch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(SealedCopies, "_rename", fails(Killed))
        signing.killed(monkeypatch)
    assert (signing.copies.path / "1.new").exists()
    signing.start()
    signing.require_draft()


def test_killed_before_the_rename(signing: Signing, monkeypatch: Patch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(commit_signature, "replace_unchanged", fails(Killed))
        signing.killed(monkeypatch)
    assert signing.copies.revisions() == [1]
    assert signing.status() == "unsigned"
    signing.start()
    signing.require_draft()


def test_killed_after_the_rename(signing: Signing, monkeypatch: Patch) -> None:
    signing.killed(monkeypatch)
    assert signing.events() == []
    signing.start()
    signing.require_signed()


def test_a_kill_leaves_no_earlier_letter(signing: Signing, monkeypatch: Patch) -> None:
    letter = signing.path.with_suffix(".txt")
    Folder(signing.folder).write_letter(NUMBER, "An earlier draft.\n")
    signing.killed(monkeypatch)
    assert letter.read_text() == "An earlier draft.\n"
    signing.start()
    signing.require_signed()
    assert letter.read_bytes() == signing.copies.read(1).letter


def test_killed_after_the_event(signing: Signing, monkeypatch: Patch) -> None:
    signing.commit()
    step = unfinished.Unfinished(NUMBER, "signed", 1, sha256(signing.prepared.manifest))
    unfinished.begin(signing.folder, step)
    signing.start()
    signing.require_signed()


def test_a_case_that_another_session_has_open_is_settled_later(
    signing: Signing, monkeypatch: Patch
) -> None:
    signing.killed(monkeypatch)
    theirs = claim(signing.folder, NUMBER, Holder(who="other", host="there", pid=1, since=LATER))
    signing.start()
    assert unfinished.is_unfinished(signing.folder, NUMBER)
    theirs.release()
    signing.start()
    signing.require_signed()


# ── Nothing that is signed is taken for a leftover ───────────────────────────────────────


def test_a_signed_revision_is_not_taken_back_with_its_signature_removed(
    signing: Signing, monkeypatch: Patch
) -> None:
    signing.commit()
    step = unfinished.Unfinished(NUMBER, "signed", 1, sha256(signing.prepared.manifest))
    unfinished.begin(signing.folder, step)
    signed = decode(signing.path.read_bytes(), signing.path)
    signing.path.write_bytes(encode(signed.unsigned()))
    signing.start()
    assert signing.copies.revisions() == [1]
    assert signing.status() == "altered"


def test_only_the_revision_of_the_step_is_taken_back(signing: Signing) -> None:
    signing.commit()
    signing.copies.remove(1, sha256(b"another manifest"))
    signing.require_signed()
    signing.copies.remove(1, sha256(signing.prepared.manifest))
    assert not signing.copies.path.exists()


@pytest.mark.parametrize(
    ("number", "status", "error"),
    [(errno.EIO, "unreadable", CannotStore), (errno.ENOENT, "altered", ImrError)],
)
def test_a_disk_that_cannot_be_read_is_no_change(
    signing: Signing, monkeypatch: Patch, number: int, status: str, error: type[ImrError]
) -> None:
    signing.commit()
    real = safe_open.open_file

    def open_file(path: Path, *more: int) -> int:
        if path.name == "reviewer.sig":
            raise OSError(number, os.strerror(number))
        return real(path, *more)

    with monkeypatch.context() as patch:
        patch.setattr(safe_open, "open_file", open_file)
        assert signing.status() == status
        with pytest.raises(error) as raised:
            open_signed(signing.path, signing.desk.trust)
        assert (type(raised.value) is CannotStore) == (status == "unreadable")
        found = standing_module.standing_of_file(signing.path, signing.path.read_bytes())
        assert not found.may_edit
    signing.require_signed()
