"""Two accounts of one group in one folder of cases, where the site lets the group in."""

import os
import re
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from imr_tui.model import edits, reviewer_edits
from imr_tui.model.case import ATTESTATIONS
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.safety import permissions
from tests.bench.samples import ATTESTED_AT, FRESH, SEED, on_disk
from tests.terminal.driver import Terminal
from tests.terminal.test_users import PACKAGES, PYTHONS, may_run

pytestmark = pytest.mark.slow

UIDS = (64021, 64022)
GROUP = 64020
FIRST, SECOND = "Written by the first account. ", "And by the second one. "

PROGRAM = """
import sys
from pathlib import Path
from imr_tui.store.config import machine_policy
machine_policy.load_host.__defaults__ = (Path({0!r}),)
from imr_tui.cli import main
main()
"""
"""imr-tui on a machine whose owner wrote the file of that name instead of /etc/imr-tui.toml."""
AS_MEMBER = (
    "import os, sys; os.umask(0o022); os.setgroups([{1}]); os.setgid({0}); os.setuid({0}); "
    "os.environ['PYTHONPATH'] = {3!r}; "
    "os.execv({2!r}, [{2!r}, '-c', {4!r}, *sys.argv[1:]])"
)


@dataclass(frozen=True)
class Member:
    """An account of the group."""

    uid: int
    place: Path
    python: str

    @property
    def folder(self) -> Path:
        """The folder of cases of all."""
        return self.place / "cases"

    @property
    def own(self) -> Path:
        """What this account keeps for itself."""
        return self.folder / ".imr" / "accounts" / f"user-{self.uid}"

    def argv(self, *words: str) -> list[str]:
        program = PROGRAM.format(str(self.place / "imr-tui.toml"))
        code = AS_MEMBER.format(self.uid, GROUP, self.python, PACKAGES, program)
        return [sys.executable, "-c", code, *words]

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.argv(*words), cwd=self.place, capture_output=True, text=True, timeout=60
        )

    def reads(self, path: Path) -> bool:
        """Whether this account can read a file."""
        code = f"import os; os.setgroups([{GROUP}]); os.setgid({self.uid}); os.setuid({self.uid}); "
        code += f"open({str(path)!r}).read()"
        return subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0

    def writing(self) -> Terminal:
        """The app of this account at the summary of the case."""
        return self.opening(FRESH.name, " word")

    def opening(self, name: str, shown: str) -> Terminal:
        """The app of this account at a case, once it shows these words."""
        terminal = Terminal(self.argv(str(self.folder / name)), self.place)
        asked = "Your profile"
        terminal.wait_until(lambda: asked in terminal.text or shown in terminal.text, what=shown)
        if asked in terminal.text:
            # Each account is asked once.
            terminal.settle()
            terminal.key("escape")
        terminal.wait_for(shown)
        terminal.settle()
        return terminal


@pytest.fixture
def members() -> Iterator[tuple[Member, Member]]:
    if os.geteuid() != 0:
        pytest.skip("only root can be two users")
    with tempfile.TemporaryDirectory(prefix="imr-group-") as name:
        place = Path(name)
        place.chmod(0o755)
        python = next((each for each in PYTHONS if may_run(each, place)), None)
        if python is None:
            pytest.skip("the program lies where other users cannot read it")
        (place / "imr-tui.toml").write_text("group_access = true\n")
        (place / "imr-tui.toml").chmod(0o644)
        folder = place / "cases"
        folder.mkdir()
        path = folder / FRESH.name
        path.write_bytes(FRESH.read_bytes())
        case = on_disk(path)
        for key in ATTESTATIONS:
            case = reviewer_edits.toggle_attestation(case, key, ATTESTED_AT)
        case = reviewer_edits.prefill(case, ("Texas",), ("Orthopaedic Surgery",))
        path.write_bytes(encode(case))
        (folder / SEED.name).write_bytes(SEED.read_bytes())
        # Without setgid: the group of what is made is not left to the system.
        os.chown(folder, UIDS[0], GROUP)
        folder.chmod(0o770)
        for each in folder.iterdir():
            os.chown(each, UIDS[0], UIDS[0])
            each.chmod(0o600)
        yield Member(UIDS[0], place, python), Member(UIDS[1], place, python)


