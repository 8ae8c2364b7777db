"""The worklist of the shared store: each page, filter and search finds what a folder would find."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import LiteralString

import pytest

from imr_tui.store.contract import Query, Scope
from imr_tui.store.shared.connection.database import Database
from imr_tui.store.shared.worklist import pages
from imr_tui.store.shared.worklist.filters import filter_of
from imr_tui.store.shared.worklist.rows import SharedRow, SharedRows
from imr_tui.store.worklist.rows import Row
from imr_tui.store.worklist.selection import matches
from tests.postgres.fixtures import SharedDatabase
from tests.store.shared.listed import TODAY, a_database, some_rows, store

pytestmark = pytest.mark.process
ROWS = some_rows(80)
LATE = pages.Place(3, "2026-11-25", "CM26-0000000")
FILTERS = (
    *("", "draft", "signed", "lumbar mri", "late", "due<11/25", "due>11/22", "due:today", "due=x"),
    *("state:", "state:dr", "state:new", "state:signed", "state:c", "a_b", "10%", "\\", "q", "n"),
    *("norco state:wr", "late draft", "CM26-0000012", "\0", "\ud800", "nothing at all", "ready q"),
)


@pytest.fixture
def carol(shared_database: SharedDatabase, tmp_path: Path) -> Iterator[Database]:
    with closing(a_database(shared_database, "carol", tmp_path)) as database:
        yield database


@pytest.fixture
def alice(shared_database: SharedDatabase, tmp_path: Path) -> Iterator[Database]:
    with closing(a_database(shared_database, "alice", tmp_path)) as database:
        yield database


def expected(query: Query, rows: list[Row]) -> list[str]:
    """The numbers of the rows that match, by urgency, as the folder's filter says."""
    is_wanted = matches(query.words, query.today)
    shows_finished = query.shows_finished or bool(query.words.strip())
    found = [row for row in rows if is_wanted(row) and (shows_finished or not row.is_finished)]
    return [row.number for row in sorted(found, key=lambda row: row.urgency)]


def all_pages(rows: SharedRows, query: Query, limit: int = 9) -> list[str]:
    """The numbers on all pages."""
    found: list[SharedRow] = []
    while page := rows.page(query, found[-1] if found else None, limit):
        found += page
    return [each.row.number for each in found]


def check_filters(rows: SharedRows, scope: Scope, listed: list[Row]) -> None:
    for words in FILTERS:
        query = Query(TODAY, words, scope, shows_finished=False)
        assert all_pages(rows, query) == expected(query, listed), query
    query = Query(TODAY, "", scope)
    assert all_pages(rows, query) == expected(query, listed)


@pytest.mark.parametrize("window", [3, 1_000])
def test_a_filter_finds_what_it_finds_in_a_folder(
    alice: Database, carol: Database, monkeypatch: pytest.MonkeyPatch, window: int
) -> None:
    monkeypatch.setattr(pages, "FEW", window)
    monkeypatch.setattr(pages, "OFTEN", 2)
    store(carol, ROWS[:50])
    store(carol, ROWS[50:65], reviewer="bob")
    store(carol, ROWS[65:], reviewer="")
    check_filters(SharedRows(alice, "alice"), "mine", ROWS[:50])
    check_filters(SharedRows(carol, "carol"), "all", ROWS)
    check_filters(SharedRows(carol, "carol"), "unassigned", ROWS[65:])
    assert all_pages(SharedRows(carol, "bob"), Query(TODAY)) == expected(Query(TODAY), ROWS[50:65])


def test_a_row_is_as_it_was_stored(alice: Database, carol: Database) -> None:
    store(carol, ROWS)
    query = Query(TODAY)
    found = SharedRows(alice, "alice").rows(query, None, 1_000)
    assert found == sorted(ROWS, key=lambda row: row.urgency)
    after = found[3]
    assert SharedRows(alice, "alice").rows(query, after, 2) == found[4:6]


