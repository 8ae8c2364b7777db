"""`imr-tui shared import`, `export`, `check` and `assign`: the same bytes, and who has a case."""

from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path

import pytest

from imr_tui.cli.commands.shared import copying
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.shared.transfer.importing import CaseFiles, Importer
from tests.builders import NOW, NUMBER, a_case, a_complete_case, saved
from tests.commands import assert_refused
from tests.postgres.fixtures import SharedDatabase
from tests.shared_site import RunAs, files_of, fill, numbered

pytestmark = pytest.mark.process

COLUMNS = """
body, digest, reviewer, due, rank, state, priority, items, decided, words, prose, shown, session,
sequence
"""
"""The columns of a case that are written, besides its number."""
HOLD = """
insert into claims (number, reviewer, session, who, host, since, expires, fence)
select number, reviewer, 'one', 'jane', 'ward-3', now(), clock_timestamp() + interval '1 hour', 1
from cases where number = '{0}'
"""


def own_folder(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / name
    folder.mkdir(mode=0o700)
    return folder


def both_ways(
    run_as: RunAs,
    shared_database: SharedDatabase,
    cases: Path,
    tmp_path: Path,
    count: int,
    every: int = 1,
) -> None:
    """Import, export, import into an empty store, and export: all folders have the same bytes."""
    fill(cases, count, every)
    before = files_of(cases)
    assert len(before) > count
    source = cases
    for name in ("first", "second"):
        shared_database.psql("truncate cases cascade")
        done = run_as("carol", "import", source)
        assert (done.code, done.out) == (0, "")
        assert done.err.endswith(f"{count:,} imported, 0 there already.\n")
        source = tmp_path / name
        done = run_as("carol", "export", source)
        assert (done.code, done.out) == (0, "")
        assert done.err.endswith(f"{count:,} exported, 0 there already.\n")
        assert files_of(source) == before


# Import and export


def test_an_export_has_the_same_bytes(
    run_as: RunAs, shared_database: SharedDatabase, cases: Path, tmp_path: Path
) -> None:
    both_ways(run_as, shared_database, cases, tmp_path, 30)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_an_export_of_10_000_cases_has_the_same_bytes(
    run_as: RunAs, shared_database: SharedDatabase, cases: Path, tmp_path: Path
) -> None:
    both_ways(run_as, shared_database, cases, tmp_path, 10_000, every=20)


def test_an_import_gives_the_cases_to_a_reviewer(
    run_as: RunAs, cases: Path, shared_database: SharedDatabase
) -> None:
    saved(cases, a_complete_case())
    assert run_as("carol", "import", cases, "--reviewer", "alice").code == 0
    sql = "select reviewer, state, words, session <> '' from cases"
    [[reviewer, state, words, has_session]] = shared_database.psql(sql)
    assert (reviewer, state, has_session) == ("alice", "ready", "t")
    assert NUMBER.casefold() in words
    assert shared_database.psql("select who, number, event from audit") == [
        ["carol", NUMBER, "imported"]
    ]
    assert shared_database.psql("select version, event from versions") == [["1", "imported"]]


@pytest.mark.slow
def test_a_case_that_differs_is_named_and_left_alone(
    run_as: RunAs, cases: Path, shared_database: SharedDatabase
) -> None:
    fill(cases, 6)
    assert run_as("carol", "import", cases).code == 0
    bodies = shared_database.psql("select number, digest from cases order by 1")
    changed = cases / "CM26-0000002.toml"
    changed.write_bytes(changed.read_bytes() + b"# later\n")
    (cases / "CM26-0000005.txt").write_bytes(b"another letter")
    Folder(cases).write_letter("CM26-0000003", "A letter\n", numbered(3), NOW)
    (cases / "broken.toml").write_bytes(b"=")
    saved(cases, numbered(7))
    done = run_as("carol", "import", cases)
    assert done.code == 5
    assert "CM26-0000002: the shared store has another text." in done.err
    assert "CM26-0000005: the shared store has another CM26-0000005.txt." in done.err
    assert "CM26-0000003: the shared store has the case without CM26-0000003.txt." in done.err
    assert "broken.toml" in done.err
    assert done.err.endswith("1 imported, 3 there already, 4 not imported.\n")
    after = shared_database.psql("select number, digest from cases order by 1")
    assert after[:-1] == bodies
    assert after[-1][0] == "CM26-0000007"


@pytest.mark.slow
def test_a_file_that_cannot_be_read_is_named(run_as: RunAs, cases: Path) -> None:
    saved(cases, numbered(1))
    (cases / "CM26-2.toml").write_bytes(encode(numbered(1)))
    done = run_as("carol", "import", cases)
    assert done.code == 3
    assert "CM26-2.toml" in done.err
    assert done.err.endswith("1 imported, 0 there already, 1 not imported.\n")


@pytest.mark.slow
def test_an_interrupted_import_is_repeated(
    run_as: RunAs, cases: Path, monkeypatch: pytest.MonkeyPatch, shared_database: SharedDatabase
) -> None:
    fill(cases, 10)
    with monkeypatch.context() as patch:
        patch.setattr("imr_tui.store.shared.transfer.importing._MAX_CASES", 4)
        patch.setattr(copying, "with_progress", interrupted_after(5))
        assert run_as("carol", "import", cases).code == 130
    # Whole batches, whose cases have all that belongs to them.
    assert shared_database.psql("select count(*), count(distinct number) from versions") == [
        ["8", "8"]
    ]
    assert run_as("carol", "import", cases).err.endswith("2 imported, 8 there already.\n")


@pytest.mark.slow
def test_an_import_that_ends_in_the_middle_of_a_case_leaves_nothing_of_it(
    run_as: RunAs, cases: Path, monkeypatch: pytest.MonkeyPatch, shared_database: SharedDatabase
) -> None:
    fill(cases, 5)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Importer, "_create_files", interrupt)
        assert run_as("carol", "import", cases).code == 130
    for table in ("cases", "versions", "files", "audit"):
        assert shared_database.psql(f"select count(*) from {table}") == [["0"]]
    assert run_as("carol", "import", cases).err.endswith("5 imported, 0 there already.\n")


