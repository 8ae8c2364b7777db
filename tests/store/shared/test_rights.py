"""Rights in the shared store: no reviewer sees, changes, claims or infers the text of another's.

That a case number exists may be inferred: two cases cannot have the same one.
"""

import json
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from imr_tui.errors import CannotStore, ImrError
from imr_tui.store.history.versions import Event
from imr_tui.store.shared.cases.audit import SharedAudit
from imr_tui.store.shared.cases.files import write_files
from imr_tui.store.shared.cases.leases import LEASE_SECONDS, Lease
from imr_tui.store.shared.cases.saves import create, fetch, send
from imr_tui.store.shared.cases.shared_store import SharedStore
from tests.builders import NUMBER, a_case
from tests.postgres.cluster import Cluster
from tests.postgres.fixtures import OWNER, SharedDatabase
from tests.postgres.programs import ProgramFailed
from tests.store.shared import sessions
from tests.store.shared.sessions import ME, OTHER, outgoing

pytestmark = pytest.mark.process

SECRET = "zaphodine"
"""A word of Alice's cases that no case of Bob's has."""
NOTHING = "trilliane"
"""A word that no case has."""
UNKNOWN = "CM26-0000009"
TABLES = ("cases", "versions", "files", "claims", "audit")
FILLED = f"""
insert into cases (number, body, digest, reviewer, due, rank, state, priority, items, decided,
    words, prose, shown, session, sequence)
select who || '-' || i, convert_to(word, 'UTF8'), '', who, first + i % 9, i % 4,
    case when who = 'alice' then 'signed' else 'draft' end, 'standard', 1, 0,
    'lumbar ' || word || i % 5, 'The ' || word || ' was given. ' || i, '{{}}', 's', 1
from (
    values ('alice', '{SECRET}', 400, date '2026-01-01'), ('bob', 'aspirin', 40, '2027-01-01')
) as each (who, word, cases, first), generate_series(1, cases) as i;
insert into versions select number, reviewer, v, now(), 'opened', body, digest
from cases, generate_series(1, 3) as v;
insert into files select number, reviewer, number || '.txt', body, digest from cases;
insert into claims (number, reviewer, session, who, host, expires)
select number, reviewer, reviewer || 1, reviewer, 'ward', 'infinity' from cases;
insert into audit (entry, host, session, number, event, who)
select gen_random_uuid(), 'ward', 's', number, 'opened', reviewer from cases;
"""


@pytest.fixture(scope="module")
def filled(postgres: Cluster, shared_template: str) -> Iterator[SharedDatabase]:
    """A database with many cases of Alice's and some of Bob's, which no test changes."""
    name = "imr_rights"
    postgres.create_database(name, owner=OWNER, template=shared_template)
    database = SharedDatabase(postgres, name)
    database.psql(FILLED)
    database.psql("vacuum analyze")
    yield database
    postgres.drop_database(name)


@pytest.fixture
def alice(shared_database: SharedDatabase, tmp_path: Path) -> Iterator[SharedStore]:
    """Alice's session, which holds a case with a version, a letter and an event."""
    with sessions.database(shared_database, "alice", tmp_path) as opened:
        store = SharedStore(opened, "alice-1", "alice", sessions.columns)
        state = outgoing(f"The {SECRET} was given.", 0, 1, event="opened")
        create(opened, "alice-1", state, "alice")
        write_files(opened, store.claim(NUMBER, ME), {f"{NUMBER}.txt": SECRET.encode()})
        SharedAudit(opened, "alice-1", "ward-3").append(NUMBER, "opened")
        yield store


# By SQL


@pytest.mark.parametrize("table", TABLES)
def test_only_own_rows_are_seen(filled: SharedDatabase, table: str) -> None:
    column = "who" if table == "audit" else "reviewer"
    whose = f"select distinct {column} from {table} order by 1"
    assert filled.psql(whose, "bob") == [["bob"]]
    assert filled.psql(whose, "carol") == [["alice"], ["bob"]]
    assert filled.psql(whose, OWNER) == []
    assert SECRET not in str(filled.psql(f"select * from {table}", "bob"))


def test_row_security_cannot_be_turned_off(filled: SharedDatabase) -> None:
    with pytest.raises(ProgramFailed, match="row-level security"):
        filled.psql("set row_security = off; select * from cases", "bob")
    for role in ("alice", OWNER, "imr_coordinator", "postgres"):
        with pytest.raises(ProgramFailed, match="permission denied"):
            filled.psql(f"set role {role}", "bob")


