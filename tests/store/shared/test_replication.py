"""The replication thread: what its state says, when it sends, and that nothing waits for it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from imr_tui.errors import Unreachable
from imr_tui.store.cases import saver
from imr_tui.store.locking.holder import Held, Holder
from imr_tui.store.shared.replication import replication_thread as replication, share_note, unsent
from imr_tui.store.shared.replication.replicated_folder import ReplicatedFolder
from imr_tui.store.shared.replication.replication_thread import Replication
from imr_tui.store.shared.replication.state import SharedState
from tests.builders import NUMBER
from tests.store.shared.fake_remote import FakeStore, describe
from tests.store.shared.hosts import HostFolder, summary, two_hosts, written

pytestmark = pytest.mark.process

LONG = 10.0
"""Seconds after which a wait that should have ended counts as a failure."""


class States:
    """Collects the states that a replication reports."""

    def __init__(self, replication: Replication) -> None:
        self.seen: list[SharedState] = []
        self.changed = threading.Condition()
        replication.follow(self.note)

    def note(self, state: SharedState) -> None:
        with self.changed:
            self.seen.append(state)
            self.changed.notify_all()

    def wait_for(self, kind: str) -> SharedState:
        with self.changed:
            assert self.changed.wait_for(lambda: self.seen[-1].kind == kind, LONG)
            return self.seen[-1]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is tried again at once."""
    monkeypatch.setattr(saver, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(replication, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(replication, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(unsent, "RETRY_SECONDS", 0.01)


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def hosts(tmp_path: Path, store: FakeStore) -> Iterator[tuple[HostFolder, HostFolder]]:
    both = two_hosts(tmp_path, store)
    yield both
    for host in both:
        host.claims.close()


def test_each_text_is_shared_and_reported(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    ward.write("one")
    assert ward.claims.prepare(NUMBER, ward.me).why_waiting == ""
    claim = ward.claims.claim(NUMBER, ward.me)
    states = States(claim.replication)
    assert states.seen[-1].kind == "shared"
    assert claim.replication.is_shared
    claim.replication.put(written("two"), ward.write("two"))
    assert claim.replication.wait(LONG) == ""
    assert summary(store.text(NUMBER)) == "two"
    assert claim.replication.is_shared
    assert claim.renew()


def test_texts_wait_while_the_store_is_unreachable(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    ward.write("one")
    ward.claims.prepare(NUMBER, ward.me)
    claim = ward.claims.claim(NUMBER, ward.me)
    states = States(claim.replication)
    store.is_down = True
    claim.replication.put(written("two"), ward.write("two"))
    waiting = states.wait_for("waiting")
    assert "does not answer" in waiting.reason
    assert "does not answer" in claim.replication.wait(0.05)
    assert not claim.replication.is_shared
    assert claim.renew()
    claim.replication.put(written("three"), ward.write("three"))
    assert {state.at for state in states.seen if state.kind == "waiting"} == {waiting.at}
    store.is_down = False
    states.wait_for("shared")
    assert claim.replication.wait(LONG) == ""
    assert summary(store.text(NUMBER)) == "three"


def test_a_case_opened_without_the_store_gets_its_lease_later(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, home = hosts
    ward.write("one")
    store.is_down = True
    assert "does not answer" in ward.claims.prepare(NUMBER, ward.me).why_waiting
    claim = ward.claims.claim(NUMBER, ward.me)
    states = States(claim.replication)
    assert states.seen[-1].kind == "waiting"
    assert not claim.replication.is_shared
    store.is_down = False
    states.wait_for("shared")
    assert claim.replication.wait(LONG) == ""
    assert summary(store.text(NUMBER)) == "one"
    with pytest.raises(Held):
        home.claims.prepare(NUMBER, home.me)


def test_a_case_that_another_host_took_is_lost_to_its_session(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, home = hosts
    ward.write("one")
    ward.claims.prepare(NUMBER, ward.me)
    claim = ward.claims.claim(NUMBER, ward.me)
    states = States(claim.replication)
    store.claims.pop(NUMBER)
    other = home.connect().claim(NUMBER, "other", home.me)
    claim.replication.put(written("two"), ward.write("two"))
    lost = states.wait_for("lost")
    assert lost.holder is not None
    assert lost.holder.host == "home"
    assert not claim.renew()
    assert claim.replication.wait(LONG) == lost.reason
    assert summary(store.text(NUMBER)) == "one"
    other.release()
    claim.release()
    assert claim.replication.join(LONG)
    assert ward.folder.holder(NUMBER) is None


def test_a_text_changed_elsewhere_meanwhile_is_not_replaced(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, home = hosts
    ward.write("one")
    ward.claims.prepare(NUMBER, ward.me)
    claim = ward.claims.claim(NUMBER, ward.me)
    claim.release()
    assert claim.replication.join(LONG)
    store.is_down = True
    ward.claims.prepare(NUMBER, ward.me)
    again = ward.claims.claim(NUMBER, ward.me)
    states = States(again.replication)
    again.replication.put(written("ours"), ward.write("ours"))
    store.save_as("elsewhere", NUMBER, home.write("theirs"))
    store.is_down = False
    assert "changed" in states.wait_for("lost").reason
    # What is open is not exchanged under the reviewer's hands.
    assert (ward.text(), list(ward.asides())) == ("ours", [])
    again.release()
    assert again.replication.join(LONG)
    assert "two versions" in ward.claims.prepare(NUMBER, ward.me).says
    ward.claims.discard(NUMBER)
    assert (ward.text(), list(ward.asides())) == ("theirs", ["ours"])


def test_leaving_sends_the_last_text_and_gives_the_case_up(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, home = hosts
    ward.write("one")
    ward.claims.prepare(NUMBER, ward.me)
    claim = ward.claims.claim(NUMBER, ward.me)
    claim.replication.put(written("two"), ward.write("two"))
    claim.release()
    assert not claim.is_held
    # The next session of this process waits for the one that leaves.
    assert ward.claims.prepare(NUMBER, ward.me).why_waiting == ""
    ward.claims.discard(NUMBER)
    assert summary(store.text(NUMBER)) == "two"
    home.claims.prepare(NUMBER, home.me)
    assert home.text() == "two"


def test_what_could_not_be_sent_is_named_and_sent_later(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    ward.write("one")
    ward.claims.prepare(NUMBER, ward.me)
    claim = ward.claims.claim(NUMBER, ward.me)
    store.is_down = True
    claim.replication.put(written("two"), ward.write("two"))
    assert ward.claims.close(LONG) == (NUMBER,)
    store.is_down = False
    store.end_leases()
    later = ReplicatedFolder(ward.folder, ward.connect, describe)
    told: list[str] = []
    later.send_unsent(ward.me, told.append)
    wait_until(lambda: summary(store.text(NUMBER)) == "two")
    later.close()
    assert told == []


def test_unsent_texts_are_sent_once_the_store_answers(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    other = f"{NUMBER}2"
    ward.write("one")
    ward.write("another", other)
    (ward.folder.path / "CM26-0000009.toml").write_text("damaged")
    store.is_down = True
    ward.claims.send_unsent(ward.me)
    store.is_down = False
    wait_until(lambda: set(store.bodies) == {NUMBER, other} and not store.claims)


def test_the_folder_is_read_again_only_once_the_store_answers(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward, _ = hosts
    ward.write("one")
    reads: list[Path] = []
    tries: list[str] = []
    require_up = store.require_up

    def read(folder: Path) -> Iterator[str]:
        reads.append(folder)
        return share_note.unsent(folder)

    def note_try() -> None:
        tries.append("")
        require_up()

    monkeypatch.setattr(unsent, "unsent", read)
    monkeypatch.setattr(store, "require_up", note_try)
    store.is_down = True
    ward.claims.send_unsent(ward.me)
    wait_until(lambda: len(tries) > 3)
    assert len(reads) == 1
    store.is_down = False
    wait_until(lambda: len(reads) == 2)
    assert set(store.bodies) == {NUMBER}


def test_requests_go_to_the_session_that_has_the_case(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, home = hosts
    ward.write("one")
    ward.claims.prepare(NUMBER, ward.me)
    claim = ward.claims.claim(NUMBER, ward.me)
    there = home.claims.holder(NUMBER)
    assert there is not None
    assert there.host == "ward"
    request = home.claims.ask(NUMBER, home.me)
    assert request.stands
    wait_until(lambda: claim.request() is not None)
    asking = claim.request()
    assert asking is not None
    assert asking.host == "home"
    claim.refuse()
    wait_until(lambda: not request.stands)
    store.is_down = True
    request.withdraw()
    with pytest.raises(Unreachable):
        home.claims.holder(NUMBER)


def test_only_a_case_of_the_folder_opens_without_the_store(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, home = hosts
    ward.write("one")
    ward.claims.prepare(NUMBER, ward.me)
    ward.claims.discard(NUMBER)
    store.is_down = True
    with pytest.raises(Unreachable):
        home.claims.prepare(NUMBER, home.me)
    assert home.folder.holder(NUMBER) is None


def test_what_cannot_be_claimed_here_is_not_claimed_there(
    hosts: tuple[HostFolder, HostFolder], store: FakeStore
) -> None:
    ward, _ = hosts
    ward.write("one")
    local = ward.folder.claim(NUMBER, Holder(who="somebody"))
    with pytest.raises(Held):
        ward.claims.prepare(NUMBER, ward.me)
    assert not store.claims
    local.release()


def wait_until(condition: object) -> None:
    """Wait until a condition holds."""
    assert callable(condition)
    moment = threading.Event()
    for _ in range(int(LONG / 0.01)):
        if condition():
            return
        moment.wait(0.01)
    raise AssertionError("it did not come about")
