"""The journal: room taken beforehand, records that are whole or not there, nothing left behind."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from imr_tui.errors import CannotStore
from imr_tui.store.locking.sessions import new_session
from imr_tui.store.recovery.journal import LEAST, MOST, Journal, abandoned, create
from imr_tui.store.recovery.journal_records import PAGE, extent, slot_beside
from imr_tui.store.safety import linux
from imr_tui.store.safety.safe_open import MAX_BYTES
from tests.builders import NUMBER

pytestmark = pytest.mark.process


@pytest.fixture
def opened(cases: Path) -> Iterator[Journal]:
    """A journal of a session that lives."""
    made = create(cases, NUMBER, new_session())
    yield made
    made.close(remove=True)


def left(cases: Path, *records: bytes, age: float = 60) -> Path:
    """A journal as a session that was killed leaves it."""
    made = create(cases, NUMBER, new_session())
    for record in records:
        made.write(record)
    made.close(remove=False)
    status = made.path.stat()
    os.utime(made.path, (status.st_atime - age, status.st_mtime - age))
    return made.path


def read_all(cases: Path) -> list[bytes | None]:
    found = []
    for each in abandoned(cases):
        found.append(each.read())
        each.close(remove=False)
    return found


def test_its_room_is_on_the_disk_before_it_is_needed(opened: Journal) -> None:
    status = opened.path.stat()
    assert status.st_size == MOST
    assert status.st_blocks * 512 >= MOST
    assert status.st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_it_holds_a_case_at_the_limits_twice_even_if_nothing_can_be_packed(
    opened: Journal,
) -> None:
    first, second, third = (os.urandom(MAX_BYTES) for _ in range(3))
    for each in (first, b"small", second, third):
        opened.write(each)
        assert opened.read() == each
    assert opened.capacity == MOST


def test_a_write_takes_no_new_block(opened: Journal) -> None:
    before = opened.path.stat().st_blocks
    for size in (10, 100_000, 1_000, 500_000, 10):
        opened.write(os.urandom(size))
    assert opened.path.stat().st_blocks == before


def test_the_latest_record_is_what_is_found(cases: Path) -> None:
    left(cases, b"one", b"two", b"three")
    assert read_all(cases) == [b"three"]


def test_one_that_was_cleared_holds_nothing(opened: Journal) -> None:
    for each in (b"one", b"two"):
        opened.write(each)
    opened.clear()
    assert opened.read() is None
    opened.write(b"three")
    assert opened.read() == b"three"


def test_the_journal_of_a_living_session_is_left_alone(cases: Path, opened: Journal) -> None:
    opened.write(b"mine")
    assert read_all(cases) == []


def test_nothing_is_left_of_one_that_is_not_needed_any_more(opened: Journal) -> None:
    opened.close(remove=True)
    opened.close(remove=True)
    assert not opened.path.exists()


def test_one_made_this_moment_is_not_taken_from_its_session(cases: Path) -> None:
    left(cases, age=0)
    assert read_all(cases) == []


def test_an_empty_one_of_a_dead_session_is_found(cases: Path) -> None:
    left(cases)
    assert read_all(cases) == [None]


@pytest.mark.parametrize("what", ["link", "fifo", "folder", "other name"])
def test_what_is_no_journal_is_passed_over(cases: Path, tmp_path: Path, what: str) -> None:
    path = left(cases, b"text")
    moved = tmp_path / "moved"
    path.rename(moved)
    if what == "link":
        path.symlink_to(moved)
    elif what == "fifo":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    else:
        moved.rename(path.with_name("notes"))
    assert read_all(cases) == []


def test_one_whose_path_leads_elsewhere_says_so(opened: Journal) -> None:
    assert opened.is_in_place
    opened.path.rename(opened.path.with_name("moved"))
    assert not opened.is_in_place
    opened.path.write_bytes(b"")
    assert not opened.is_in_place


def head(made: Journal) -> bytes:
    """The part of a journal in which small records are."""
    with made.path.open("rb") as file:
        return file.read(1 << 17)


@given(
    texts=st.lists(st.binary(min_size=1, max_size=20_000), min_size=2, max_size=6),
    share=st.floats(0, 1),
)
def test_a_torn_record_leaves_the_one_before_it(
    tmp_path_factory: pytest.TempPathFactory, texts: list[bytes], share: float
) -> None:
    cases = tmp_path_factory.mktemp("torn")
    made = create(cases, NUMBER, new_session())
    try:
        for text in texts[:-1]:
            made.write(text)
        before = head(made)
        made.write(texts[-1])
        after = head(made)
        changed = [at for at, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
        cut = changed[0] + int(share * (changed[-1] - changed[0]))
        with made.path.open("r+b") as file:
            file.write(after[:cut] + before[cut:])
        assert made.read() == texts[-2]
    finally:
        made.close(remove=True)


@given(sizes=st.lists(st.integers(0, MAX_BYTES + PAGE), min_size=1, max_size=40))
def test_two_records_never_share_a_place_and_always_have_room(sizes: list[int]) -> None:
    latest = None
    for length in sizes:
        place = slot_beside(latest, length)
        assert place.size >= length
        assert place.offset % PAGE == 0
        # Records are looked for only here.
        assert place.offset & (place.offset - 1) == 0
        assert place.offset + place.size <= MOST
        if latest is not None:
            assert place.offset >= latest.offset + latest.size or (
                place.offset + place.size <= latest.offset
            )
        latest = place


def test_a_small_disk_gives_what_it_has(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def allocate(descriptor: int, offset: int, size: int) -> None:
        sizes.append(size)
        if size > 3 * LEAST // 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.ftruncate(descriptor, size)

    monkeypatch.setattr(os, "posix_fallocate", allocate)
    made = create(cases, NUMBER, new_session())
    assert made.capacity == LEAST // 2
    made.write(b"text")
    assert made.read() == b"text"
    made.close(remove=True)
    assert sizes == sorted(sizes, reverse=True)


def test_a_disk_without_any_room_is_told(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def allocate(descriptor: int, offset: int, size: int) -> None:
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    monkeypatch.setattr(os, "posix_fallocate", allocate)
    with pytest.raises(CannotStore, match="quota"):
        create(cases, NUMBER, new_session())
    assert list((cases / ".imr" / "journal").iterdir()) == []


LIMITED = """
import os, resource, sys
from pathlib import Path
from imr_tui.store.recovery import journal
from imr_tui.store.locking.sessions import new_session
made = journal.create(Path(sys.argv[1]), "CM1", new_session())
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
for size in map(int, sys.argv[3:]):
    text = os.urandom(size)
    try:
        made.write(text)
    except OSError as error:
        print(error.errno, len(made.read()))
    else:
        print(0, len(made.read()))
