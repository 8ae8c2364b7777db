"""The worklist of the shared store: its pages, its filter, whose cases, and when it is away."""

import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from imr_tui.errors import Unreachable
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model.case import Case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import account_name
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.contract import Query, Scope
from imr_tui.store.shared.worklist.rows import SharedRow
from imr_tui.store.worklist.rows import Row
from imr_tui.store.worklist.selection import matches
from imr_tui.ui.app import ImrApp
from imr_tui.ui.features.case_rows import row_sources, shared_pages, shared_reader
from imr_tui.ui.stages.worklist import WorklistScreen
from imr_tui.ui.widgets.case_table import CaseTable
from tests.postgres.fixtures import SharedDatabase
from tests.store.shared import listed
from tests.store.shared.listed import a_database
from tests.ui.conftest import FRESH, NOW, SEED, put
from tests.ui.driving import press, running, shown, the_app, until
from tests.ui.test_worklist import at_cursor, lines

CHANGED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
AWAY = "The shared store on db:5432 closed the connection. Your own folder still works."


def a_row(n: int, state: str = "draft", request: str = "MRI") -> Row:
    number = f"CM26-{n:07}"
    written = "2026-11-20T10:00:00Z" if state == "signed" else ""
    return Row(
        f"{number}.toml",
        number,
        due="2026-12-20",
        priority="standard",
        items=1,
        state=state,
        words=f"{number} {state} {request}".casefold(),
        request=request,
        written=written,
    )