@pytest.mark.parametrize(
    "statement",
    [
        "update cases set body = 'x'",
        "update files set body = 'x'",
        "update claims set session = 'bob', fence = fence + 1",
        "update claims set expires = '-infinity'",
        "delete from versions",
    ],
)
def test_other_rows_are_not_changed(
    alice: SharedStore, shared_database: SharedDatabase, statement: str
) -> None:
    before = [shared_database.psql(f"select * from {table}") for table in TABLES]
    assert all(before)
    shared_database.psql(statement, "bob")
    assert [shared_database.psql(f"select * from {table}") for table in TABLES] == before


@pytest.mark.parametrize(
    "statement",
    [
        "delete from cases",
        "delete from files",
        "delete from claims",
        "delete from audit",
        "truncate cases cascade",
        "update versions set body = 'x'",
        "update audit set event = 'x'",
        "insert into audit (entry, at, host, session, number, event)"
        " values (gen_random_uuid(), '2020-01-01', '', '', '', 'x')",
        "insert into audit (entry, who, host, session, number, event)"
        " values (gen_random_uuid(), 'alice', '', '', '', 'x')",
        "insert into schema values (99)",
        "insert into epoch values (99)",
        "create table mine ()",
        "drop policy own on cases",
        "alter table cases disable row level security",
        "analyze cases; select * from pg_statistic",
    ],
)
def test_what_a_reviewer_may_never_do(filled: SharedDatabase, statement: str) -> None:
    with pytest.raises(ProgramFailed, match=r"permission denied|must be owner"):
        filled.psql(statement, "bob")


PROBES = [
    "insert into versions values ('{number}', 'alice', 9, now(), 'opened', 'x', 'x')",
    "insert into versions values ('{number}', 'bob', 9, now(), 'opened', 'x', 'x')",
    "insert into files values ('{number}', 'alice', '{number}.txt', 'x', 'x')",
    "insert into files values ('{number}', 'bob', '{number}.txt', 'x', 'x')",
    "insert into files values ('{number}', 'bob', '{number}.txt', 'x', 'x')"
    " on conflict (number, path, reviewer) do update set body = 'x'",
    "insert into claims (number, reviewer) values ('{number}', 'alice')",
    "insert into claims (number, reviewer) values ('{number}', 'bob')",
    "insert into claims (number, reviewer) values ('{number}', 'bob')"
    " on conflict (number, reviewer) do update set session = 'bob'",
    "insert into audit (entry, host, session, number, event)"
    " values (gen_random_uuid(), '', '', '{number}', 'x')",
    "update cases set reviewer = 'alice' where number = 'bob-1'",
    "update files set reviewer = 'alice' where number = 'bob-1'",
    "update files set number = '{number}' where number = 'bob-1'",
]
"""Statements of Bob's about a case of Alice's, or one that does not exist."""


def test_an_error_does_not_tell_what_exists(shared_database: SharedDatabase) -> None:
    shared_database.psql(FILLED)
    for probe in PROBES:
        said = []
        for number in ("alice-1", "nobody-1"):
            with pytest.raises(ProgramFailed) as caught:
                shared_database.psql(probe.format(number=number), "bob")
            said.append(str(caught.value).replace(number, "NUMBER"))
        assert said[0] == said[1]


@pytest.mark.parametrize("then", ["", " on conflict (number) do update set words = 'x'"])
def test_a_number_in_use_tells_only_that_it_exists(filled: SharedDatabase, then: str) -> None:
    columns = (
        "revision, body, digest, reviewer, due, rank, state, priority, items, decided, words,"
        " prose, shown, session, sequence"
    )
    statement = (
        f"insert into cases (number, {columns}) select 'alice-1', {columns} from cases"
        " where number = 'bob-1'"
    )
    with pytest.raises(ProgramFailed, match=r"duplicate key|row-level security") as caught:
        filled.psql(statement + then, "bob")
    assert SECRET not in str(caught.value)
    assert "signed" not in str(caught.value)


LEAKS = {
    "an error quotes it": "({column}::text || 'x')::integer > 0",
    "a cheap function": "pg_temp.leak({column}::text)",
    "a division by zero": "1 / (case when {column}::text like '%{secret}%' then 0 else 1 end) > 0",
}
FUNCTION = f"""
create function pg_temp.leak(text) returns boolean language plpgsql cost 0.0000001 as
$$ begin
    if $1 like '%{SECRET}%' then raise exception 'leaked %', $1; end if;
    return false;
end $$;
"""


@pytest.mark.slow
@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.parametrize(
    "column", ["cases.words", "cases.prose", "convert_from(cases.body, 'UTF8')", "files.path"]
)
def test_a_function_in_a_condition_is_not_called_with_other_rows(
    filled: SharedDatabase, leak: str, column: str
) -> None:
    table = column.removeprefix("convert_from(").partition(".")[0]
    secret = "alice" if table == "files" else SECRET
    condition = LEAKS[leak].format(column=column, secret=secret)
    function = FUNCTION.replace(SECRET, secret)
    # The condition is one that leaks: whoever sees the row is told, by an error.
    with pytest.raises(ProgramFailed):
        filled.psql(f"{function} select from {table} where {condition}", "alice")
    for setting in ("enable_seqscan = off", "enable_indexscan = off"):
        # Bob's own rows would end the statement.
        hidden = f"{table}.number = 'alice-1' and {condition}"
        filled.psql(f"{function} set {setting}; select from {table} where {hidden}", "bob")


