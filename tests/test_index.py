"""The index: what it says is what the files say, whatever happens to it or to them."""

import json
import os
import random
import shutil
import stat
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from imr_tui.checks import CheckSetup, Policy
from imr_tui.model.case import Case, Item, Summary
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.worklist import case_files, case_row, index as index_module
from imr_tui.store.worklist.case_files import RACY_NS
from imr_tui.store.worklist.case_numbers import mark_duplicates
from imr_tui.store.worklist.index import FILE, Index
from imr_tui.store.worklist.listing import Listing, rows_of
from imr_tui.store.worklist.rows import BROKEN, Row
from tests.builders import NUMBER, a_complete_case, names, saved

pytestmark = pytest.mark.process

OLD = time.time_ns() - 3600 * 10**9
SETUP = CheckSetup()


@pytest.fixture
def folder(cases: Path) -> Path:
    """Cases of all kinds, old enough to be trusted."""
    saved(cases, a_complete_case(), Case.blank("A"), Case.blank("B.1"))
    (cases / "broken.toml").write_text("schema = 1\n[case\n")
    (cases / "misnamed.toml").write_bytes(encode(Case.blank("C")))
    (cases / "link.toml").symlink_to("A.toml")
    (cases / "folder.toml").mkdir(mode=0o700)
    os.mkfifo(cases / "pipe.toml")
    with open(os.fsencode(cases) + b"/caf\xe9.toml", "wb"):  # noqa: PTH123
        pass
    return cases


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets an index trust what was written just now."""
    monkeypatch.setattr("imr_tui.store.worklist.case_files.RACY_NS", -3600 * 10**9)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files whose content is read."""
    read: list[str] = []
    before = Listing._read

    def noted(listing: Listing, name: str, status: os.stat_result | None) -> object:
        read.append(name)
        return before(listing, name, status)

    monkeypatch.setattr(Listing, "_read", noted)
    return read


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are parsed."""
    found: list[str] = []
    before = case_row.row_of

    def noted(path: Path, *others: Any, **more: Any) -> Row:
        found.append(path.name)
        return before(path, *others, **more)

    monkeypatch.setattr("imr_tui.store.worklist.listing.row_of", noted)
    return found


def straight(folder: Path, setup: CheckSetup = SETUP) -> list[Row]:
    """The rows as the files alone make them."""
    listing = Listing(folder, setup)
    listing._known.clear()
    listing.look()
    listing.read()
    return listing.rows()


def names_of(rows: list[Row]) -> list[str]:
    return [row.name for row in rows]


def index_of(folder: Path) -> Path:
    return folder / ".imr" / FILE


# What it holds


def test_the_rows_of_the_index_are_those_of_the_files(folder: Path, settled: None) -> None:
    first = rows_of(folder, SETUP)
    assert rows_of(folder, SETUP) == first == straight(folder)
    assert names_of(first) == sorted(entry.name for entry in folder.iterdir() if entry.suffix)
    known = Index(folder).load()
    assert {name for name, each in known.items() if each.row.state != BROKEN} == {
        f"{NUMBER}.toml",
        "A.toml",
        "B.1.toml",
    }


def test_a_second_look_reads_only_what_cannot_be_known_again(
    folder: Path, settled: None, reads: list[str], parsed: list[str]
) -> None:
    rows_of(folder, SETUP)
    reads.clear()
    parsed.clear()
    rows_of(folder, SETUP)
    assert reads == ["folder.toml", "link.toml", "pipe.toml"]
    assert parsed == []


def test_the_path_in_a_problem_is_the_one_that_is_asked_by(
    folder: Path, settled: None, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows_of(folder, SETUP)
    parsed.clear()
    monkeypatch.chdir(folder.parent)
    problems = {row.name: row.problem for row in rows_of(Path(folder.name), SETUP)}
    assert parsed == []
    assert problems["broken.toml"].startswith(f"{folder.name}/broken.toml is not valid TOML")
    assert rows_of(Path(folder.name), SETUP) == straight(Path(folder.name))


def test_only_its_owner_reads_the_index(folder: Path) -> None:
    rows_of(folder, SETUP)
    assert stat.S_IMODE(index_of(folder).stat().st_mode) == 0o600
    assert names(folder / ".imr") == [FILE]
    index_of(folder).chmod(0o644)
    rows_of(folder, SETUP)
    assert stat.S_IMODE(index_of(folder).stat().st_mode) == 0o600


def test_a_folder_without_cases_is_left_as_it_is(cases: Path) -> None:
    assert rows_of(cases, SETUP) == []
    assert list(cases.iterdir()) == []


# What changes underneath


def test_a_file_that_is_as_young_as_the_index_is_read_again(
    folder: Path, reads: list[str], parsed: list[str]
) -> None:
    path = folder / "A.toml"
    rows_of(folder, SETUP)
    reads.clear()
    parsed.clear()
    rows_of(folder, SETUP)
    assert path.name in reads
    assert path.name not in parsed


def test_a_change_that_size_and_time_do_not_show_is_noticed(folder: Path) -> None:
    path = folder / "A.toml"
    path.write_bytes(encode(Case.blank("A").but(summary=Summary(text="one"))))
    os.utime(path, ns=(OLD, OLD))
    before = rows_of(folder, SETUP)
    data = path.read_bytes().replace(b'number = "A"', b'number = "Z"')
    path.write_bytes(data)
    os.utime(path, ns=(OLD, OLD))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (len(data), OLD)
    after = rows_of(folder, SETUP)
    assert after != before
    assert after == straight(folder)


def test_the_same_tick_of_the_clock_hides_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file system that counts in seconds, a change in the same second has the same times."""
    path = folder / "A.toml"
    tick = 2 * 10**9

    def coarse(folder: Path) -> Iterator[tuple[str, Any]]:
        for name, status in case_files.case_files(folder):
            assert status is not None
            known = SimpleNamespace(
                st_ino=status.st_ino,
                st_size=status.st_size,
                st_mtime_ns=status.st_mtime_ns // tick * tick,
                st_ctime_ns=status.st_ctime_ns // tick * tick,
            )
            yield name, known

    monkeypatch.setattr("imr_tui.store.worklist.listing.case_files", coarse)
    for text in ("one", "two", "six"):
        path.write_bytes(encode(Case.blank("A").but(items=(Item(request=text),))))
        assert rows_of(folder, SETUP) == straight(folder)