"""


@pytest.mark.parametrize(
    ("limit", "sizes", "said"),
    [
        (2_000, (1_000, 1_100), ["0 1000", "0 1100"]),
        (2_000, (1_000, 3_000, 900), ["0 1000", f"{errno.EFBIG} 1000", "0 900"]),
    ],
)
def test_a_limit_on_files_leaves_one_record(
    cases: Path, limit: int, sizes: tuple[int, ...], said: list[str]
) -> None:
    arguments = [str(cases), str(limit), *map(str, sizes)]
    command = [sys.executable, "-c", LIMITED, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == said


def test_without_locks_only_a_dead_process_of_this_machine_leaves_one(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linux, "lock", lambda descriptor: True)
    monkeypatch.setattr(linux, "offers_locks", lambda folder: False)
    path = left(cases, b"text")
    assert read_all(cases) == [b"text"]
    monkeypatch.setattr(os, "getpid", lambda: 1)
    assert read_all(cases) == []
    monkeypatch.undo()
    monkeypatch.setattr(linux, "offers_locks", lambda folder: False)
    host, _, rest = path.name.removeprefix(f"{NUMBER}.").partition(".")
    other = f"{int(host, 16) ^ 1:08x}"
    path.rename(path.with_name(f"{NUMBER}.{other}.{rest}"))
    assert read_all(cases) == []


def test_the_room_of_a_record() -> None:
    assert extent(1) == extent(PAGE) == PAGE
    assert extent(PAGE + 1) == 2 * PAGE