GUESSES = [
    ("cases", "prose = 'The {guess} was given. 7'", SECRET, NOTHING),
    ("cases", "prose < 'The {guess}z'", SECRET, NOTHING),
    ("cases", "words = 'lumbar {guess}2'", SECRET, NOTHING),
    ("cases", "words = '{guess}'", SECRET, NOTHING),
    ("cases", "lower(words) = '{guess}'", SECRET, NOTHING),
    ("cases", "lower(words) like '%{guess}%'", SECRET, NOTHING),
    ("cases", "search @@ to_tsquery('english', '{guess}')", SECRET, NOTHING),
    ("cases", "body = convert_to('{guess}', 'UTF8')", SECRET, NOTHING),
    ("cases", "state = '{guess}'", "signed", NOTHING),
    ("cases", "due = '{guess}'", "2026-01-03", "2031-01-03"),
    ("cases", "due = '{guess}' and rank < 3", "2026-01-03", "2031-01-03"),
    ("cases", "due = '{guess}' and rank = 2", "2026-01-03", "2031-01-03"),
    ("cases", "due < '{guess}' and rank = 2", "2026-01-03", "2025-01-03"),
    ("cases", "reviewer = '{guess}'", "alice", NOTHING),
    ("cases", "reviewer = '{guess}' and state = 'signed' and due < '2026-01-04'", "alice", NOTHING),
    ("cases", "number = 'alice-7' and prose = 'The {guess} was given. 7'", SECRET, NOTHING),
    ("cases", "number = 'alice-7' and due = '{guess}'", "2026-01-08", "2031-01-08"),
    ("cases", "number = 'alice-7' and reviewer = '{guess}'", "alice", NOTHING),
    ("versions", "number = '{guess}'", "alice-7", NOTHING),
    ("versions", "number = 'alice-7' and version = {guess}", "3", "4"),
    ("files", "number = 'alice-7' and path = '{guess}'", "alice-7.txt", NOTHING),
    ("files", "path < '{guess}'", "alicez", "aardvark"),
    ("claims", "number = '{guess}'", "alice-7", NOTHING),
    ("claims", "session = '{guess}'", "alice1", NOTHING),
    ("audit", "number = '{guess}'", "alice-7", NOTHING),
    ("audit", "number = 'alice-7' and who = '{guess}'", "alice", NOTHING),
]
"""A table, a condition with a guess in it, a right guess, and a wrong one."""
SCANS = ("seqscan", "indexscan", "bitmapscan")
PLANNERS = [
    "".join(f"set enable_{scan} = {value}; " for scan, value in zip(SCANS, values, strict=True))
    for values in product(("on", "off"), repeat=3)
] + ["set enable_seqscan = off; set enable_bitmapscan = on; set cpu_tuple_cost = 10000; "]
"""Settings that make the planner choose, in turn, every plan that it has."""
SHOWS_GUESS = ("Filter", "Index Cond", "Recheck Cond")


@pytest.mark.slow
@pytest.mark.parametrize(("table", "condition", "right", "wrong"), GUESSES)
def test_no_plan_tells_whether_a_guess_is_right(
    filled: SharedDatabase, table: str, condition: str, right: str, wrong: str
) -> None:
    plans = [plans_of(filled, table, condition.format(guess=guess)) for guess in (right, wrong)]
    assert plans[0] == plans[1]


def plans_of(database: SharedDatabase, table: str, condition: str) -> list[object]:
    """How a query of Bob's is planned, and what it reads, without times."""
    options = "analyze, timing off, summary off, format json"
    explain = f"explain ({options}) select from {table} where {condition};"
    rows = database.psql("".join(f"{planner}{explain}" for planner in PLANNERS), "bob")
    plans = "".join(line for (line,) in rows).replace("][", ",")
    return [without_guess(each) for each in json.loads(plans)]


def without_guess(plan: object) -> object:
    if isinstance(plan, list):
        return [without_guess(each) for each in plan]
    if isinstance(plan, dict):
        return {key: without_guess(plan[key]) for key in plan if key not in SHOWS_GUESS}
    return plan


def test_no_statistics_of_texts_are_kept(filled: SharedDatabase) -> None:
    kept = (
        "select starelid::regclass, staattnum from pg_statistic join pg_class"
        " on pg_class.oid = starelid where relnamespace = 'public'::regnamespace"
        " and relname not in ('schema', 'epoch')"
    )
    assert filled.psql(kept) == []
    assert filled.psql("select reltuples > 0 from pg_class where relname = 'cases'") == [["t"]]