def test_a_reviewer_sees_no_case_of_another(alice: Database, carol: Database) -> None:
    store(carol, ROWS[:40], reviewer="bob", prose="lumbar")
    store(carol, ROWS[40:], reviewer="", prose="lumbar")
    rows = SharedRows(alice, "bob")
    scopes: tuple[Scope, ...] = ("mine", "unassigned", "all")
    for scope in scopes:
        for words in ("", "draft", "late", "text:lumbar", "state:signed"):
            assert rows.page(Query(TODAY, words, scope), None, 10) == []
        assert rows.finished(scope) == 0
    assert not rows.is_coordinator()
    assert SharedRows(carol, "carol").is_coordinator()


@pytest.mark.parametrize("newest", [2, 500])
def test_prose_is_found_by_stems_the_newest_first(
    alice: Database, carol: Database, monkeypatch: pytest.MonkeyPatch, newest: int
) -> None:
    monkeypatch.setattr(pages, "NEWEST", newest)
    monkeypatch.setattr(pages, "RECENT", newest * 3)
    store(carol, ROWS[:10], prose="Injections of the lumbar spine.")
    store(carol, ROWS[10:20], prose="An injection.", hours=100)
    store(carol, ROWS[20:30], reviewer="bob", prose="An injected knee.", hours=200)
    for database, scope, last in ((alice, "mine", 20), (carol, "all", 30)):
        rows = SharedRows(database, "alice")
        newest_first = [row.number for row in reversed(ROWS[:last])]
        query = Query(TODAY, "text:injecting", scope)  # type: ignore[arg-type]
        assert all_pages(rows, query) == newest_first
        query = query._replace(words="text:injection text:spine")
        assert all_pages(rows, query, 3) == newest_first[-10:]
        query = query._replace(words="text:injection draft")
        drafts = {row.number for row in ROWS if "draft" in row.words}
        assert all_pages(rows, query) == [each for each in newest_first if each in drafts]
        assert all_pages(rows, query._replace(words="text:shoulder")) == []
        # A word that English does not stem is no reason for an error.
        assert all_pages(rows, query._replace(words="text:the text:'&!|")) == []


def test_a_short_word_is_looked_for_among_the_first_finished_cases(
    carol: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "WINDOW", 10)
    store(carol, ROWS)
    finished = [number for number in expected(Query(TODAY), ROWS) if number in _finished()]
    page = SharedRows(carol, "carol").page(Query(TODAY, "cm", "all"), None, 1_000)
    numbers = [each.row.number for each in page]
    assert [number for number in numbers if number in _finished()] == finished[:10]
    assert set(numbers) >= {row.number for row in ROWS if not row.is_finished}


def _finished() -> set[str]:
    return {row.number for row in ROWS if row.is_finished}


def test_finished_cases_are_counted(
    alice: Database, carol: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(carol, ROWS)
    assert SharedRows(alice, "alice").finished("mine") == len(_finished())
    assert SharedRows(carol, "carol").finished("all") == len(_finished())
    monkeypatch.setattr("imr_tui.store.shared.worklist.rows.MAX_COUNT", 4)
    assert SharedRows(carol, "carol").finished("all") == 4


@pytest.mark.parametrize(
    ("role", "whose", "index"),
    [
        ("alice", "reviewer = %(reviewer)s", "cases_reviewer_finished"),
        ("carol", "true", "cases_finished"),
    ],
)
def test_a_page_of_finished_cases_is_read_in_the_order_of_an_index(
    shared_database: SharedDatabase,
    carol: Database,
    tmp_path: Path,
    role: str,
    whose: LiteralString,
    index: str,
) -> None:
    store(carol, some_rows(2_000))
    values = {"reviewer": role, "limit": 9}
    (memory := tmp_path / "memory").mkdir()
    with closing(a_database(shared_database, role, memory)) as database:
        scan = pages.Scan("number", whose, filter_of("", TODAY), LATE, whose == "true")
        step = next(scan.by_urgency(shows_finished=True))
        # A table as small as this one is rather read as a whole.
        database.run("set enable_seqscan = off")
        database.run("set enable_bitmapscan = off")
        plan = database.run(f"explain {step.sql}", step.values | values)
    # Sorting would read every finished case of the reviewer for each page.
    assert index in str(plan)
    assert "Sort" not in str(plan)