@pytest.mark.slow
def test_an_import_whose_server_is_lost_says_what_to_do(
    run_as: RunAs, cases: Path, monkeypatch: pytest.MonkeyPatch, shared_database: SharedDatabase
) -> None:
    fill(cases, 10)
    ended = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'carol'"
    create_files = Importer._create_files
    batches = count()

    def lose(self: Importer, batch: list[CaseFiles]) -> None:
        if next(batches) == 1:
            shared_database.psql(ended)
        create_files(self, batch)

    with monkeypatch.context() as patch:
        patch.setattr("imr_tui.store.shared.transfer.importing._MAX_CASES", 5)
        patch.setattr(Importer, "_create_files", lose)
        done = run_as("carol", "import", cases)
    says = r"What was imported before stays\. Repeat the command for the rest\.\n"
    assert_refused(done, 4, says)
    assert run_as("carol", "import", cases).err.endswith("5 imported, 5 there already.\n")


@pytest.mark.slow
def test_an_interrupted_export_is_repeated(
    run_as: RunAs, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(cases, 10)
    assert run_as("carol", "import", cases).code == 0
    target = tmp_path / "target"
    with monkeypatch.context() as patch:
        patch.setattr("imr_tui.store.shared.transfer.exporting._BATCH", 4)
        patch.setattr(copying, "with_progress", interrupted_after(5))
        assert run_as("carol", "export", target).code == 130
    partly = files_of(target)
    assert {path: files_of(cases)[path] for path in partly} == partly
    assert run_as("carol", "export", target).err.endswith("2 exported, 8 there already.\n")
    assert files_of(target) == files_of(cases)


def interrupted_after(count: int) -> Callable[..., Iterator[object]]:
    """A progress bar during which somebody presses Ctrl+C."""

    def with_progress(each: Iterator[object], *_: object) -> Iterator[object]:
        yield from islice(each, count)
        raise KeyboardInterrupt

    return with_progress


@pytest.mark.slow
def test_an_export_changes_no_file(run_as: RunAs, cases: Path, tmp_path: Path) -> None:
    fill(cases, 6)
    assert run_as("carol", "import", cases).code == 0
    target = own_folder(tmp_path, "target")
    saved(target, Case.blank("CM26-0000001"), Case.blank("X"))
    (target / "CM26-0000005.txt").write_bytes(b"mine")
    before = files_of(target)
    done = run_as("carol", "export", target)
    assert done.code == 5
    assert "CM26-0000001: the folder has another CM26-0000001.toml." in done.err
    assert "CM26-0000005: the folder has another CM26-0000005.txt." in done.err
    assert done.err.endswith("4 exported, 0 there already, 2 not exported.\n")
    after = files_of(target)
    assert {path: after[path] for path in before} == before
    assert not (target / "CM26-0000005.toml").exists()


@pytest.mark.slow
@pytest.mark.parametrize("number", ["../CM26-1", "cm26-0000001", "CM26-0000001"])
def test_a_damaged_or_misnamed_case_is_not_exported(
    run_as: RunAs, cases: Path, tmp_path: Path, shared_database: SharedDatabase, number: str
) -> None:
    saved(cases, numbered(1), numbered(2))
    assert run_as("carol", "import", cases).code == 0
    if number == "CM26-0000001":
        shared_database.psql(f"update cases set body = body || '\\x00' where number = '{number}'")
    else:
        shared_database.psql(
            f"insert into cases ({COLUMNS}, number) select {COLUMNS}, '{number}' from cases "
            "where number = 'CM26-0000001'"
        )
    done = run_as("carol", "export", tmp_path / "target")
    assert done.code in (3, 4)
    assert number in done.err
    assert "1 not exported" in done.err
    assert not (tmp_path / "CM26-1.toml").exists()
    there = {"CM26-0000001.toml", "CM26-0000002.toml"} - {f"{number}.toml"}
    assert files_of(tmp_path / "target").keys() == there


@pytest.mark.slow
def test_a_file_outside_of_its_case_is_not_exported(
    run_as: RunAs, cases: Path, tmp_path: Path, shared_database: SharedDatabase
) -> None:
    saved(cases, numbered(1))
    assert run_as("carol", "import", cases).code == 0
    shared_database.psql(
        "insert into files select number, reviewer, '../escaped', 'x', sha256('x') from cases"
    )
    done = run_as("carol", "export", tmp_path / "target")
    assert done.code == 3
    assert "../escaped is not a file of CM26-0000001" in done.err
    assert not (tmp_path / "escaped").exists()
    assert files_of(tmp_path / "target") == {}


@pytest.mark.slow
def test_an_export_is_audited(
    run_as: RunAs, tmp_path: Path, shared_database: SharedDatabase
) -> None:
    assert run_as("carol", "export", tmp_path / "target").code == 0
    assert shared_database.psql("select who, number, event from audit") == [
        ["carol", "", "exported"]
    ]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["import", "export", "check", "assign"])
