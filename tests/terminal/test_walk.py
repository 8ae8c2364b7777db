"""A case worked as a reviewer works it: on a terminal, in tmux, over ssh, and too fast."""

import re
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pytest

from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.account_folder import account_folder
from imr_tui.store.config.profile import load_profile
from tests.bench.samples import APP, FRESH, case_at, make_folder, on_disk
from tests.terminal.driver import Terminal
from tests.terminal.sshd import Sshd
from tests.terminal.tmux import Tmux

NUMBER = FRESH.stem

PLAIN_KEYS = re.compile(rb"(?:[ -~\r\t]|[\x01-\x07\x0b\x0c\x0e-\x1a]|\x1b\[[A-D]|\x1b)*")
"""Printable keys, Enter, Tab, Ctrl+letter, arrows and Esc; no letter that is another key's byte."""

SUMMARY = (
    "A 51-year-old freight loader strained the right shoulder while lifting. Imaging shows a "
    "full-thickness tear of the supraspinatus; therapy of eight weeks brought little.",
    "Utilization review denied the surgery and what goes with it; this is paragraph-two.",
)
RATIONALES = (
    ("Surgery is premature while therapy is incomplete, reason-1.",),
    ("Six sessions are within the guideline.", "This is reason-2."),
    ("Without the surgery there is no need for it, reason-3.",),
)
"""The paragraphs of the rationale of each item of the case with three."""
OTHER_SOURCE = "Synthetic Guide to Cold Therapy"
"""A source that no catalogue has."""
QUIET = 0.1
"""Seconds of silence after which a screen that has come has its focus, too."""

TYPED = "Nothing of this may be lost."


class Desk(Protocol):
    """A terminal to work at."""

    def type(self, keys: str, /) -> None: ...
    def key(self, *names: str) -> None: ...
    def settle(self, quiet: float, /) -> None: ...
    def wait_for(self, text: str, /) -> None: ...
    def wait_gone(self, text: str, /) -> None: ...
    @property
    def cursor(self) -> tuple[int, int]: ...


class Recorded(Terminal):
    """A terminal that remembers what was typed on it."""

    sent = b""

    def _send(self, data: bytes) -> None:
        self.sent += data
        super()._send(data)


class Window(Tmux):
    """A tmux window to work at."""

    NAMES = {"enter": "Enter", "escape": "Escape", "tab": "Tab", "up": "Up", "down": "Down"}  # noqa: RUF012

    def key(self, *names: str) -> None:
        self.send(*(self.NAMES.get(name) or name.replace("ctrl+", "C-") for name in names))

    @property
    def cursor(self) -> tuple[int, int]:
        column, row = self._run("display", "-p", "#{cursor_x} #{cursor_y}").split()
        return int(column), int(row)

    def wait_gone(self, text: str) -> None:
        self.wait_until(lambda: text not in self.capture(), what=f"{text!r} to go")

    def settle(self, quiet: float = 0) -> None:
        """Wait until a few looks in a row see the same."""
        seen: list[str] = []

        def is_quiet() -> bool:
            seen.append(self.capture())
            return len(seen) > 5 and len(set(seen[-5:])) == 1

        self.wait_until(is_quiet, what="silence")


