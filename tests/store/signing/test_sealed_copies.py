"""The sealed copies of signed cases, and the notes about steps that were begun."""

import os
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, CannotStore
from imr_tui.model.limits import MAX_REVISION
from imr_tui.signing.digest import sha256
from imr_tui.store.safety import atomic
from imr_tui.store.signing import unfinished, waiting
from imr_tui.store.signing.sealed_copies import MAX_SIGNATURE, Sealed, SealedCopies
from imr_tui.store.signing.unfinished import Unfinished
from imr_tui.store.signing.waiting import Waiting
from tests.builders import NUMBER, names
from tests.rows import each_row

SEALED = Sealed(b"case", b"letter", b"manifest", b"signature")
DIGEST = sha256(b"manifest")
STEP = Unfinished(NUMBER, "signed", 1, DIGEST)


def test_a_revision_is_read_as_it_was_written(cases: Path) -> None:
    copies = SealedCopies(cases, NUMBER)
    assert copies.revisions() == []
    copies.write(1, SEALED)
    copies.write(2, SEALED._replace(letter=b"corrected"))
    assert copies.revisions() == [1, 2]
    assert copies.read(1) == SEALED
    assert copies.read(2).letter == b"corrected"
    assert (cases / f".imr/signed/{NUMBER}/1").stat().st_mode & 0o777 == 0o700


def test_a_revision_is_never_replaced(cases: Path) -> None:
    copies = SealedCopies(cases, NUMBER)
    copies.write(1, SEALED)
    with pytest.raises(CannotStore, match="could not be written"):
        copies.write(1, SEALED._replace(letter=b"another"))
    assert copies.read(1) == SEALED


def test_a_revision_is_written_whole_or_not_at_all(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies, write = SealedCopies(cases, NUMBER), atomic.write

    def fail(path: Path, data: bytes) -> None:
        if path.name == "manifest":
            raise CannotStore("The disk is full.")
        write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write", fail)
        with pytest.raises(CannotStore):
            copies.write(1, SEALED)
    assert copies.revisions() == []
    copies.write(1, SEALED)
    assert copies.read(1) == SEALED
    assert names(copies.path) == ["1"]


def test_a_seal_is_added_once(cases: Path) -> None:
    copies = SealedCopies(cases, NUMBER)
    copies.write(1, SEALED)
    assert copies.add_seal(1, b"seal")
    assert not copies.add_seal(1, b"another")
    assert copies.read(1) == SEALED._replace(organization=b"seal")


def test_what_was_never_signed_is_removed(cases: Path) -> None:
    copies = SealedCopies(cases, NUMBER)
    copies.write(1, SEALED)
    copies.write(2, SEALED)
    copies.remove(2, DIGEST)
    assert copies.revisions() == [1]
    # Another one was signed under this number.
    copies.remove(1, sha256(b"another manifest"))
    assert copies.read(1) == SEALED
    copies.remove(1, DIGEST)
    copies.remove(1, DIGEST)
    assert not copies.path.exists()


@each_row("name", ["0", "01", "1.new", "x", "-1", str(MAX_REVISION * 10), "\u0661"])
def test_other_names_are_no_revisions(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("cases")
    copies = SealedCopies(folder, NUMBER)
    (copies.path / name).mkdir(parents=True)
    assert copies.revisions() == []


def test_a_large_signature_is_not_read(cases: Path) -> None:
    copies = SealedCopies(cases, NUMBER)
    copies.write(1, SEALED._replace(reviewer=b"x" * (MAX_SIGNATURE + 1)))
    with pytest.raises(CannotStore, match="is larger than"):
        copies.read(1)


def test_a_link_is_not_followed(cases: Path, tmp_path: Path) -> None:
    copies = SealedCopies(cases, NUMBER)
    copies.write(1, SEALED)
    other = tmp_path / "elsewhere"
    (copies.path / "1").rename(other)
    (copies.path / "1").symlink_to(other)
    with pytest.raises(CannotStore, match="link"):
        copies.read(1)


def test_a_step_is_noted_until_it_ends(cases: Path) -> None:
    assert list(unfinished.unfinished(cases)) == []
    unfinished.begin(cases, STEP)
    assert list(unfinished.unfinished(cases)) == [STEP]
    assert unfinished.is_unfinished(cases, NUMBER)
    unfinished.end(cases, NUMBER)
    unfinished.end(cases, NUMBER)
    assert not unfinished.is_unfinished(cases, NUMBER)


@each_row(
    "note",
    [
        b"",
        b"1",
        f"0 {DIGEST} signed\n".encode(),
        f"01 {DIGEST} signed\n".encode(),
        f"{MAX_REVISION + 1} {DIGEST} signed\n".encode(),
        f"1 {DIGEST[:-1]} signed\n".encode(),
        f"1 {DIGEST} Signed\n".encode(),
        f"1 {DIGEST} opened\n".encode(),
        f"1 {DIGEST} signed".encode(),
        b"\xff" * 80,
        b"x" * 1_000,
    ],
)
def test_another_note_is_ignored(tmp_path_factory: pytest.TempPathFactory, note: bytes) -> None:
    folder = tmp_path_factory.mktemp("cases")
    unfinished.begin(folder, STEP)
    (folder / ".imr/unfinished" / NUMBER).write_bytes(note)
    assert list(unfinished.unfinished(folder)) == []


def test_what_waits_for_a_signature_is_kept(cases: Path) -> None:
    kept = Waiting(b"before", b"case", b"letter", b"manifest")
    with pytest.raises(BadInput, match="No signature of"):
        waiting.read(cases, NUMBER)
    waiting.keep(cases, NUMBER, kept)
    waiting.keep(cases, NUMBER, kept._replace(letter=b"newer"))
    assert waiting.read(cases, NUMBER) == kept._replace(letter=b"newer")
    waiting.drop(cases, NUMBER)
    waiting.drop(cases, NUMBER)
    assert names(cases / ".imr/waiting") == []


def test_a_step_of_another_account_is_left_to_it(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfinished.begin(cases, STEP)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert list(unfinished.unfinished(cases)) == []
    assert unfinished.is_unfinished(cases, NUMBER)


def test_a_step_names_its_signer(cases: Path) -> None:
    step = STEP._replace(signer="jdoe@clinic")
    unfinished.begin(cases, step)
    assert list(unfinished.unfinished(cases)) == [step]