def test_only_a_coordinator_copies_checks_and_assigns(
    run_as: RunAs, cases: Path, tmp_path: Path, shared_database: SharedDatabase, command: str
) -> None:
    saved(cases, numbered(2))
    assert run_as("carol", "import", cases, "--reviewer", "alice").code == 0
    saved(cases, a_case())
    target = tmp_path / "target"
    words: dict[str, tuple[object, ...]] = {
        "import": (cases,),
        "export": (target,),
        "check": (),
        "assign": ("CM26-0000002", "--to", "bob"),
    }
    done = run_as("alice", command, *words[command])
    assert_refused(done, 3, r"The database role alice is not a coordinator\. No")
    assert not target.exists()
    assert shared_database.psql("select number, reviewer from cases") == [["CM26-0000002", "alice"]]


# Check


def test_a_check_names_each_text_that_differs(
    run_as: RunAs, cases: Path, shared_database: SharedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(cases, 15)
    assert run_as("carol", "import", cases).code == 0
    monkeypatch.setattr("imr_tui.store.shared.transfer.digests._BATCH", 2)
    done = run_as("carol", "check")
    assert (done.code, done.out) == (0, "")
    # 15 cases and versions, 3 letters with their records, 2 sealed copies.
    assert done.err == "imr-tui: 44 of 44 texts are intact.\n"
    shared_database.psql("update cases set body = body || '\\x00' where number like '%09'")
    shared_database.psql("update versions set digest = '\\x00' where number like '%02'")
    shared_database.psql("update files set body = 'x' where path like '%/letter.txt'")
    done = run_as("carol", "check")
    assert done.code == 1
    assert done.out.splitlines() == [
        "CM26-0000009: differs from its digest",
        "version 1 of CM26-0000002: differs from its digest",
        ".imr/signed/CM26-0000007/1/letter.txt of CM26-0000007: differs from its digest",
        ".imr/signed/CM26-0000014/1/letter.txt of CM26-0000014: differs from its digest",
    ]
    assert done.err == "imr-tui: 40 of 44 texts are intact.\n"


# Assign


def test_a_case_is_assigned(run_as: RunAs, cases: Path, shared_database: SharedDatabase) -> None:
    fill(cases, 5)
    assert run_as("carol", "import", cases, "--reviewer", "bob").code == 0
    first, last = "CM26-0000001", "CM26-0000005"
    done = run_as("carol", "assign", first, last, "--to", "alice")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{first}: assigned\n{last}: assigned\n"
    assert (
        run_as("carol", "assign", first, "--to", "alice").out == f"{first}: was assigned before\n"
    )
    sql = "select number from {} where reviewer = 'alice' group by 1 order by 1"
    for table in ("cases", "versions"):
        assert shared_database.psql(sql.format(table)) == [[first], [last]]
    assert shared_database.psql(sql.format("files")) == [[last]]
    sql = "select who, number from audit where event = 'assigned' order by 2"
    assert shared_database.psql(sql) == [["carol", first], ["carol", last]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ((NUMBER, "CM26-9", "--to", "alice"), 3, r"does not have CM26-9\. No case was assigned"),
        ((NUMBER, "--to", "nobody"), 3, r"There is no role nobody"),
        ((NUMBER, "--to", "postgres"), 3, r"There is no role postgres"),
        ((NUMBER, "../x", "--to", "alice"), 3, r"\.\./x"),
        ((NUMBER, "CM26-0000002", "--to", "alice"), 5, r"jane on ward-3 since .* has CM26-0000002"),
    ],
)
def test_all_or_none_are_assigned(
    run_as: RunAs,
    cases: Path,
    shared_database: SharedDatabase,
    words: tuple[str, ...],
    code: int,
    says: str,
) -> None:
    fill(cases, 2)
    assert run_as("carol", "import", cases).code == 0
    shared_database.psql(HOLD.format("CM26-0000002"))
    assert_refused(run_as("carol", "assign", *words), code, says)
    assert shared_database.psql("select distinct reviewer from cases") == [[""]]


@pytest.mark.slow
def test_a_case_goes_only_to_a_role_that_can_have_cases(run_as: RunAs, cases: Path) -> None:
    saved(cases, a_case())
    done = run_as("carol", "import", cases, "--reviewer", "imr_owner")
    assert_refused(done, 3, r"There is no role imr_owner in imr_reviewer\. Nothing was imported")
