"""A second implementation, in SQL over the JSON of generated cases, counts the same."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC
from pathlib import Path
from typing import get_args

import pytest

from imr_tui.model.case import to_plain
from imr_tui.model.limits import Priority
from imr_tui.services.statistics import read_folder
from imr_tui.signing.events import EventName
from imr_tui.statistics.facts import facts_of
from imr_tui.statistics.groups import Group
from imr_tui.statistics.summary import Period, Statistics, summarize
from imr_tui.store.audit import log
from tests.builders import NOW
from tests.statistics.generated import (
    FIRST,
    NAMES,
    Determination,
    determinations,
    write_letters,
)
from tests.statistics.test_categories import REQUESTS

TABLES = """
create table cases(number text, written text, account text, body text);
create table labels(request text primary key, category text);
create table cited(number text, item integer, source text);
"""
ITEMS = """
with counted as (
    select number, written, account, body, json_extract(body, '$.case.priority') as priority
    from cases where written is not null and written between :first and :last),
items as (
    select number, written, account, priority, key as item,
        coalesce(json_extract(value, '$.decision'), '') as decision,
        json_extract(value, '$.request') as request
    from counted, json_each(json_extract(body, '$.items')))
"""
COUNTS = """
count(distinct number), count(*), sum(decision = 'upheld'), sum(decision = 'overturned')
"""
GROUPS = {
    "category": f"{ITEMS} select category, {COUNTS} from items"
    " join labels using (request) group by 1",
    "priority": f"{ITEMS} select priority, {COUNTS} from items group by 1",
    "month": f"{ITEMS} select substr(written, 1, 7), {COUNTS} from items group by 1",
    "reviewer": f"{ITEMS} select account, {COUNTS} from items group by 1",
    "guideline": f"{ITEMS} select source, {COUNTS} from items join"
    " (select distinct number, item, source from cited) using (number, item) group by 1",
}
TOTALS = f"{ITEMS} select {COUNTS} from items"
SEVERAL = f"{ITEMS} select count(*) from (select number from items group by 1 having count(*) > 1)"
CLOCK = """
with days as (
    select cast(julianday(written) - julianday(start) as integer) as days from (
        select written, {start} as start from cases
        where written is not null and written between :first and :last)
    where start <> '' and written >= start),
ranked as (
    select days, row_number() over (order by days) as rank, count(*) over () as whole from days)
select max(whole), avg(days) filter (where rank in ((whole + 1) / 2, (whole + 2) / 2)),
    max(days) filter (where rank = (9 * whole + 9) / 10)
from ranked
"""
STARTS = {
    "assigned": "coalesce(json_extract(body, '$.case.date_assigned'), '')",
    "complete": "max(coalesce(json_extract(body, '$.case.application_received'), ''),"
    " coalesce(json_extract(body, '$.case.records_received'), ''))",
}
Limits = dict[str, str]


def tables(made: list[Determination]) -> sqlite3.Connection:
    """The JSON of the cases in a database, with the labels and the cited sources."""
    database = sqlite3.connect(":memory:")
    database.executescript(TABLES)
    for each in made:
        body = json.dumps(to_plain(each.case), default=str)
        written = str(each.written) if each.written else None
        row = (each.case.number, written, each.account, body)
        database.execute("insert into cases values (?, ?, ?, ?)", row)
        database.executemany(
            "insert into cited values (?, ?, ?)",
            (
                (each.case.number, item, NAMES[source])
                for item, cited in enumerate(each.sources)
                for source in cited
            ),
        )
    database.executemany("insert into labels values (?, ?)", REQUESTS.items())
    return database


@pytest.fixture(
    params=[60, pytest.param(1_000, marks=pytest.mark.slow)], ids=lambda count: f"{count} cases"
)
def made(request: pytest.FixtureRequest) -> list[Determination]:
    return determinations(request.param, seed=22)


@pytest.fixture
def folder(tmp_path: Path, made: list[Determination], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cases on the disk, with an event of the account for each letter."""
    path = tmp_path / "cases"
    path.mkdir(mode=0o700)
    write_letters(path, made)
    # What the last writer did counts, not what others did before and after.
    events: list[tuple[str, EventName, list[Determination]]] = [
        ("somebody", "letter written", made[:5])
    ]
    for account in sorted({each.account for each in made}):
        events.append((account, "letter written", [x for x in made if x.account == account]))
    events.append(("somebody", "opened", made[:5]))
    for account, event, cases in events:
        monkeypatch.setattr(log, "account_name", lambda account=account: account)
        for each in cases:
            log.AuditLog(path).append(each.case.number, event, now=NOW)
    return path


def periods() -> Iterator[tuple[Period, Limits]]:
    yield Period(), {"first": "0000", "last": "9999"}
    part = Period(FIRST.replace(month=6), FIRST.replace(year=2026, month=3))
    yield part, {"first": str(part.first), "last": str(part.last)}


def sizes(groups: tuple[Group, ...]) -> set[tuple[object, ...]]:
    return {(each.key, each.cases, each.items, each.upheld, each.overturned) for each in groups}


def test_sql_counts_the_same(folder: Path, made: list[Determination]) -> None:
    read = read_folder(folder, UTC)
    assert read.problems == ()
    assert read.unfinished == sum(each.written is None for each in made) > 0
    with closing(tables(made)) as database:
        for period, limits in periods():
            for by, query in GROUPS.items():
                counts = summarize(read.cases, by, period)  # type: ignore[arg-type]
                assert sizes(counts.groups) == set(database.execute(query, limits)), by
                assert len(counts.groups) > 1
                assert_totals(counts, database, limits)


def assert_totals(counts: Statistics, database: sqlite3.Connection, limits: Limits) -> None:
    total = (counts.cases, counts.items, counts.upheld, counts.overturned)
    assert total == database.execute(TOTALS, limits).fetchone()
    assert (counts.several,) == database.execute(SEVERAL, limits).fetchone()
    for clock in counts.clocks:
        query = CLOCK.format(start=STARTS[clock.key])
        found = database.execute(query, limits).fetchone()
        assert (clock.cases, clock.median, clock.ninetieth) == found


def test_the_order_is_by_size_or_by_time() -> None:
    cases = [facts_of(each.case, each.written) for each in determinations(60, seed=1)]
    items = [each.items or 0 for each in summarize(cases, "category").groups]
    assert items == sorted(items, reverse=True)
    months = [each.key for each in summarize(cases, "month").groups]
    assert months == sorted(months)
    kinds = [each.key for each in summarize(cases, "priority").groups]
    assert kinds == [each for each in get_args(Priority) if each in kinds]
