"""What is sent and brought from where, and that neither side's text is lost."""

from pathlib import Path

import pytest

from imr_tui.errors import CannotStore, ChangedElsewhere, Unreachable
from imr_tui.store.locking.holder import Held
from imr_tui.store.shared.replication.sending import Text
from imr_tui.store.shared.replication.share_note import is_unsent, read_note, unsent
from tests.builders import NUMBER
from tests.store.shared.fake_remote import FakeStore
from tests.store.shared.hosts import HostFolder, summary, two_hosts, written


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def hosts(tmp_path: Path, store: FakeStore) -> tuple[HostFolder, HostFolder]:
    return two_hosts(tmp_path, store)


def test_a_new_case_is_added_and_its_texts_follow(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    data = ward.write("one")
    sending = ward.sending()
    assert sending.open().divergence == "same"
    assert store.bodies[NUMBER] == [data]
    sending.send(Text(ward.write("two"), written("two")))
    sending.send(Text(ward.write("three")))
    assert list(map(summary, store.bodies[NUMBER])) == ["one", "two", "three"]
    note = read_note(ward.folder.path, NUMBER)
    assert note is not None
    assert (note.revision, note.sent) == (3, ())
    assert not is_unsent(ward.folder.path, NUMBER)


def test_another_host_continues(hosts: tuple[HostFolder, HostFolder], store: FakeStore) -> None:
    ward, home = hosts
    ward.write("one")
    first = ward.sending()
    first.open()
    with pytest.raises(Held) as held:
        home.sending().open()
    assert held.value.holder.host == "ward"
    # It can be read there meanwhile.
    assert home.text() == "one"
    first.lease.release()
    second = home.sending()
    assert second.open().divergence == "same"
    second.send(Text(home.write("two")))
    second.lease.release()
    back = ward.sending()
    assert back.open().divergence == "theirs"
    assert ward.text() == "two"
    assert ward.versions() == ["one"]
    assert not ward.asides()


def test_reading_what_another_host_has_replaces_no_text_of_this_one(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, home = hosts
    ward.write("theirs")
    ward.sending().open()
    home.write("ours")
    with pytest.raises(Held):
        home.sending().open()
    assert (home.text(), list(home.asides())) == ("ours", [])


def test_an_unsent_text_is_sent_by_the_next_session(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    ward.write("one")
    first = ward.sending()
    first.open()
    first.lease.release()
    ward.write("two")
    assert list(unsent(ward.folder.path)) == [NUMBER]
    second = ward.sending()
    assert second.open().divergence == "ours"
    assert second.is_unsent
    second.send(Text())
    assert summary(store.text(NUMBER)) == "two"
    assert not second.is_unsent


def test_both_texts_are_kept_if_both_sides_changed(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, home = hosts
    ward.write("one")
    first = ward.sending()
    first.open()
    first.lease.release()
    there = home.sending()
    there.open()
    there.send(Text(home.write("theirs")))
    there.lease.release()
    ward.write("ours")
    for _ in range(2):
        # The second time, as if killed before the file was replaced.
        session = ward.sending()
        pulled = session.open()
        session.lease.release()
        ward.write("ours") if ward.text() == "ours" else None
    assert pulled.divergence == "same"
    assert ward.text() == "theirs"
    assert ward.asides() == ["ours"]
    assert "two versions" in type(pulled)("both", pulled.there).says(NUMBER)


def test_a_text_set_aside_by_a_killed_session_is_not_set_aside_twice(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    store.save_as("elsewhere", NUMBER, ward.write("theirs"))
    for _ in range(2):
        ward.write("ours")
        session = ward.sending()
        session.open()
        session.lease.release()
        (ward.folder.path / f".imr/shared/cases/{NUMBER}.toml").unlink()
    assert ward.asides() == ["ours"]


def test_a_lost_answer_is_no_change_by_others(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    ward.write("one")
    first = ward.sending()
    first.open()
    store.loses_answers = True
    for text in ("two", "three"):
        with pytest.raises(Unreachable):
            first.send(Text(ward.write(text)))
    store.loses_answers = False
    # Killed now, after the reviewer took the change back.
    ward.write("one")
    store.end_leases()
    second = ward.sending()
    assert second.open().divergence == "ours"
    second.send(Text())
    assert summary(store.text(NUMBER)) == "one" == ward.text()
    assert not ward.asides()


def test_the_same_session_replaces_what_was_not_acknowledged(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    ward.write("one")
    first = ward.sending()
    first.open()
    store.loses_answers = True
    with pytest.raises(Unreachable):
        first.send(Text(ward.write("two")))
    store.loses_answers = False
    store.end_leases()
    first.send(Text(ward.write("three")))
    assert list(map(summary, store.bodies[NUMBER])) == ["one", "two", "three"]


def test_a_session_that_another_one_replaced_sends_nothing(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, home = hosts
    ward.write("one")
    first = ward.sending()
    first.open()
    store.end_leases()
    second = home.sending()
    second.open()
    with pytest.raises(Held):
        first.send(Text(ward.write("ours")))
    second.send(Text(home.write("theirs")))
    second.lease.release()
    with pytest.raises(ChangedElsewhere):
        first.send(Text(ward.write("ours")))
    assert summary(store.text(NUMBER)) == "theirs"
    assert ward.text() == "ours"
    assert store.claims == {}


def test_a_lease_that_nobody_took_is_claimed_again(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    ward.write("one")
    first = ward.sending()
    first.open()
    store.claims.clear()
    first.send(Text(ward.write("two")))
    assert summary(store.text(NUMBER)) == "two"


def test_a_killed_session_of_this_folder_keeps_nobody_waiting(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, home = hosts
    ward.write("one")
    ward.sending().open()
    with pytest.raises(Held):
        home.sending().open()
    assert ward.sending().open().divergence == "same"


def test_a_running_session_of_another_process_is_not_replaced(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    ward.write("one")
    ward.sending("elsewhere-1-00000000").open()
    with pytest.raises(Held):
        ward.sending().open()


def test_files_are_sent_and_brought_with_the_text(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, home = hosts
    ward.write("one")
    first = ward.sending()
    first.open()
    ward.folder.write_letter(NUMBER, "letter\n", written("one"))
    assert is_unsent(ward.folder.path, NUMBER)
    first.send(Text())
    first.lease.release()
    assert not is_unsent(ward.folder.path, NUMBER)
    (home.folder.path / f"{NUMBER}.txt").write_text("another\n")
    second = home.sending()
    second.open()
    assert (home.folder.path / f"{NUMBER}.txt").read_text() == "letter\n"
    originals = home.folder.path / ".imr" / "originals"
    assert [path.read_text() for path in originals.iterdir()] == ["another\n"]
    assert home.folder.written_letter(written("one")) is not None


def test_a_case_of_another_reviewer_stays_here(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    store.save_as("bob", NUMBER, ward.write("his"))
    store.foreign.add(NUMBER)
    ward.write("ours")
    with pytest.raises(CannotStore, match="another reviewer"):
        ward.sending().open()
    assert ward.text() == "ours"


def test_nothing_changes_here_while_the_store_is_unreachable(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    store.save_as("elsewhere", NUMBER, ward.write("theirs"))
    ward.write("ours")
    store.is_down = True
    with pytest.raises(Unreachable):
        ward.sending().open()
    assert (ward.text(), list(ward.asides())) == ("ours", [])