def test_a_touch_is_not_a_change(folder: Path, settled: None, parsed: list[str]) -> None:
    before = rows_of(folder, SETUP)
    parsed.clear()
    for path in folder.glob("*.toml"):
        if path.is_file() and not path.is_symlink():
            os.utime(path)
    assert rows_of(folder, SETUP) == before
    assert parsed == []


def test_what_is_gone_is_gone_from_the_index(folder: Path, settled: None) -> None:
    rows_of(folder, SETUP)
    (folder / "A.toml").unlink()
    (folder / "B.1.toml").rename(folder / "B.2.toml")
    rows = rows_of(folder, SETUP)
    assert rows == straight(folder)
    assert "A.toml" not in names_of(rows)
    assert Index(folder).load().keys() & {"A.toml", "B.1.toml"} == set()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_cannot_be_read_is_tried_again(folder: Path, settled: None) -> None:
    rows_of(folder, SETUP)
    (folder / "A.toml").chmod(0)
    assert rows_of(folder, SETUP) == straight(folder)
    (folder / "A.toml").chmod(0o600)
    assert rows_of(folder, SETUP) == straight(folder)


def test_a_time_in_the_future_is_not_relied_on(
    folder: Path, settled: None, parsed: list[str]
) -> None:
    path = folder / "A.toml"
    late = time.time_ns() + 10**9 * 86_400 * 365
    os.utime(path, ns=(late, late))
    rows_of(folder, SETUP)
    parsed.clear()
    path.write_bytes(path.read_bytes().replace(b'number = "A"', b'number = "Z"'))
    os.utime(path, ns=(late, late))
    assert rows_of(folder, SETUP) == straight(folder)
    assert "A.toml" in parsed


@pytest.mark.parametrize("seconds", [-(2**31), 2**33, 2**34])
def test_any_time_can_be_kept(folder: Path, settled: None, seconds: int) -> None:
    try:
        os.utime(folder / "A.toml", (seconds, seconds))
    except (OSError, OverflowError):
        pytest.skip("this file system has no such time")
    rows_of(folder, SETUP)
    assert rows_of(folder, SETUP) == straight(folder)


# What it depends on


