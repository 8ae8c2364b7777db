"""The payloads campaign: in every place that takes text every text that a terminal would obey."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import Holder
from imr_tui.store.toml_files.toml import dumps
from imr_tui.terminal.input_parser import GUARD_SECONDS
from imr_tui.text.sanitize import UNPAINTABLE
from tests.bench.samples import APP
from tests.soak.hostile import HELD, NUMBER, PAYLOADS, TAG, Texts, hostile_folder
from tests.terminal.driver import Terminal, environment
from tests.terminal.grammar import violations

SIZE = (200, 50)
AT_ONCE = 12
"""Payloads that a field of one line shows beside each other."""
_SINCE = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
_TAG_IN_BYTES = re.compile(rb"@[0-9a-f]{2}([0-9a-f]{2})")
Cell = tuple[str, str]
"""A place and a payload."""

_UNCLEANED = """
import sys, re
import imr_tui.text.sanitize as text
text.clean = lambda given: given
text.clean_line = lambda given: re.sub("[\\r\\n\\t]", " ", given)
from imr_tui.cli import main
sys.argv[0] = "imr-tui"
main()
"""
NET_ALONE = (sys.executable, "-c", _UNCLEANED)
"""The app as it would be if nothing were cleaned where it comes in."""

# ── On a terminal ────────────────────────────────────────────────────────────────────────

_CLOSE = "close"
"""Escape, if a dialog is open."""
_CASE_KEYS = (
    # from the credentials on, at every stage what it opens
    *("ctrl+g", _CLOSE, "ctrl+t", "e", _CLOSE, _CLOSE, "h", "down", _CLOSE),
    *("ctrl+r", *["tab"] * 12, "e", _CLOSE, _CLOSE, "f1", _CLOSE),
    *("ctrl+n", "ctrl+n", "e", _CLOSE, "ctrl+n", "e", "tab", _CLOSE),
    *("c", _CLOSE, "x", "tab", _CLOSE, "m", _CLOSE, "n", _CLOSE, "tab", "e", _CLOSE),
    *("ctrl+n", "down", "f1", _CLOSE, "down", "down", "a", _CLOSE, "tab", *["pagedown"] * 4, "w"),
)


class Reviewer:
    """Presses keys and pastes, and waits after each until it has had its effect."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.seen: set[Cell] = set()
        """The cells that were on the screen after some key."""

    def press(self, *names: str) -> None:
        for name in names:
            if name != _CLOSE or "esc Close" in self._terminal.text:
                self._terminal.key("escape" if name == _CLOSE else name)
                self._look(0.12)

    def paste(self, text: str) -> None:
        # With its own end in it, the rest would be keys.
        self._terminal.paste(text.replace("\x1b[201~", "") + "x")
        # What comes right behind a paste is no command.
        self._look(GUARD_SECONDS + 0.1)

    def _look(self, quiet: float) -> None:
        self._terminal.settle(quiet)
        self.seen |= shown(self._terminal.text)

    def look_at_the_worklist(self, texts: Texts) -> None:
        self._terminal.wait_for("F1 Help")
        self.press(*["down"] * (AT_ONCE + 2), "/")
        self.paste(texts["filter"])
        self.press("escape", "i")
        self.paste(texts["import path"])
        self.press("enter", "escape", "/")
        self._terminal.type(HELD)
        self.press("enter", "ctrl+n", "ctrl+p", "t", *["escape"] * 3, "ctrl+q")

    def look_at_the_case(self, texts: Texts) -> None:
        self._terminal.wait_for("attest")
        self.press(*_CASE_KEYS, "ctrl+p", "a")
        self._terminal.type(TAG.findall(texts["site guideline"])[0][0])
        self.press("ctrl+u")
        self.paste(texts["search"])
        self.press(_CLOSE, "ctrl+o")
        self.paste(texts["palette"])
        self.press("escape", "ctrl+p", "ctrl+p", "i")
        self.paste(texts["pasted"])
        self.press("ctrl+q")

    def look_briefly(self, texts: Texts) -> None:
        self._terminal.wait_for("attest")
        self.press("ctrl+n", "i")
        self.paste(texts["pasted"])
        self.press("ctrl+n", "ctrl+n", "e", _CLOSE, "ctrl+r", _CLOSE, "ctrl+n", "ctrl+q")


Look = Callable[[Reviewer, Texts], None]
LOOKS: Sequence[tuple[str, Look]] = (
    ("", Reviewer.look_at_the_worklist),
    (f"{NUMBER}.toml", Reviewer.look_at_the_case),
)
"""What is opened in the folder, and how it is looked at."""
BRIEFLY = ((f"{NUMBER}.toml", Reviewer.look_briefly),)


def on_a_terminal(
    app: Sequence[str], texts: Texts, looks: Sequence[tuple[str, Look]] = LOOKS
) -> tuple[list[str], set[Cell]]:
    """What runs of the app have sent wrongly, and which cells they have shown."""
    place = Path(tempfile.mkdtemp(prefix="payloads-"))
    wrong, cells = [], set()
    try:
        folder = hostile_folder(place, texts)
        held = claim(folder, HELD, Holder(who=texts["holder"], host=texts["host"], since=_SINCE))
        for name, look in looks:
            with Terminal([*app, str(folder / name)], place, size=SIZE) as terminal:
                reviewer = Reviewer(terminal)
                look(reviewer, texts)
                code = terminal.wait_exit()
                raw = terminal.bytes_since(0)
            wrong += [*violations(raw), *leaked(raw), *([f"ended with {code}"] if code else [])]
            cells |= reviewer.seen
        held.release()
    finally:
        shutil.rmtree(place)
    return wrong, cells