def test_the_statements_of_others_are_hidden(filled: SharedDatabase, tmp_path: Path) -> None:
    with sessions.database(filled, "alice", tmp_path) as database:
        database.run("select %(word)s, 'zaphodine'", {"word": SECRET})
        running = "select query from pg_stat_activity where usename = 'alice'"
        assert SECRET in str(filled.psql(running))
        assert SECRET not in str(filled.psql(running, "bob"))


# Through the app


def test_the_app_refuses_the_case_of_another_reviewer(
    alice: SharedStore, shared_database: SharedDatabase, tmp_path: Path
) -> None:
    before = [shared_database.psql(f"select * from {table}") for table in TABLES]
    with sessions.database(shared_database, "bob", tmp_path) as opened:
        bob = SharedStore(opened, "bob-1", "bob", sessions.columns)
        forged = Lease(opened, NUMBER, "alice-1", 1, LEASE_SECONDS)
        attempts: dict[str, Callable[[], object]] = {
            "open": lambda: bob.open(NUMBER),
            "fetch": lambda: fetch(opened, NUMBER),
            "claim": lambda: bob.claim(NUMBER, OTHER),
            "ask": lambda: bob.ask(NUMBER, OTHER),
            "save": lambda: send(opened, forged, outgoing("Bob's text", 1, 9)),
            "write": lambda: write_files(opened, forged, {"x": b"x"}),
            "letter": lambda: bob.write_letter(NUMBER, "Bob's letter"),
            "note": lambda: bob.versions(NUMBER).note(b"Bob's", Event.LETTER),
            "new": lambda: bob.new(a_case()),
            "append": lambda: SharedAudit(opened, "bob-1", "").append(NUMBER, "signed"),
        }
        for name, attempt in attempts.items():
            with pytest.raises(ImrError) as caught:
                attempt()
            assert SECRET not in str(caught.value), name
        assert bob.holder(NUMBER) is None
        assert bob.files(NUMBER) == {}
        assert bob.versions(NUMBER).all() == []
        assert SharedAudit(opened, "bob-1", "").events(NUMBER) == []
        assert not forged.renew()
        forged.refuse()
        forged.release()
    assert [shared_database.psql(f"select * from {table}") for table in TABLES] == before
    assert alice.holder(NUMBER) is not None


def test_the_app_says_the_same_of_a_case_that_does_not_exist(
    alice: SharedStore, shared_database: SharedDatabase, tmp_path: Path
) -> None:
    with sessions.store(shared_database, "bob", tmp_path, "bob-1") as bob:

        def claim(number: str) -> object:
            return bob.claim(number, OTHER)

        for act in (bob.open, claim):
            said = []
            for number in (NUMBER, UNKNOWN):
                with pytest.raises(CannotStore) as caught:
                    act(number)
                said.append(str(caught.value).replace(number, ""))
            assert said[0] == said[1]


def test_an_assignment_gives_all_of_a_case_to_the_other_reviewer(
    alice: SharedStore, shared_database: SharedDatabase, tmp_path: Path
) -> None:
    shared_database.psql("update cases set reviewer = 'bob'", "carol")
    with sessions.store(shared_database, "bob", tmp_path, "bob-1") as bob:
        assert SECRET in bob.open(NUMBER).case.summary.text
        assert bob.files(NUMBER) == {f"{NUMBER}.txt": SECRET.encode()}
        assert len(bob.versions(NUMBER).all()) == 1
    with pytest.raises(CannotStore):
        alice.open(NUMBER)
    assert alice.files(NUMBER) == {}
    assert alice.versions(NUMBER).all() == []
    assert alice.holder(NUMBER) is None


def test_each_sees_only_the_events_of_his_own(
    alice: SharedStore, shared_database: SharedDatabase, tmp_path: Path
) -> None:
    with sessions.database(shared_database, "carol", tmp_path) as opened:
        audit = SharedAudit(opened, "carol-1", "office")
        entry = audit.append(NUMBER, "verified", b"\x01" * 32)
        assert audit.append(NUMBER, "verified", entry=entry) == entry
        found = audit.events(NUMBER)
    assert [(each.who, each.event) for each in found] == [
        ("alice", "opened"),
        ("carol", "verified"),
    ]
    assert (found[1].host, found[1].session, found[1].digest) == (
        "office",
        "carol-1",
        b"\x01" * 32,
    )
    with sessions.database(shared_database, "alice", tmp_path) as opened:
        (only,) = SharedAudit(opened, "alice-1", "ward-3").events(NUMBER)
    assert only.who == "alice"