class Reviewer:
    """Works a case by keys, waits for what each of them shows, and counts the overhead."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.overhead = 0
        """Keys that were not text, attestations, decisions or choices from a list."""

    def choose(self, key: str, shows: str) -> None:
        self.desk.key(key)
        self.desk.wait_for(shows)
        self.desk.settle(QUIET)

    def press(self, key: str, shows: str) -> None:
        self.overhead += 1
        self.choose(key, shows)

    def write_text(self, *paragraphs: str) -> None:
        """Enter the text of the stage, and write."""
        self.press("enter", "TYPING")
        self.write(*paragraphs)

    def write(self, *paragraphs: str) -> None:
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.desk.key("enter", "enter")
            self.desk.type(paragraph)
            self.desk.wait_for(paragraph.split()[-1])
        self.desk.settle(QUIET)

    def introduce_oneself(self) -> None:
        self.desk.wait_for("Your profile")
        self.desk.settle(QUIET)
        for answer in ("Texas, Florida", "Orthopaedic Surgery", "Avery Sampleton"):
            self.write(answer)
            row = self.desk.cursor[1]
            self.desk.key("enter")
            while self.desk.cursor[1] == row:
                self.desk.settle(QUIET)
        # Past the PIN, which is optional, to the button and on it.
        self.desk.key(*["enter"] * 3)
        self.desk.wait_gone("Your profile")
        self.desk.settle(QUIET)

    def attest(self) -> None:
        for number in "123456":
            self.choose(number, f"[x] {number}")

    def decide(self, item: int, count: int, key: str, rationale: Sequence[str]) -> None:
        self.press("ctrl+n", f"Item {item} of {count}")
        self.choose(key, f"(x) {key}")
        self.write_text(*rationale)

    def cite(self, words: str, *, as_typed: bool = False, sections: str = "") -> None:
        self.press("a", "Cite a guideline")
        self.write(words)
        self.desk.wait_for(f"as they are: {words}")
        for _ in range(3 if as_typed else 0):
            self.choose("up", words)
        self.choose("enter", "Standard  ")
        if sections:
            self.write(sections)
        self.overhead += 1
        self.desk.key("ctrl+s")
        self.desk.wait_gone("Standard  ")
        if as_typed:
            self.desk.wait_for("Why not the MTUS?")
            self.desk.key("escape")
            self.desk.wait_gone("Why not the MTUS?")
        self.desk.settle(QUIET)

    def work_at_one_item(self) -> None:
        """Work a case with one item, from the worklist to its letter."""
        self.press("enter", "attest")
        self.attest()
        self.press("ctrl+n", "words")
        self.write_text(*SUMMARY)
        self.decide(1, 1, "o", ["The tear is complete and the guideline met, reason-1."])
        self.press("ctrl+n", "You cite")
        self.cite("shoulder 2023", sections="Rotator Cuff Tears")
        self.write_letter()

    def work_at_three_items(self) -> None:
        """Work a case with three items, from the worklist to its letter."""
        self.press("enter", "attest")
        self.attest()
        self.press("ctrl+n", "words")
        self.write_text(*SUMMARY)
        self.decide(1, 3, "u", RATIONALES[0])
        self.press("ctrl+n", "You cite")
        self.cite("shoulder 2023", sections="Rotator Cuff Tears")
        self.decide(2, 3, "o", RATIONALES[1])
        self.press("ctrl+n", "You cite")
        self.cite("shoulder 2023")
        self.decide(3, 3, "u", RATIONALES[2])
        self.press("ctrl+n", "You cite")
        self.cite(OTHER_SOURCE, as_typed=True)
        self.write_letter()

    def write_letter(self) -> None:
        """Write the letter on the stage that follows, although it has warnings."""
        self.press("ctrl+n", "a accepts it")
        self.press("w", "w writes the letter anyway")
        self.press("w", "Letter written")


def letter_of(path: Path) -> bytes:
    """What `imr-tui letter` prints for a case."""
    return subprocess.run([*APP, "letter", path], check=True, stdout=subprocess.PIPE).stdout


@pytest.mark.slow
def test_a_case_is_worked_from_the_worklist_to_the_letter_by_plain_keys(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, FRESH, profile=False)
    path, letter = folder / FRESH.name, folder / f"{NUMBER}.txt"
    with Recorded([*APP, str(folder)], tmp_path) as terminal:
        reviewer = Reviewer(terminal)
        reviewer.introduce_oneself()
        terminal.wait_for(NUMBER)
        reviewer.work_at_three_items()
        reviewer.press("escape", "Press esc again")
        reviewer.press("escape", "written")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
        assert PLAIN_KEYS.fullmatch(terminal.sent)
    print(f"keys that are not text, attestations, decisions or choices: {reviewer.overhead}")
    assert reviewer.overhead <= 25
    case = on_disk(path)
    assert [item.decision for item in case.items] == ["upheld", "overturned", "upheld"]
    assert case.summary.text == "\n\n".join(SUMMARY)
    assert [len(item.citations) for item in case.items] == [1, 1, 1]
    assert letter.read_bytes() == letter_of(path)
    review_shows(path, letter.read_text(encoding="ascii"), tmp_path)


def review_shows(path: Path, letter: str, home: Path) -> None:
    """Where no line is wrapped, Review shows every line of the letter."""
    missing = {line for line in letter.splitlines() if line}
    # Not where the walk has ended, but at the first open field, which is Review.
    (account_folder(path.parent) / "spot.toml").unlink(missing_ok=True)
    with Terminal([*APP, str(path)], home, size=(120, 40)) as terminal:
        terminal.wait_for("not resolved")
        terminal.key("tab")
        terminal.settle()
        for _ in letter.splitlines():
            missing = {line for line in missing if line.strip() not in terminal.text}
            terminal.key(*["down"] * 10)
            terminal.settle(0.1)
            if not missing:
                return
    pytest.fail(f"never seen on Review: {sorted(missing)}")


# ── In tmux, and over ssh ────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.usefixtures("tmux_installed")
def test_a_case_of_one_item_is_worked_in_tmux_with_few_keys_that_are_not_work(
    tmp_path: Path,
) -> None:
    folder = make_folder(tmp_path, FRESH)
    path = folder / FRESH.name
    head, item, *_ = path.read_text(encoding="utf-8").split("[[items]]")
    path.write_text(f"{head}[[items]]{item}", encoding="utf-8")
    with Window([*APP, str(folder)], tmp_path) as window:
        reviewer = Reviewer(window)
        window.wait_for(NUMBER)
        window.settle()
        reviewer.work_at_one_item()
        window.key("ctrl+q")
        window.wait_exit()
    assert (folder / f"{NUMBER}.txt").read_bytes() == letter_of(path)
    print(f"keys that are not text, attestations, decisions or choices: {reviewer.overhead}")
    assert reviewer.overhead < 12


def test_what_is_typed_over_ssh_is_on_the_disk(sshd: Sshd, tmp_path: Path) -> None:
    path = case_at(tmp_path, "summary")
    with Terminal(sshd.argv(shlex.join([*APP, str(path)])), tmp_path) as terminal:
        terminal.enter_text()
        terminal.type(TYPED)
        terminal.wait_for(TYPED)
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0, sshd.log
    assert on_disk(path).summary.text == TYPED


# ── Keys that come faster than screens ───────────────────────────────────────────────────


def test_keys_in_one_piece_go_where_they_would_go_one_by_one(tmp_path: Path) -> None:
    path = case_at(tmp_path, "summary")
    with Terminal([*APP, str(path)], tmp_path) as terminal:
        terminal.wait_for("words")
        terminal.settle()
        terminal.type("iAll of it.\x0eoiIt is needed.\x0e\x0eu")
        terminal.settle(0.5)
        terminal.key("ctrl+q")
        terminal.wait_exit()
    case = on_disk(path)
    assert case.summary.text == "All of it."
    assert [item.decision for item in case.items] == ["overturned", "upheld", None]
    assert case.items[0].rationale == "It is needed."


@pytest.mark.slow
def test_a_profile_typed_in_one_piece_is_kept(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, FRESH, profile=False)
    with Terminal([*APP, str(folder)], tmp_path) as terminal:
        terminal.wait_for("Your profile")
        terminal.settle()
        terminal.type("Texas\rPain Medicine\rAvery Sampleton\r\r\r\r")
        terminal.wait_gone("Your profile", timeout=5)
    profile = load_profile(Folder(folder))
    assert profile == Profile(
        licenses=("Texas",), specialties=("Pain Medicine",), name="Avery Sampleton"
    )
