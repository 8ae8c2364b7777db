"""What was cited lately: noted, kept on the disk, and never in the way."""

import stat
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st

from imr_tui.errors import CannotStore
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import account_folder, make_account_folder
from imr_tui.store.config.account_state import KEPT, load_recent, noted, save_recent
from imr_tui.store.safety.safe_open import MAX_BYTES
from tests.builders import names

_ids = st.from_regex(r"[a-z]{1,3}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
_recent = st.lists(_ids, max_size=KEPT, unique=True).map(tuple)


def written(folder: Path, data: bytes) -> Path:
    """The file of recent citations in `folder`, written by hand."""
    path = make_account_folder(folder) / "recent.toml"
    path.write_bytes(data)
    return path


# Noted


@pytest.mark.parametrize(
    ("recent", "cited", "then"),
    [
        ((), "a", ("a",)),
        (("a",), "b", ("b", "a")),
        (("a", "b", "c"), "c", ("c", "a", "b")),
        (("a", "b", "c"), "a", ("a", "b", "c")),
    ],
)
def test_what_is_cited_comes_first(
    recent: tuple[str, ...], cited: str, then: tuple[str, ...]
) -> None:
    assert noted(recent, cited) == then


def test_only_so_many_are_remembered() -> None:
    recent: tuple[str, ...] = ()
    for number in range(3 * KEPT):
        recent = noted(recent, str(number))
    assert recent == tuple(str(number) for number in reversed(range(2 * KEPT, 3 * KEPT)))


@given(_recent, _ids)
def test_noting_forgets_at_most_the_oldest(recent: tuple[str, ...], cited: str) -> None:
    then = noted(recent, cited)
    assert then[0] == cited
    assert len(then) <= KEPT
    assert len(set(then)) == len(then)
    others = tuple(each for each in recent if each != cited)
    assert then[1:] == others[: KEPT - 1]
    assert noted(then, cited) == then


# On the disk


def test_without_a_file_nothing_was_cited(cases: Path) -> None:
    assert load_recent(Folder(cases)) == ()
    assert names(cases) == []


@pytest.mark.parametrize("recent", [("b", "a"), ("a",), (), tuple(map(str, range(KEPT)))])
def test_it_is_kept_and_read_again(cases: Path, recent: tuple[str, ...]) -> None:
    save_recent(Folder(cases), ("before",))
    save_recent(Folder(cases), recent)
    assert load_recent(Folder(cases)) == recent
    assert names(account_folder(cases)) == ["recent.toml"]
    assert list(Folder(cases).entries()) == []
    assert stat.S_IMODE((account_folder(cases) / "recent.toml").stat().st_mode) == 0o600


@given(_recent)
def test_any_ids_are_read_again(recent: tuple[str, ...]) -> None:
    with TemporaryDirectory() as name:
        save_recent(Folder(Path(name)), recent)
        assert load_recent(Folder(Path(name))) == recent


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"cited = [",
        b"cited = 'a'\n",
        b"cited = [1, 2]\n",
        b"cited = ['a']\nother = 1\n",
        b"[cited]\n",
        b"caf\xe9 = 1\n",
        b"\x00" * 100,
        b"cited = " + b"[" * 100_000,
        b"cited = [" + b"'a', " * 1_001 + b"]\n",
        b"cited = ['" + b"a" * 4_001 + b"']\n",
    ],
    ids=[
        *("empty", "cut off", "text", "numbers", "another key", "table", "cp1252", "zeros"),
        *("deep", "too many", "too long"),
    ],
)
def test_a_broken_file_counts_as_none_and_is_left(cases: Path, data: bytes) -> None:
    path = written(cases, data)
    assert load_recent(Folder(cases)) == ()
    assert path.read_bytes() == data


def make_link(path: Path) -> None:
    target = path.with_name("target.toml")
    target.write_text("cited = ['a']\n")
    path.symlink_to(target)


def make_huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)


@pytest.mark.parametrize(
    "make",
    [make_link, lambda path: path.symlink_to("nowhere"), Path.mkdir, make_huge],
    ids=["link", "dangling link", "folder", "huge"],
)
def test_what_is_no_file_counts_as_none(cases: Path, make: Callable[[Path], None]) -> None:
    path = written(cases, b"")
    path.unlink()
    make(path)
    assert load_recent(Folder(cases)) == ()


def test_a_broken_file_is_replaced(cases: Path) -> None:
    written(cases, b"cited = [")
    save_recent(Folder(cases), noted(load_recent(Folder(cases)), "a"))
    assert load_recent(Folder(cases)) == ("a",)


def test_what_cannot_be_kept_is_reported(cases: Path) -> None:
    (cases / ".imr").write_text("in the way")
    with pytest.raises(CannotStore, match=r"\.imr"):
        save_recent(Folder(cases), ("a",))
    assert load_recent(Folder(cases)) == ()
    assert (cases / ".imr").read_text() == "in the way"