def wrong(folder: Path) -> list[str]:
    """What in a folder has another mode or group than the site wants."""
    found = []
    for path in folder.rglob("*"):
        status = path.lstat()
        below = path.relative_to(folder).parts
        is_personal = below[:2] in ((".imr", "accounts"), (".imr", "editing"))
        mode = 0o2770 if path.is_dir() else 0o660
        if is_personal and len(below) > 2:
            mode = 0o700 if path.is_dir() else 0o600
        elif is_personal:
            mode = 0o3770
        is_of_group = status.st_gid == GROUP or (is_personal and len(below) > 2)
        if stat.S_IMODE(status.st_mode) != mode or not is_of_group:
            found.append(f"{'/'.join(below)} {stat.S_IMODE(status.st_mode):o} {status.st_gid}")
    return found


@pytest.mark.slow
def test_two_accounts_work_in_one_folder(members: tuple[Member, Member]) -> None:
    one, two = members
    path = one.folder / FRESH.name
    with one.writing() as terminal:
        terminal.enter_text()
        terminal.type(FIRST)
        terminal.wait_until(lambda: on_disk(path).summary.text == FIRST)
        with two.writing() as other:
            other.wait_for("READ ONLY")
            other.key("ctrl+p")
            other.wait_for("Written by the first account.")
            other.key("t")
            terminal.wait_for("wants to edit this case")
            terminal.settle()
            terminal.key("f2")
            terminal.wait_for("Another session wants this case")
            terminal.settle()
            terminal.key("g")
            other.wait_for("You can edit this case now")
            other.enter_text()
            other.key("end")
            other.type(SECOND)
            other.wait_until(lambda: on_disk(path).summary.text == FIRST + SECOND)
            other.key("ctrl+q")
            assert other.wait_exit() == 0
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    with one.writing() as terminal:
        terminal.wait_for("And by the second one.")
        assert "READ ONLY" not in terminal.text
        terminal.enter_text()
        terminal.key("end")
        terminal.type("Again.")
        terminal.wait_until(lambda: on_disk(path).summary.text == FIRST + SECOND + "Again.")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    # An index that the second start of each finds made by the other one.
    for member in (*members, *members):
        assert member.run("list", str(member.folder)).returncode == 0
        history = member.run("history", str(path)).stdout
        assert "taken over" in history
        shown = member.run("history", str(path), "--show", "1")
        assert (shown.returncode, shown.stderr) == (0, "")
        assert member.run("doctor", str(member.folder)).returncode == 0
        assert member.run("history", str(path), "--restore", "2").returncode == 0
    log = two.run("log", "--dir", str(one.folder))
    assert log.returncode == 0
    assert {f"user-{uid}" for uid in UIDS} <= set(log.stdout.split())
    assert {"opened", "edited", "taken over"} <= set(re.split(r"  +|\n", log.stdout))
    assert wrong(one.folder) == []


def is_new(letter: Path) -> bool:
    """Whether there is a letter, and it is the program's."""
    return letter.exists() and letter.read_text() != "By hand.\n"


@pytest.mark.slow
def test_each_account_writes_the_letter_and_keeps_originals(
    members: tuple[Member, Member],
) -> None:
    seed = members[0].folder / SEED.name
    letter = seed.with_suffix(".txt")
    for member in (*members, *members):
        # One that is no letter of the program's goes to the originals, whoever owns which.
        if letter.exists():
            letter.write_text("By hand.\n")
        with member.opening(SEED.name, "Letter, re-wrapped") as terminal:
            terminal.key("w")
            terminal.wait_until(partial(is_new, letter), what="the letter")
            terminal.wait_for("Letter written")
            terminal.key("ctrl+q")
            assert terminal.wait_exit() == 0
    originals = members[0].folder / ".imr" / "originals"
    assert "By hand.\n" in [path.read_text() for path in originals.iterdir()]
    assert wrong(members[0].folder) == []