def test_another_policy_is_another_index(folder: Path, settled: None, parsed: list[str]) -> None:
    strict = CheckSetup(Policy(site={"IMR203": "error", "IMR206": "error", "IMR301": "error"}))
    rows_of(folder, SETUP)
    parsed.clear()
    assert rows_of(folder, strict) == straight(folder, strict)
    assert "A.toml" in parsed
    assert rows_of(folder, SETUP) == straight(folder)


@pytest.mark.parametrize("name", ["FORMAT", "fingerprint"])
def test_another_program_does_not_trust_it(
    folder: Path,
    settled: None,
    parsed: list[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    rows_of(folder, SETUP)
    index_module._key.cache_clear()
    monkeypatch.setattr(index_module, name, 2 if name == "FORMAT" else lambda: "another")
    assert Index(folder).load() == {}
    parsed.clear()
    assert rows_of(folder, SETUP) == straight(folder)
    assert "A.toml" in parsed
    parsed.clear()
    rows_of(folder, SETUP)
    assert parsed == []
    index_module._key.cache_clear()


# What can happen to it


def flips(data: bytes, count: int) -> Iterator[bytes]:
    """`data` with one byte changed, at places spread over all of it and all of the head."""
    chance = random.Random(7)
    for at in [*range(100), *(chance.randrange(len(data)) for _ in range(count))]:
        value = data[at] ^ (1 << chance.randrange(8))
        yield data[:at] + bytes((value,)) + data[at + 1 :]


@pytest.mark.slow
def test_no_flipped_bit_is_believed(folder: Path, settled: None) -> None:
    rows = rows_of(folder, SETUP)
    path = index_of(folder)
    for damaged in flips(path.read_bytes(), 250):
        path.write_bytes(damaged)
        assert rows_of(folder, SETUP) == rows
        assert rows_of(folder, SETUP) == rows


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"x", b"{}", b"[]", b"[1]", b"[[]]", b"null", b"\n\n", b"[2]\n[3]", b"NaN"),
        *(b"[" * 100_000, b"9" * 5000, b'"\xff"', b"SQLite format 3\0", os.urandom(9000)),
    ],
    ids=map(str, range(15)),
)
def test_rubbish_is_made_anew(folder: Path, settled: None, parsed: list[str], data: bytes) -> None:
    rows = rows_of(folder, SETUP)
    index_of(folder).write_bytes(data)
    assert rows_of(folder, SETUP) == rows
    parsed.clear()
    assert rows_of(folder, SETUP) == rows
    assert parsed == []


@pytest.mark.parametrize("at", [1, 100, 4096, 5000, -1])
def test_a_part_of_it_is_made_whole(folder: Path, settled: None, at: int) -> None:
    rows = rows_of(folder, SETUP)
    path = index_of(folder)
    path.write_bytes(path.read_bytes()[:at])
    assert rows_of(folder, SETUP) == rows
    assert set(Index(folder).load()) >= {"A.toml", "broken.toml"}


def test_a_lost_index_is_made_whole_at_the_next_change(folder: Path, settled: None) -> None:
    listing = Listing(folder, SETUP)
    for _ in range(2):
        index_of(folder).unlink(missing_ok=True)
        (folder / "A.toml").write_bytes(encode(Case.blank("A")) + b"\n")
        listing._next_keep = 0.0
        listing.look()
        listing.read()
        listing.keep()
        assert Index(folder).load().keys() >= {"A.toml", "B.1.toml", "broken.toml"}


def test_nothing_is_written_when_nothing_has_changed(folder: Path, settled: None) -> None:
    rows_of(folder, SETUP)
    index_of(folder).unlink()
    listing = Listing(folder, SETUP)
    listing.look()
    listing.read()
    listing.keep()
    before = index_of(folder).stat()
    for _ in range(3):
        listing.look()
        listing.read()
        listing.keep()
    assert index_of(folder).stat() == before


def lines_of(folder: Path) -> list[list[Any]]:
    return [json.loads(line) for line in index_of(folder).read_text().splitlines()]


def put_lines(folder: Path, lines: list[Any]) -> None:
    head, *rest = lines
    data = "\n".join(map(json.dumps, rest))
    head[2] = zlib.crc32(data.encode())
    index_of(folder).write_text(f"{json.dumps(head)}\n{data}")