def leaked(raw: bytes) -> Iterator[str]:
    """Payloads that came through as they are, also those that the app itself might send."""
    for match in _TAG_IN_BYTES.finditer(raw):
        payload = PAYLOADS[int(match[1], 16)].encode()
        if len(payload) > 2 and raw.startswith(payload, match.end()):
            yield f"payload {payload!r} behind {match[0]!r}"


def shown(text: str) -> set[Cell]:
    """The cells whose tags are in `text`."""
    return {(place, payload) for place, payload in TAG.findall(text)}


# ── Commands ─────────────────────────────────────────────────────────────────────────────


def commands(folder: Path, texts: Texts) -> Iterator[tuple[Sequence[str], str]]:
    """What is run on the folder, each with its standard input."""
    letter = Path("letter.txt")
    case = str(folder / f"{NUMBER}.toml")
    intake = f"[parties]\nemployee = {json.dumps(texts['intake'])}"
    for form in ((), ("--json",)):
        yield ("list", str(folder), *form), ""
        yield ("check", str(folder), *form), ""
        yield ("check", "-", *form), texts["imported letter"]
        yield ("rules", texts["argument"], *form), ""
        yield ("guidelines", texts["argument"], *form), ""
        yield ("history", case, *form), ""
        yield ("doctor", str(folder), *form), ""
    yield ("letter", case, "--draft"), ""
    yield ("letter", case), ""
    yield ("check", "--all", "--statistics", case), ""
    yield ("import", "-", str(folder), "--report"), texts["imported letter"]
    yield ("import", texts["argument"]), ""
    yield ("new", texts["argument"], str(folder)), ""
    yield ("new", "CM26-0000001", str(folder), "--from", "-"), intake
    yield ("list", f"--{texts['argument']}"), ""
    yield (texts["argument"],), ""
    yield ("letter", case, "-o", str(folder / texts["argument"].replace("/", "_"))), ""
    yield ("letter", case, "--template", texts["argument"], "--width", texts["argument"]), ""
    yield ("check", str(letter), "--select", texts["argument"]), ""
    yield _WITH_RULES, ""


_WITH_RULES = ("check", "cases")
"""Run last, where the settings name rules that there are not."""


def by_commands(app: Sequence[str], texts: Texts) -> tuple[list[str], set[Cell]]:
    """What the commands have printed wrongly, and which cells they have shown."""
    place = Path(tempfile.mkdtemp(prefix="payloads-"))
    wrong: list[str] = []
    cells: set[Cell] = set()
    try:
        folder = hostile_folder(place, texts)
        names = {"TERM": texts["TERM"], "LANG": f"{texts['LANG']}.UTF-8"}
        rules = {texts["site rule"]: texts["site rule"]}
        env = environment(place, {name: _no_nul(value) for name, value in names.items()})
        for arguments, given in commands(folder, texts):
            if arguments == _WITH_RULES:
                (folder / ".imr" / "settings.toml").write_text(dumps({"rules": rules}))
            done = subprocess.run(
                [*app, *map(_no_nul, arguments)],
                input=given.encode(),
                capture_output=True,
                env=env | {"PYTHONUTF8": "1"},
                cwd=place,
            )
            for data in (done.stdout, done.stderr):
                text = data.decode("utf-8", "surrogateescape")
                cells |= shown(text)
                wrong += [f"{arguments[0]}: {each}" for each in printed_wrongly(text)]
            if done.returncode not in range(6):
                wrong.append(f"{arguments} ended with {done.returncode}")
    finally:
        shutil.rmtree(place)
    return wrong, cells


def _no_nul(text: str) -> str:
    """`text` as an argument or a variable can hold it."""
    return text.replace("\0", "")


def printed_wrongly(text: str) -> Iterator[str]:
    """What in the output of a command is neither printable nor a line's end."""
    for match in re.finditer(UNPAINTABLE, text):
        if match[0] != "\n":
            around = text[max(match.start() - 30, 0) : match.end()]
            yield f"character {ord(match[0]):#x}: {around!r}"


# ── All of it ────────────────────────────────────────────────────────────────────────────


def campaign(short: bool) -> Iterator[str]:
    """Every payload in every place: through the app, the app without its cleaning, commands."""
    starts = range(0, len(PAYLOADS), AT_ONCE)
    if short:
        starts = starts[:2]
    cells: dict[str, set[Cell]] = {"app": set(), "net alone": set(), "commands": set()}
    faults = 0
    for start in starts:
        texts = Texts(range(start, start + AT_ONCE))
        for name, (wrong, seen) in {
            "app": on_a_terminal(APP, texts),
            "net alone": on_a_terminal(NET_ALONE, texts),
            "commands": by_commands(APP, texts),
        }.items():
            cells[name] |= seen
            faults += len(wrong)
            yield from (f"  fault: {name}, from payload {start}: {each}" for each in wrong[:5])
    for name, seen in cells.items():
        places = {place for place, _ in seen}
        payloads = {payload for _, payload in seen}
        yield f"  {name:<12}{len(seen):>6} cells of {len(places)} places, {len(payloads)} payloads"
    yield f"  sent or printed that is not on the list: {faults}"
