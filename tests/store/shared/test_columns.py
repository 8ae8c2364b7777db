"""What the shared store knows of a case besides its file."""

from collections.abc import Callable, Iterator
from itertools import count, islice, product
from pathlib import Path

import pytest
from hypothesis import given, settings

from imr_tui import checks
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.shared.cases.columns import (
    MAX_PROSE,
    NO_LIMIT,
    ROW,
    columns_of,
    prose_of,
    row_from,
)
from imr_tui.store.shared.cases.saves import Outgoing, create, fetch
from imr_tui.store.shared.connection.connection import Connection
from imr_tui.store.worklist.listing import rows_of
from imr_tui.store.worklist.rows import Row
from tests.builders import DAY, NOW, NUMBER, a_case, a_complete_case, saved
from tests.postgres.fixtures import SharedDatabase
from tests.store.shared import sessions
from tests.strategies import cases as any_case

SETUP = checks.CheckSetup()


def a_dated_case() -> Case:
    case = edits.set_date(a_complete_case(2), "application_received", DAY)
    return edits.set_date(case, "records_received", DAY)


def stored_row(connection: Connection, number: str) -> Row:
    sql = f"select {ROW} from cases where number = %(number)s"
    return row_from(connection.run(sql, {"number": number})[0])


@pytest.fixture
def alice(shared_database: SharedDatabase) -> Iterator[Connection]:
    opened = sessions.connection(shared_database, "alice")
    yield opened
    opened.close()


def stored(connection: Connection, folder: Path, case: Case) -> None:
    path, data = folder / f"{case.number}.toml", encode(case)
    outgoing = Outgoing(
        case.number, data, columns_of(path, case, data, SETUP), 0, 1, Folder(folder).files(NUMBER)
    )
    create(connection, "s", outgoing, "alice")  # type: ignore[arg-type]


@pytest.mark.process
@pytest.mark.parametrize("is_written", [False, True])
def test_a_row_is_that_of_the_folder(alice: Connection, cases: Path, is_written: bool) -> None:
    case = a_dated_case()
    saved(cases, case)
    if is_written:
        Folder(cases).write_letter(NUMBER, "The letter.\n", case, NOW)
    stored(alice, cases, case)
    (row,) = rows_of(cases, SETUP)
    assert row.due
    assert row.state.startswith("written") == is_written
    assert stored_row(alice, NUMBER) == row
    assert alice.run("select rank from cases") == [(row.rank,)]


@pytest.mark.process
def test_a_case_without_a_limit_has_no_due_date(alice: Connection, cases: Path) -> None:
    stored(alice, cases, a_case())
    assert alice.run("select due::text from cases") == [(NO_LIMIT,)]
    assert stored_row(alice, NUMBER).due == ""


@pytest.mark.slow
@given(any_case())
@settings(max_examples=10)
def test_all_columns_can_be_stored(case: Case) -> None:
    columns = columns_of(Path(f"{case.number}.toml"), case, encode(case), SETUP)
    for text in (columns.words, columns.prose, columns.shown, columns.state):
        assert "\0" not in text
        text.encode()
    assert len(columns.prose.encode()) <= MAX_PROSE


def test_prose_is_what_the_reviewer_wrote() -> None:
    prose = prose_of(a_complete_case(1))
    assert "This 54 year old man" in prose
    assert "Massage is not medically necessary" in prose
    assert "Chronic Pain Treatment Guidelines" in prose
    assert "Sample Worker" not in prose


@pytest.mark.parametrize("letter", ["x", "é", "漢", "𐐀"])
def test_prose_is_cut_between_characters(letter: str) -> None:
    prose = prose_of(edits.set_summary(a_case(), f"a{letter * MAX_PROSE}"))
    assert MAX_PROSE - 4 < len(prose.encode()) <= MAX_PROSE
    assert set(prose) == {"a", letter}


def words(letters: str, length: int) -> Iterator[str]:
    """Different words, none of which a dictionary shortens."""
    return map("".join, product(letters, repeat=length))


LETTERS = "".join(map(chr, range(0x10400, 0x10428)))
HOSTILE: dict[str, Callable[[], Iterator[str]]] = {
    "short words": lambda: words("bcdfghjklmnpqrtvwxz", 4),
    "ideographs": lambda: map(chr, range(0x4E00, 0x9FFF)),
    "wide letters": lambda: words(LETTERS, 3),
    "long wide words": lambda: ("".join(each) * 60 for each in words(LETTERS, 2)),
    "pairs with hyphens": lambda: (f"{each}-{each[::-1]}" for each in words("bcdfghjklmnpq", 4)),
    "wide pairs with hyphens": lambda: (f"{each}-{each[::-1]}" for each in words(LETTERS, 3)),
    "chains of hyphens": lambda: ("-".join(each) for each in product(LETTERS, repeat=4)),
    "addresses": lambda: (f"a{n}.com/{n}b/{n}c" for n in count()),
    "mail": lambda: (f"a{n}@b{n}.com" for n in count()),
    "numbers": lambda: (f"{n}.{n}e-{n % 90}" for n in count(1)),
    "the same": lambda: iter(["word"] * 100_000),
    "versions": lambda: (f"{n}.{n}.{n}" for n in count()),
    "paths": lambda: (f"/b{n}/c{n}/d{n}" for n in count()),
}
"""Texts for which the search vector is much longer than the text."""


@pytest.mark.process
@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_no_prose_is_refused(alice: Connection, cases: Path, name: str) -> None:
    text = " ".join(islice(HOSTILE[name](), MAX_PROSE))[:990_000]
    stored(alice, cases, edits.set_summary(a_case(), text))
    (size,) = alice.run("select pg_column_size(to_tsvector('english', prose)) from cases")[0]
    # Not close to what PostgreSQL refuses, either: the next version may count otherwise.
    assert size < 0.7 * (1 << 20)


@pytest.mark.process
def test_hostile_text_comes_back_as_it_was(alice: Connection, cases: Path) -> None:
    text = "'; drop table cases; -- %s %(number)s \\ \\x00 $$ 漢字 \x1b[31m \u202e { } [/b]"
    case = edits.set_summary(a_complete_case(), text)
    stored(alice, cases, case)
    assert fetch(alice, NUMBER).body == encode(case)  # type: ignore[arg-type]
    assert alice.run("select to_tsquery('english', 'drop') @@ search from cases") == [(True,)]
