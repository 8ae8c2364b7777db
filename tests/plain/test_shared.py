"""Plain mode on a machine with a shared store: opening, the waits, and the list of cases."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

import pytest

from imr_tui.errors import Unreachable
from imr_tui.plain.app import PlainApp
from imr_tui.session import shared_cases
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.contract import Query
from imr_tui.store.locking import poller
from imr_tui.store.locking.holder import Holder
from imr_tui.store.shared.replication import case_lease
from imr_tui.store.shared.replication.replicated_folder import ReplicatedFolder
from imr_tui.store.shared.replication.replication_thread import Replication
from imr_tui.store.worklist.rows import Row
from tests.builders import NUMBER
from tests.plain.driving import Talker, talking
from tests.store.shared.fake_remote import Claimed, FakeStore, connections, describe

JANE = Holder(who="drjane", host="ward-3")
SHARED = Host(shared="postgresql://db.example/imr")
ELSEWHERE = "CM26-0000009"


class Rows:
    """The worklist of the shared store, of which no server is asked."""

    def rows(self, query: Query, after: Row | None, limit: int) -> Sequence[Row]:
        if query.words == "unreachable":
            raise Unreachable("The shared store does not answer.")
        numbers = {"mine": (NUMBER, ELSEWHERE), "unassigned": (), "all": (ELSEWHERE,)}
        return [Row(f"{each}.toml", each, state="draft") for each in numbers[query.scope]]


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks that come fifty times as often."""
    monkeypatch.setattr(poller, "SECONDS", 0.02)
    defaults = Replication.__init__.__kwdefaults__ or {}
    monkeypatch.setitem(defaults, "pause", 0.02)
    monkeypatch.setitem(defaults, "look", 0.02)
    monkeypatch.setattr(case_lease, "RENEW_SECONDS", 0.02)
    monkeypatch.setattr(shared_cases, "WAIT_SECONDS", 0.3)
    monkeypatch.setattr("imr_tui.store.shared.connection.driver.require_driver", lambda: None)
    monkeypatch.setattr("imr_tui.store.shared.worklist.rows.shared_rows", lambda *_: Rows())


def sharing(folder: Folder, store: FakeStore, number: str = "") -> AbstractContextManager[Talker]:
    """A session on a machine with the shared store."""

    def prepare(app: PlainApp) -> None:
        app.make_shared = lambda: ReplicatedFolder(folder, connections(store), describe)

    return talking(folder, number, SHARED, prepare=prepare)


@pytest.mark.slow
def test_the_list_has_the_cases_of_the_shared_store(surgery: Folder, store: FakeStore) -> None:
    with sharing(surgery, store) as talker:
        said = talker.wait_for()
        assert f"1. {NUMBER}, " in said
        assert f"2. {ELSEWHERE}, " in said
        assert "The list has cases without a reviewer." in talker.type("a")
        said = talker.type("a")
        assert "The list has the cases of all reviewers." in said
        assert f"1. {ELSEWHERE}, " in said
        talker.type("a")
        assert "Error: The shared store does not answer." in talker.type("f unreachable")


def test_what_is_typed_is_shared(surgery: Folder, store: FakeStore) -> None:
    with sharing(surgery, store) as talker:
        talker.wait_for()
        said = talker.type("o 1")
        assert f"{NUMBER} is fetched from the shared store." in said
        talker.type("g summary")
        talker.type("i Typed here.")
        talker.type("g review")
        talker.type("w", "y yes, n no: ")
        talker.type("y")
        assert "Typed here." in store.text(NUMBER).decode()
        assert "Error" not in talker.text
    assert store.text(NUMBER) == surgery.path_of(NUMBER).read_bytes()


@pytest.mark.slow
def test_a_letter_waits_for_the_shared_store(surgery: Folder, store: FakeStore) -> None:
    with sharing(surgery, store) as talker:
        talker.wait_for()
        talker.type("o 1")
        store.is_down = True
        talker.type("g summary")
        talker.type("i Typed here.")
        talker.type("g review")
        talker.type("w", "y yes, n no: ")
        said = talker.type("y")
        assert f"Error: {NUMBER} is not shared yet." in said
        assert not surgery.written_letter(talker.app.session.case)
        assert f"{NUMBER} is not shared yet. It is saved here" in talker.type("q")


@pytest.mark.slow
def test_a_case_that_another_host_has_is_taken_over(surgery: Folder, store: FakeStore) -> None:
    with sharing(surgery, store) as talker:
        talker.wait_for()
        talker.type("o 1")
        talker.type("q")
        while store.claims.get(NUMBER) is not None:
            talker.type("")
        store.claims[NUMBER] = Claimed("another session", store.fence(), JANE)
        assert "drjane on ward-3 has" in talker.type("o 1")
        assert "Asked drjane on ward-3 for the case." in talker.type("take")
        del store.claims[NUMBER]
        while "You can edit this case now." not in talker.type("save"):
            pass