WRONG: list[tuple[int, object]] = [
    *((at, value) for at in range(22) for value in (None, True)),
    *((1, value) for value in (1.5, "1", ())),
    *((at, "1") for at in (1, 2, 3, 4, 5, 13, 14)),
    *((at, 1) for at in (0, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 20, 21)),
    *((0, name) for name in ("", "A", ".A.toml", "../A.toml", "/etc/A.toml", "B.1.toml/x.toml")),
    *((5, value) for value in (-1, 2**63, 10**400)),
    *((6, value) for value in ("x", "abc", "\u0661\u0661")),
    *((at, day) for at in (9, 11) for day in ("soon", "2026-02-30", "20260101", "2026-1-1")),
    *((21, moment) for moment in ("soon", "2026-02-30", "2026-11-29T14:02:07")),
    *(
        (at, text)
        for at in (8, 9, 10, 11, 12, 15, 16, 19, 20)
        for text in ("\x1b[31m", "a\u202eb", "a\nb")
    ),
    *((at, "x" * 10_000) for at in (12, 15, 16)),
    *((at, value) for at in (13, 14) for value in (-1, 10**9, 10**400)),
]
"""A position in a line, and a value that is never written there."""


@pytest.mark.parametrize(("at", "value"), WRONG, ids=map(str, range(len(WRONG))))
def test_a_value_that_is_never_written_is_not_believed(
    folder: Path, settled: None, at: int, value: object
) -> None:
    rows = rows_of(folder, SETUP)
    head, *lines = lines_of(folder)
    lines[1][at] = value
    put_lines(folder, [head, *lines])
    assert Index(folder).load() == {}
    assert rows_of(folder, SETUP) == rows
    assert Index(folder).load() != {}


@pytest.mark.parametrize(
    "change", [lambda line: line[:-1], lambda line: [*line, ""], dict.fromkeys]
)
def test_a_line_of_another_length_is_not_believed(
    folder: Path, settled: None, change: Callable[[list[Any]], object]
) -> None:
    rows = rows_of(folder, SETUP)
    head, first, *rest = lines_of(folder)
    first = [value if type(value) is not list else "" for value in first]
    put_lines(folder, [head, change(first), *rest])
    assert Index(folder).load() == {}
    assert rows_of(folder, SETUP) == rows


def test_a_row_of_no_file_is_dropped(folder: Path, settled: None) -> None:
    rows = rows_of(folder, SETUP)
    head, *lines = lines_of(folder)
    put_lines(folder, [head, *lines, ["Z.toml", *lines[0][1:]]])
    assert "Z.toml" in Index(folder).load()
    assert rows_of(folder, SETUP) == rows
    assert "Z.toml" not in Index(folder).load()


def test_the_database_of_an_earlier_version_is_removed(folder: Path) -> None:
    (folder / ".imr").mkdir(mode=0o700)
    for name in ("index.sqlite", "index.sqlite-journal"):
        (folder / ".imr" / name).write_bytes(b"SQLite format 3\0")
    rows_of(folder, SETUP)
    assert names(folder / ".imr") == [FILE]


def test_an_index_that_others_may_read_or_write_is_not_believed(
    folder: Path, settled: None
) -> None:
    rows_of(folder, SETUP)
    index_of(folder).chmod(0o606)
    assert Index(folder).load() == {}