def test_what_is_one_accounts_own_is_closed_to_the_other(members: tuple[Member, Member]) -> None:
    one, two = members
    for member in members:
        with member.writing() as terminal:
            terminal.key("ctrl+q")
            assert terminal.wait_exit() == 0
        profile = 'licenses = ["Ohio"]\npin = "scrypt$00$00"\n'
        (member.own / "profile.toml").write_text(profile)
        os.chown(member.own / "profile.toml", member.uid, member.uid)
        (member.own / "profile.toml").chmod(0o600)
    assert (one.own / "spot.toml").exists()
    for member, other in ((one, two), (two, one)):
        for path in (*other.own.iterdir(), other.own / "profile.toml"):
            assert member.reads(path.parent.with_name(f"user-{member.uid}") / path.name)
            assert not member.reads(path)
    # Nor can it be renamed, or replaced by one that is open.
    code = f"import os; os.setgroups([{GROUP}]); os.setgid({two.uid}); os.setuid({two.uid}); "
    code += f"os.rename({str(one.own)!r}, {str(one.own) + '.old'!r})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode != 0


def test_a_folder_that_another_account_made_for_mine_is_not_used(
    members: tuple[Member, Member],
) -> None:
    one, two = members
    two.own.mkdir(parents=True)
    for path in (one.folder / ".imr", two.own.parent, two.own):
        os.chown(path, one.uid, GROUP)
        path.chmod(0o777)
    path = one.folder / FRESH.name
    os.chown(path, one.uid, GROUP)
    path.chmod(0o660)
    with Terminal(two.argv(str(path)), two.place) as terminal:
        says = "another account, so it was not used"
        terminal.wait_until(lambda: says in terminal.notices, what=says)
        terminal.enter_text()
        terminal.type(FIRST)
        terminal.wait_until(lambda: on_disk(path).summary.text == FIRST)
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    assert list(two.own.iterdir()) == []


def test_the_files_of_an_earlier_version_go_to_the_account_that_owns_them(
    members: tuple[Member, Member],
) -> None:
    one, two = members
    earlier = one.folder / ".imr" / "profile.toml"
    earlier.parent.mkdir()
    os.chown(earlier.parent, one.uid, one.uid)
    earlier.write_text('licenses = ["Ohio"]\n')
    earlier.chmod(0o600)
    os.chown(earlier, one.uid, one.uid)
    earlier.parent.chmod(0o700)
    # It opens the folder that it made before the group was let in.
    assert one.run("list", str(one.folder)).returncode == 0
    assert one.run("check", str(one.folder)).returncode in (0, 1)
    assert not earlier.exists()
    assert (one.own / "profile.toml").read_text() == 'licenses = ["Ohio"]\n'
    assert two.run("check", str(two.folder)).returncode in (0, 1, 3)
    assert not (two.own / "profile.toml").exists()


@pytest.mark.parametrize("mode", [0o700, 0o770, 0o750, 0o755])
def test_a_file_is_shared_only_in_a_folder_that_is_closed_to_others(
    cases: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    monkeypatch.setattr(permissions, "is_shared", lambda: True)
    cases.chmod(mode)
    path = Folder(cases).rescue(on_disk(FRESH))
    shared = mode in (0o700, 0o770)
    assert stat.S_IMODE(path.stat().st_mode) == (0o660 if shared else 0o600)
    file = open_case(path)
    path.write_bytes(path.read_bytes() + b"# by hand\n")
    file = open_case(path)
    file.save(edits.set_summary(file.case, "on"))
    assert stat.S_IMODE(path.stat().st_mode) == (0o660 if shared else 0o600)
    assert stat.S_IMODE((cases / ".imr" / "originals").stat().st_mode) == 0o2770
