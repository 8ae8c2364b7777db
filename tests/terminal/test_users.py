"""Two users of one machine: neither gets at the other's folder, and all that is left is private."""

import os
import shutil
import stat
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from imr_tui.store.config.account_folder import account_name
from tests.bench.samples import FRESH, make_folder, on_disk
from tests.terminal.driver import Terminal

pytestmark = pytest.mark.slow

UIDS = (64011, 64012)
TYPED = "Nothing of this may be seen."
SAME = f"python{sys.version_info.major}.{sys.version_info.minor}"
PYTHONS = (sys.executable, shutil.which(SAME, path="/usr/bin:/usr/local/bin") or sys.executable)
"""That of the tests, and one that every user may run, where the first lies in root's home."""
PACKAGES = os.pathsep.join([str(Path(__file__).parents[2]), sysconfig.get_path("purelib")])
AS_USER = (
    "import os, sys; os.umask(0); os.setgroups([]); os.setgid({0}); os.setuid({0}); "
    "os.environ['PYTHONPATH'] = {2!r}; "
    "os.execv({1!r}, [{1!r}, '-m', 'imr_tui', *sys.argv[1:]])"
)


@dataclass(frozen=True)
class User:
    """A user without an entry in passwd."""

    uid: int
    home: Path
    python: str

    @property
    def folder(self) -> Path:
        """Their folder of cases."""
        return self.home / "cases"

    def argv(self, *words: str) -> list[str]:
        """imr-tui, run by this user, under a umask that hides nothing."""
        return [sys.executable, "-c", AS_USER.format(self.uid, self.python, PACKAGES), *words]

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.argv(*words), cwd=self.home, capture_output=True, text=True, timeout=60
        )


@pytest.fixture
def users() -> Iterator[Sequence[User]]:
    """Two users, each with a folder of their own, side by side."""
    if os.geteuid() != 0:
        pytest.skip("only root can be two users")
    # Not below pytest's own directory, which is closed to them.
    with tempfile.TemporaryDirectory(prefix="imr-users-") as place:
        Path(place).chmod(0o755)
        python = next((each for each in PYTHONS if may_run(each, Path(place))), None)
        if python is None:
            pytest.skip("the program lies where other users cannot read it")
        made = [User(uid, Path(place) / str(uid), python) for uid in UIDS]
        for user in made:
            user.home.mkdir()
            make_folder(user.home, FRESH)
            accounts = user.folder / ".imr" / "accounts"
            (accounts / account_name()).rename(accounts / f"user-{user.uid}")
            for path in (user.home, *user.home.rglob("*")):
                os.chown(path, user.uid, user.uid)
                path.chmod(0o700 if path.is_dir() else 0o600)
            user.home.chmod(0o755)
        yield made


def may_run(python: str, place: Path) -> bool:
    """Whether other users can run the program by that Python."""
    return User(UIDS[0], place, python).run("list", "--help").returncode == 0


def test_neither_lists_opens_or_locks_what_the_other_has(users: Sequence[User]) -> None:
    one, two = users
    path = one.folder / FRESH.name
    with Terminal(one.argv(str(one.folder)), one.home) as terminal:
        terminal.wait_for(FRESH.stem)
        terminal.settle()
        terminal.key("enter")
        terminal.wait_for("attest")
        terminal.wait_until(lambda: is_at_rest(one.folder), what="the first version")
        before = everything(one.folder)
        for command in (
            ["list", str(one.folder)],
            ["check", str(one.folder)],
            ["letter", "--draft", str(path)],
            ["history", str(path)],
            ["new", "CM26-0000001", str(one.folder)],
        ):
            done = two.run(*command)
            assert done.returncode in (2, 3, 4), command
            assert "standard output" not in done.stderr, command
            assert "Rowan" not in done.stdout + done.stderr
        for words in ([str(one.folder)], [str(path)], ["--restricted", str(one.folder)]):
            with Terminal(two.argv(*words), two.home) as other:
                assert other.wait_exit() in (2, 3, 4), other.text
                assert FRESH.stem not in other.text.replace(str(path), "")
        assert everything(one.folder) == before
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0


def is_at_rest(folder: Path) -> bool:
    """Whether all that is kept of a case that was opened is there."""
    names = [path.name for path in folder.rglob("*")]
    return "000001-opened.toml" in names and not any(name.endswith(".tmp") for name in names)


def everything(folder: Path) -> set[Path]:
    """What is in a folder, but for what its own user's app notes on the way."""
    return {path for path in folder.rglob("*") if path.name not in ("spot.toml", "days.json")}


def test_both_work_at_once_and_leave_nothing_open_to_others(users: Sequence[User]) -> None:
    one, two = users
    with (
        Terminal(one.argv(str(one.folder)), one.home) as first,
        Terminal(two.argv("--restricted", str(two.folder)), two.home) as second,
    ):
        for terminal in (first, second):
            terminal.wait_for(FRESH.stem)
            terminal.settle()
            terminal.key("enter")
            terminal.wait_for("attest")
            terminal.settle()
            terminal.key("ctrl+n")
            terminal.enter_text()
            terminal.type(TYPED)
            terminal.wait_for(TYPED)
            assert "READ ONLY" not in terminal.text
        for terminal in (first, second):
            terminal.key("ctrl+q")
            assert terminal.wait_exit() == 0
    for user in users:
        assert on_disk(user.folder / FRESH.name).summary.text == TYPED
        # Besides the folder, the head of the audit log, unless the app is restricted.
        state = user.home / ".local"
        left = [user.folder, *user.folder.rglob("*"), *state.rglob("*")]
        assert len(left) > 5
        assert [path for path in left if stat.S_IMODE(path.lstat().st_mode) & 0o077] == []
        assert {path.lstat().st_uid for path in left} == {user.uid}
        assert {*user.home.iterdir()} - {state} == {user.folder}