def test_thousands_of_changes_are_not_written_one_by_one(
    folder: Path, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[float] = []
    clock = iter([0.0, 1.0, 2.0, 20.9, 21.1, 21.1, 21.2])
    monkeypatch.setattr("imr_tui.store.worklist.listing.time.monotonic", lambda: next(clock))

    def keep(*_: object) -> bool:
        written.append(0.0)
        return True

    monkeypatch.setattr(Index, "keep", keep)
    listing = Listing(folder, SETUP)
    for _ in range(4):
        listing._has_unkept = True
        listing.keep()
    assert len(written) == 2


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir(mode=0o700)


def as_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def as_dangling_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("stands", [as_folder, as_link, as_dangling_link, as_pipe])
def test_what_stands_in_its_place_is_left_there(
    folder: Path, settled: None, stands: Callable[[Path], None]
) -> None:
    rows = rows_of(folder, SETUP)
    stands(index_of(folder))
    before = index_of(folder).lstat()
    beside = {path: path.read_bytes() for path in folder.glob(".imr/else*")}
    assert rows_of(folder, SETUP) == rows
    assert index_of(folder).lstat().st_ino == before.st_ino
    assert {path: path.read_bytes() for path in folder.glob(".imr/else*")} == beside
    assert not (folder / ".imr" / "nowhere").exists()


def test_without_its_folder_the_files_are_read(folder: Path) -> None:
    rows = rows_of(folder, SETUP)
    shutil.rmtree(folder / ".imr")
    (folder / ".imr").write_text("in the way")
    assert rows_of(folder, SETUP) == rows
    assert (folder / ".imr").read_text() == "in the way"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_an_unwritable_folder_is_listed(folder: Path) -> None:
    rows = rows_of(folder, SETUP)
    for place in (folder / ".imr", folder):
        place.chmod(0o500)
    try:
        assert rows_of(folder, SETUP) == rows
    finally:
        for place in (folder, folder / ".imr"):
            place.chmod(0o700)


HAMMER = """
import sys
from pathlib import Path
from imr_tui.checks import CheckSetup, Policy
from imr_tui.store.worklist.listing import rows_of
for _ in range(40):
    rows = rows_of(Path(sys.argv[1]), CheckSetup())
    assert len(rows) == int(sys.argv[2]), rows
"""


def test_two_processes_use_it_at_once(folder: Path) -> None:
    rows = rows_of(folder, SETUP)
    command = [sys.executable, "-c", HAMMER, str(folder), str(len(rows))]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    for turn in range(30):
        if turn % 10 == 5:
            index_of(folder).unlink(missing_ok=True)
        assert rows_of(folder, SETUP) == rows
    for process in both:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, b"")
    assert rows_of(folder, SETUP) == rows


def test_racy_is_two_seconds() -> None:
    assert RACY_NS == 2 * 10**9


# Duplicates


def test_files_with_one_number_are_all_broken(folder: Path) -> None:
    shutil.copy(folder / f"{NUMBER}.toml", folder / f"{NUMBER} copy.toml")
    (folder / f"{NUMBER.lower()}.toml").write_bytes(encode(Case.blank(NUMBER.lower())))
    rows = {row.name: row for row in rows_of(folder, SETUP)}
    alike = [f"{NUMBER} copy.toml", f"{NUMBER}.toml", f"{NUMBER.lower()}.toml"]
    for name in alike:
        row = rows[name]
        assert row.state == BROKEN
        assert row.problem.startswith(f"{folder / name} has the same case number as ")
        assert all(other in row.problem for other in alike)
        assert "Remove one" in row.problem
    assert rows["A.toml"].state == "draft"


def test_once_a_copy_is_gone_the_other_is_whole_again(folder: Path, settled: None) -> None:
    before = rows_of(folder, SETUP)
    shutil.copy(folder / f"{NUMBER}.toml", folder / "copy.toml")
    assert rows_of(folder, SETUP) != before
    (folder / "copy.toml").unlink()
    assert rows_of(folder, SETUP) == before


def test_many_duplicates_are_counted(tmp_path: Path) -> None:
    rows = [Row(f"{n}.toml", str(n), held="A") for n in range(9)]
    problem = mark_duplicates(tmp_path, rows)[0].problem
    assert "as 1.toml, 2.toml, 3.toml and 5 more. Remove one" in problem


def test_a_row_is_stored_under_the_setup_that_made_it(
    folder: Path, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The app sets another one while the thread that reads is at work."""
    listing, other = Listing(folder, SETUP), CheckSetup(reviewer="Robin Sample")
    made = case_row.row_of

    def meanwhile(path: Path, *others: Any, **more: Any) -> Row:
        listing.setup = other
        return made(path, *others, **more)

    monkeypatch.setattr("imr_tui.store.worklist.listing.row_of", meanwhile)
    listing.look()
    listing.read(lambda: listing.setup is SETUP)
    assert listing._known
    assert not any(known.policy.startswith(other.key) for known in listing._known.values())


def test_a_decision_date_in_the_future_is_checked_again_when_it_has_come(
    cases: Path, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file does not change; the day does."""
    whole = a_complete_case()
    day = date.today() + timedelta(days=1)
    saved(cases, whole.but(particulars=whole.particulars.but(decision_date=day)))
    (row,) = rows_of(cases, CheckSetup(today=date.today()))
    assert row.state == "draft"
    (row,) = rows_of(cases, CheckSetup(today=day))
    assert row.state == "ready"
