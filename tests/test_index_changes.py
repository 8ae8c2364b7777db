"""Whatever is done to the files and to the index, the rows are those that the files alone make."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from imr_tui.checks import CheckSetup
from imr_tui.model.case import Case, Item, Summary
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.worklist.case_numbers import duplicate_of, holders
from imr_tui.store.worklist.index import FILE
from imr_tui.store.worklist.listing import Listing, rows_of
from tests.builders import a_complete_case

pytestmark = pytest.mark.process

SETUP = CheckSetup()
NUMBERS = ["A", "a", "B", "C"]
NAMES = [*(f"{number}.toml" for number in NUMBERS), "A copy.toml"]
TICK_NS = 30_000_000
"""More than the clock of a file system may stand still here."""

names = st.sampled_from(NAMES)
numbers = st.sampled_from(NUMBERS)
Change = Callable[[Path], None]


def write(name: str, number: str, text: str) -> Change:
    case = Case.blank(number).but(items=(Item(request=text),), summary=Summary(text=text))
    return lambda folder: _put(folder / name, encode(case))


def complete(name: str, number: str) -> Change:
    case = a_complete_case()
    case = case.but(particulars=case.particulars.but(number=number))
    return lambda folder: _put(folder / name, encode(case))


def rewrite(name: str) -> Change:
    """Other content of the same length, with the time of the old one put back."""

    def change(folder: Path) -> None:
        path = folder / name
        if path.exists():
            status, data = path.stat(), path.read_bytes()
            path.write_bytes(data.translate(bytes.maketrans(b"xyABC", b"yxBCA")))
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    return change


def replace(name: str, other: str) -> Change:
    def change(folder: Path) -> None:
        if (folder / name).exists():
            (folder / name).replace(folder / other)

    return change


def copy(name: str, other: str) -> Change:
    def change(folder: Path) -> None:
        if (folder / name).exists() and name != other:
            shutil.copy2(folder / name, folder / other)

    return change


def touch(name: str) -> Change:
    return lambda folder: os.utime(folder / name) if (folder / name).exists() else None


def spoil(name: str, data: bytes) -> Change:
    return lambda folder: _put(folder / name, data)


def delete(name: str) -> Change:
    return lambda folder: (folder / name).unlink(missing_ok=True)


def damage(at: int, bit: int) -> Change:
    """Flip a bit of the index."""

    def change(folder: Path) -> None:
        path = folder / ".imr" / FILE
        if path.exists():
            data = bytearray(path.read_bytes())
            data[at % len(data)] ^= 1 << bit
            path.write_bytes(data)

    return change


def lose(folder: Path) -> None:
    (folder / ".imr" / FILE).unlink(missing_ok=True)


def wait(folder: Path) -> None:
    time.sleep(2 * TICK_NS / 10**9)


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


changes = st.one_of(
    st.builds(write, names, numbers, st.text("xy", max_size=3)),
    st.builds(complete, names, numbers),
    st.builds(rewrite, names),
    st.builds(replace, names, names),
    st.builds(copy, names, names),
    st.builds(touch, names),
    st.builds(spoil, names, st.binary(max_size=9)),
    st.builds(delete, names),
    st.builds(damage, st.integers(0, 100_000), st.integers(0, 7)),
    st.sampled_from([lose, wait, wait]),
)
AGREED: list[Change] = [write("A.toml", "A", "x"), write("B.toml", "B", "y"), wait]


@pytest.fixture(scope="module", autouse=True)
def fine_clock() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("imr_tui.store.worklist.case_files.RACY_NS", TICK_NS)
        yield


def straight(folder: Path) -> Listing:
    """A listing that has read every file."""
    listing = Listing(folder, SETUP)
    listing._known.clear()
    listing.look()
    listing.read()
    return listing


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(st.lists(changes, min_size=1, max_size=4), min_size=1, max_size=6))
def test_the_index_says_what_the_files_say(steps: list[list[Change]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        open_for_long = Listing(folder, SETUP)
        for step in (AGREED, *steps):
            for change in step:
                change(folder)
            rows = straight(folder).rows()
            assert rows_of(folder, SETUP) == rows
            open_for_long.look()
            open_for_long.read()
            assert open_for_long.rows() == rows
            for number in NUMBERS:
                held = {row.name for row in rows if row.held.casefold() == number.casefold()}
                assert set(holders(folder, number)) == held
                assert bool(duplicate_of(folder, number)) == (len(held) > 1)
