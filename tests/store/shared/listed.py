"""Rows of the worklist in the shared store, for tests: what is there, and what should be found."""

import random
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from json import dumps
from pathlib import Path

from imr_tui.store.shared.connection.address import address_of
from imr_tui.store.shared.connection.database import Database
from imr_tui.store.shared.connection.server_memory import ServerMemory
from imr_tui.store.worklist.rows import Row
from tests.postgres.fixtures import SharedDatabase

TODAY = date(2026, 11, 23)
_STATES = (
    *("draft", "ready", "ready", "broken", "written", "signed", "signed", "closed", "altered"),
    *("changed since written", "correcting"),
)
_REQUESTS = ("MRI of the lumbar spine", "lateral release 10%", "acupuncture", "a_b \\ c%", "Norco")
_INSERT = """
insert into cases (number, body, digest, reviewer, due, rank, state, priority, items, decided,
    words, prose, shown, session, sequence, changed)
values (%(number)s, '', '', %(reviewer)s, %(due)s, %(rank)s, %(state)s, %(priority)s, %(items)s,
    %(decided)s, %(words)s, %(prose)s, %(shown)s, 'test', 1, %(changed)s)
"""


def a_database(shared: SharedDatabase, role: str, folder: Path) -> Database:
    """The database as a role uses it; `folder` remembers the server."""
    return Database(address_of(shared.url(role), role), ServerMemory(folder))


def some_rows(count: int, seed: int = 1) -> list[Row]:
    """Rows of all kinds of cases, some with the same due date."""
    chance = random.Random(seed)
    return [_row(chance, n) for n in range(count)]


def _row(chance: random.Random, n: int) -> Row:
    state, number = chance.choice(_STATES), f"CM26-{n:07}"
    due = chance.choice(("", *(str(TODAY + timedelta(days=days)) for days in range(-4, 5))))
    requests = [chance.choice(_REQUESTS) for _ in range(chance.randrange(3))]
    is_made = state in ("written", "signed", "altered", "changed since written")
    return Row(
        f"{number}.toml",
        number,
        due=due,
        decided_on=str(TODAY) if chance.random() < 0.3 else "",
        priority=chance.choice(("standard", "expedited")),
        items=len(requests),
        state=state,
        words=" ".join((number, state, *requests)).casefold(),
        held=number,
        request="".join(requests[:1]),
        written="2026-11-20T10:00:00Z" if is_made else "",
        note="The due date changed." if chance.random() < 0.15 else "",
    )


def store(
    database: Database,
    rows: Iterable[Row],
    reviewer: str = "alice",
    prose: str = "",
    hours: int = 0,
) -> None:
    """Put rows into the store, each changed an hour after the one before it."""
    changed = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=hours)
    with database.transaction():
        for row in rows:
            changed += timedelta(hours=1)
            shown = {key: value for key, value in asdict(row).items() if value}
            for name in ("name", "number", "due", "priority", "items", "decided", "state", "words"):
                shown.pop(name, None)
            values = asdict(row) | {"rank": row.rank, "due": row.due or "infinity"}
            values |= {"reviewer": reviewer, "prose": prose, "changed": changed}
            database.run(_INSERT, values | {"shown": dumps(shown)})