@dataclass
class FakeStore:
    """The shared store as the worklist sees it; waits while `gate` is closed."""

    mine: list[Row] = field(default_factory=lambda: [a_row(n) for n in range(1, 4)])
    unassigned: list[Row] = field(default_factory=lambda: [a_row(501, request="knee")])
    of_others: list[Row] = field(default_factory=lambda: [a_row(601, request="spine")])
    coordinator: bool = False
    is_away: bool = False
    unshared: set[str] = field(default_factory=set)
    queries: list[Query] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    permits: threading.Semaphore | None = None

    def is_coordinator(self) -> bool:
        return self.coordinator

    def page(self, query: Query, after: SharedRow | None, limit: int) -> list[SharedRow]:
        self.queries.append(query)
        assert self.gate.wait(10)
        assert self.permits is None or self.permits.acquire(timeout=10)
        if self.is_away:
            raise Unreachable(AWAY)
        found = sorted(self._found(query), key=lambda row: row.urgency)
        start = 0 if after is None else found.index(after.row) + 1
        return [SharedRow(row, CHANGED) for row in found[start : start + limit]]

    def _found(self, query: Query) -> Iterator[Row]:
        is_wanted = matches(query.words.removeprefix("text:"), query.today)
        for row in self._of(query.scope):
            if is_wanted(row) and (query.shows_finished or query.words or not row.is_finished):
                yield row

    def _of(self, scope: Scope) -> list[Row]:
        everything = [*self.mine, *self.unassigned, *self.of_others]
        return {"mine": self.mine, "unassigned": self.unassigned, "all": everything}[scope]

    def finished(self, scope: Scope) -> int:
        return sum(row.is_finished for row in self._of(scope))

    def missing(self, numbers: Collection[str]) -> set[str]:
        return self.unshared & set(numbers)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> FakeStore:
    """The store that the app connects to."""
    made = FakeStore()
    made.gate.set()
    monkeypatch.setattr(row_sources, "_connect", lambda app: made)
    monkeypatch.setattr(shared_pages, "AFTER_FRAME_SECONDS", 0)
    return made


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is asked again soon."""
    monkeypatch.setattr(shared_reader, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(shared_reader, "RETRY_SECONDS", 0.05)


@pytest.fixture
def app(folder: Folder) -> ImrApp:
    host = Host(shared="postgresql://db/imr")
    return ImrApp(folder, Letterhead(), lambda: NOW, host=host)


def scopes(pilot: Pilot[None]) -> Sequence[Scope]:
    screen = pilot.app.screen
    assert isinstance(screen, WorklistScreen)
    return screen._source.scopes


def numbers(pilot: Pilot[None]) -> list[str]:
    return [line.split()[0].strip(">") for line in lines(pilot)]


async def until_listed(pilot: Pilot[None], *expected: str) -> None:
    await until(pilot, lambda: numbers(pilot) == list(expected))


async def test_the_cases_are_those_of_the_shared_store(app: ImrApp, store: FakeStore) -> None:
    async with running(app) as pilot:
        await until_listed(pilot, "CM26-0000001", "CM26-0000002", "CM26-0000003")


async def test_until_it_answers_the_folder_is_listed(app: ImrApp, store: FakeStore) -> None:
    store.gate.clear()
    store.mine.append(a_row(190442))
    async with running(app) as pilot:
        await press(pilot, "down")
        assert numbers(pilot) == [SEED, FRESH]
        store.gate.set()
        await until(pilot, lambda: len(lines(pilot)) == 4)
        assert at_cursor(pilot) == FRESH


@pytest.mark.slow
async def test_a_case_that_only_the_folder_has_is_listed_in_its_place(
    folder: Folder, app: ImrApp, store: FakeStore, often: None
) -> None:
    store.unshared = {SEED, "CM26-8"}
    async with running(app) as pilot:
        await until_listed(pilot, SEED, *(row.number for row in store.mine))
        put(folder, Case.blank("CM26-8"))
        await until_listed(pilot, SEED, *(row.number for row in store.mine), "CM26-8")
        await press(pilot, "slash", *"ready")
        await until_listed(pilot, SEED)


async def test_the_next_page_is_read_before_the_cursor_reaches_it(
    app: ImrApp, store: FakeStore
) -> None:
    store.mine = [a_row(n) for n in range(1, 301)]
    async with running(app) as pilot:
        table = pilot.app.screen.query_one(CaseTable)
        await until(pilot, lambda: len(table._lines) == 75)
        for _ in range(5):
            await press(pilot, "end")
            await until(pilot, lambda: len(table._lines) >= min(300, table.cursor + 61))
        assert len(table._lines) == 300
        assert [line[0] for line in table._lines] == [row.number for row in store.mine]
        asked = len(store.queries)
        await press(pilot, "home", "end", "home")
        assert len(store.queries) == asked


async def test_pages_that_were_read_are_read_again(
    app: ImrApp, store: FakeStore, often: None
) -> None:
    store.mine = [a_row(n) for n in range(1, 301)]
    async with running(app) as pilot:
        table = pilot.app.screen.query_one(CaseTable)
        await until(pilot, lambda: len(table._lines) == 75)
        await press(pilot, "end")
        await until(pilot, lambda: len(table._lines) >= 140)
        number = at_cursor(pilot)
        del store.mine[3]
        store.mine.append(a_row(0))
        await until(pilot, lambda: table._lines[0][0] == "CM26-0000000")
        assert len(table._lines) >= 140
        assert at_cursor(pilot) == number
        assert "CM26-0000004" not in [line[0] for line in table._lines]


async def test_the_filter_asks_the_store(app: ImrApp, store: FakeStore) -> None:
    store.mine = [*(a_row(n) for n in range(1, 200)), a_row(500, request="acupuncture")]
    async with running(app) as pilot:
        await until(pilot, lambda: len(lines(pilot)) > 3)
        await press(pilot, "slash", *"acupun")
        await until_listed(pilot, "CM26-0000500")
        await press(pilot, "escape")
        await until(pilot, lambda: len(lines(pilot)) > 3)


@pytest.mark.slow
async def test_only_the_newest_filter_is_asked_and_shown(app: ImrApp, store: FakeStore) -> None:
    async with running(app) as pilot:
        await until(pilot, lambda: len(lines(pilot)) == 3)
        await press(pilot, "slash")
        store.permits = threading.Semaphore(0)
        asked = len(store.queries)
        await press(pilot, "2")
        await until(pilot, lambda: len(store.queries) > asked)
        await press(pilot, *"999")
        store.permits.release()
        await until(pilot, lambda: len(store.queries) > asked + 1)
        await pilot.pause(0.1)
        assert len(lines(pilot)) == 3
        store.permits.release()
        await until(pilot, lambda: "No case matches the filter" in shown(pilot))
        assert [query.words for query in store.queries[asked:]] == ["2", "2999"]


async def test_enter_waits_for_the_filter_that_was_typed(
    folder: Folder, app: ImrApp, store: FakeStore
) -> None:
    for row in store.mine:
        put(folder, Case.blank(row.number))
    async with running(app) as pilot:
        await until(pilot, lambda: len(lines(pilot)) == 3)
        store.gate.clear()
        threading.Timer(0.2, store.gate.set).start()
        await press(pilot, "slash", *"0000002", "enter")
        await until(pilot, lambda: the_app(pilot).case is not None)
        assert the_app(pilot).open_case.number == "CM26-0000002"


async def test_enter_opens_no_case_of_an_earlier_filter(
    app: ImrApp, store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_pages, "SOON_SECONDS", 0.05)
    async with running(app) as pilot:
        await until(pilot, lambda: len(lines(pilot)) == 3)
        store.gate.clear()
        await press(pilot, "slash", *"0000002", "enter")
        assert "The shared store has not answered yet" in shown(pilot)
        assert the_app(pilot).case is None
        store.gate.set()
        await until_listed(pilot, "CM26-0000002")


async def test_prose_is_searched_in_the_store_the_newest_first(
    app: ImrApp, store: FakeStore
) -> None:
    async with running(app, (80, 24)) as pilot:
        await until(pilot, lambda: len(lines(pilot)) == 3)
        await press(pilot, "slash", *"text:0000002")
        await until_listed(pilot, "CM26-0000002")
        assert "Changed v" in shown(pilot)


async def test_the_pane_shows_a_case_that_is_not_in_the_folder(
    app: ImrApp, store: FakeStore
) -> None:
    async with running(app, (120, 40)) as pilot:
        await until(pilot, lambda: "1, 0 decided" in shown(pilot))
        for words in ("CM26-0000001 draft", "in 27 d", "2026-11-20 09:00"):
            assert words in shown(pilot)


async def test_a_coordinator_sees_whose_cases_are_wanted(app: ImrApp, store: FakeStore) -> None:
    store.coordinator = True
    async with running(app) as pilot:
        await until(pilot, lambda: len(lines(pilot)) == 3)
        await press(pilot, "a")
        await until_listed(pilot, "CM26-0000501")
        assert "Cases without a reviewer" in shown(pilot)
        await press(pilot, "a")
        await until(pilot, lambda: len(lines(pilot)) == 5)
        assert "Cases of all reviewers" in shown(pilot)
        await press(pilot, "a")
        await until(pilot, lambda: len(lines(pilot)) == 3)
        assert "Cases of" not in shown(pilot)
        store.unassigned.clear()
        await press(pilot, "a")
        await until(pilot, lambda: "The shared store has no such case" in shown(pilot))


async def test_a_reviewer_is_told_that_only_a_coordinator_sees_others(
    app: ImrApp, store: FakeStore
) -> None:
    async with running(app) as pilot:
        await until(pilot, lambda: len(lines(pilot)) == 3)
        await press(pilot, "a")
        assert "Only a coordinator" in shown(pilot)
        await press(pilot, "o")
        assert "always sorted by due date" in shown(pilot)
        assert {query.scope for query in store.queries} == {"mine"}


async def test_many_finished_cases_are_folded(app: ImrApp, store: FakeStore) -> None:
    store.mine += [a_row(n, "signed") for n in range(10, 22)]
    async with running(app) as pilot:
        await until(pilot, lambda: "12 finished: . shows them" in shown(pilot))
        assert len(lines(pilot)) == 3
        await press(pilot, "full_stop")
        await until(pilot, lambda: len(lines(pilot)) == 15)
        await press(pilot, "full_stop")
        await until(pilot, lambda: len(lines(pilot)) == 3)
        # A few are shown without being asked for.
        del store.mine[-5:]
        the_app(pilot).screen._source.nudge()  # type: ignore[attr-defined]
        await until(pilot, lambda: len(lines(pilot)) == 10)


async def test_while_the_store_is_away_the_folder_is_listed_and_the_reason_shown(
    app: ImrApp, store: FakeStore, often: None
) -> None:
    async with running(app) as pilot:
        await until(pilot, lambda: len(lines(pilot)) == 3)
        store.is_away = True
        await until_listed(pilot, SEED, FRESH)
        assert "closed the connection" in shown(pilot)
        await press(pilot, "slash", *"ready")
        await until_listed(pilot, SEED)
        store.is_away = False
        await press(pilot, "escape")
        await until_listed(pilot, "CM26-0000001", "CM26-0000002", "CM26-0000003")
        assert "closed the connection" not in shown(pilot)


@pytest.mark.slow
async def test_nobody_asks_while_a_case_is_open(
    folder: Folder, app: ImrApp, store: FakeStore, often: None
) -> None:
    for row in store.mine:
        put(folder, Case.blank(row.number))
    async with running(app) as pilot:
        await until(pilot, lambda: len(lines(pilot)) == 3)
        await press(pilot, "enter")
        await until(pilot, lambda: the_app(pilot).case is not None)
        await pilot.pause(0.1)
        asked = len(store.queries)
        await pilot.pause(0.3)
        assert len(store.queries) == asked


async def test_a_folder_without_a_shared_store_has_no_such_key(folder: Folder) -> None:
    async with running(ImrApp(folder, Letterhead(), lambda: NOW)) as pilot:
        await press(pilot, "a")
        assert "coordinator" not in shown(pilot)
        assert not any(key == "a" for key in pilot.app.screen.active_bindings)


# A real server


def on_server(folder: Folder, url: str, role: str) -> ImrApp:
    host = Host(shared=url, shared_roles={account_name(): role})
    return ImrApp(folder, Letterhead(), lambda: NOW, host=host)


@pytest.mark.slow
@pytest.mark.process
async def test_the_rows_are_those_of_a_real_server(
    folder: Folder, shared_database: SharedDatabase, tmp_path: Path
) -> None:
    with closing(a_database(shared_database, "carol", tmp_path)) as database:
        listed.store(database, [a_row(n) for n in range(1, 120)], prose="Injections.")
        listed.store(database, [a_row(601)], reviewer="bob")
    app = on_server(folder, shared_database.url("alice"), "alice")
    async with running(app) as pilot:
        table = pilot.app.screen.query_one(CaseTable)
        await until(pilot, lambda: len(table._lines) >= 75)
        assert [line[0] for line in table._lines][:2] == [SEED, "CM26-0000001"]
        await press(pilot, "end", "slash", *"text:inject 0000077")
        await until_listed(pilot, "CM26-0000077")
        await press(pilot, "escape", "a")
        assert "Only a coordinator" in shown(pilot)
    app = on_server(folder, shared_database.url("carol"), "carol")
    async with running(app) as pilot:
        # Until the store has answered, nobody is known to be a coordinator.
        await until(pilot, lambda: len(scopes(pilot)) == 3)
        await press(pilot, "a", "a", "slash", *"0000601")
        await until_listed(pilot, "CM26-0000601")


@pytest.mark.process
async def test_a_server_that_is_not_there_is_named(folder: Folder, unused_tcp_port: int) -> None:
    url = f"postgresql://127.0.0.1:{unused_tcp_port}/imr"
    async with running(on_server(folder, url, "alice"), (200, 24)) as pilot:
        await until(pilot, lambda: f"127.0.0.1:{unused_tcp_port} " in shown(pilot))
        assert numbers(pilot) == [SEED, FRESH]


async def test_without_the_driver_the_folder_is_listed_with_the_reason(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    for name in [name for name in sys.modules if name.startswith("imr_tui.store.shared.worklist")]:
        monkeypatch.delitem(sys.modules, name)
    url = "postgresql://127.0.0.1:5/imr"
    async with running(on_server(folder, url, "alice"), (200, 24)) as pilot:
        await until(pilot, lambda: "psycopg is not installed" in shown(pilot))
        assert pilot.app.is_running
        assert set(numbers(pilot)) >= {SEED, FRESH}


async def test_an_address_that_is_wrong_is_told(folder: Folder) -> None:
    async with running(on_server(folder, "mysql://db/imr", "alice"), (200, 24)) as pilot:
        await until(pilot, lambda: "must look like postgresql://" in shown(pilot))
        # The worklist shows it, too, below a message that covers some of its lines.
        assert numbers(pilot)[:2] == [SEED, FRESH]
