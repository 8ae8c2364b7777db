"""The attacks campaign: keys that a link has parted, and pastes that would be commands."""

import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Literal

from imr_tui.model.case import Case
from imr_tui.model.edits import set_decision, set_rationale, set_summary
from imr_tui.store.cases.case_file import open_case
from imr_tui.terminal.escape_sequences import ESC, PASTE_END, PASTE_START
from imr_tui.terminal.input_parser import BURST_CHARS, BURST_START_SECONDS, GUARD_SECONDS
from imr_tui.text.sanitize import clean
from tests.bench.samples import APP, FRESH, case_at, make_folder, on_disk
from tests.terminal.driver import Terminal
from tests.terminal.keys import KEYS, key_bytes

SHORT_SPLITS, LONG_SPLITS = 12, 500
SHORT_PASTES, LONG_PASTES = 24, 1_000
EACH = 50
"""Attacks on one run of the app."""

DRAFT = "The draft of a summary that has to stay as it is."
GAPS = (0.05, 0.25)
"""Seconds between two bytes of a key."""
MOVES = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown")
SPLIT = tuple(
    key_bytes(f"{held}{name}").decode() for name in MOVES for held in ("", "shift+", "ctrl+")
)
"""Keys that change no text."""
OVER_SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}

Place = Literal["summary", "rationale", "decision", "worklist"]
PLACES: tuple[Place, ...] = ("summary", "rationale", "decision", "worklist")
"""Where a paste arrives: in a text, or where keys are commands."""
SHOWN = {"summary": "words", "rationale": "words", "decision": "Decision:", "worklist": FRESH.stem}

COMMANDS = (
    *(
        "\x13",
        "\x11",
        "\x0e",
        "\x10",
        "\x07",
        "\x14",
        "\x12",
        "\x1a",
        "\x19",
        "\x0f",
        "\x03",
        "\x04",
    ),
    *("q", "w", "u", "o", "i", "h", "t", "\r", "\t", " ", "?", "/", "1", "x", "a", "\x7f", ESC),
    *KEYS.values(),
)
"""Whatever does something somewhere."""
EXTRA = "[qwuoihtxa?/1 \\n\\t]*"
"""Those of them that may be text, right behind a paste into one."""
LINE_ENDS = ("\x1b[106;5u", "\x1b[27;5;106~", "\x1b[13u", "\x1b[27;2;13~", "\x1b[109;5:1u")
"""What multiplexers make of a line end inside a paste."""
QUIT = "\x1b[113;5u"
"""Ctrl+Q in the same form."""
PAUSE = 0.15
"""Beyond which what was sent has had its effect."""


def split_keys(place: Path, seed: int, count: int) -> str:
    """Send keys byte by byte into a text; what is wrong with it afterwards, or blank."""
    chance = random.Random(seed)
    path = case_at(place, "summary")
    env = OVER_SSH if seed % 2 else {}
    with Terminal([*APP, str(path)], place, env=env) as terminal:
        terminal.enter_text()
        terminal.type(DRAFT, delay=0.001)
        terminal.wait_until(lambda: on_disk(path).summary.text == DRAFT, what="the draft")
        before = on_disk(path)
        for _ in range(count):
            for byte in chance.choice(SPLIT):
                terminal.type(byte)
                time.sleep(chance.uniform(*GAPS))
        terminal.settle()
        return "" if on_disk(path) == before else f"the text is {on_disk(path).summary.text!r}"


def attack(chance: random.Random, number: int) -> tuple[str, str]:
    """A paste that would like to be more, and the text that was in it."""
    text = f"({number}) {'pasted text ' * chance.randrange(1, 4)}"
    command = chance.choice(COMMANDS)
    match chance.randrange(5):
        case 0:
            return f"{PASTE_START}{text}{PASTE_END}{command}", text
        case 1:
            inner = f"{text}{PASTE_START}"
            return f"{PASTE_START}{inner}{PASTE_END}{command}", clean(inner)
        case 2:
            more = "".join(chance.choice(COMMANDS) for _ in range(5))
            return f"{PASTE_START}{text}{PASTE_END}\x1b[?62;22c{more}", text
        case 3:
            words = text.split()
            inner = f"{chance.choice(LINE_ENDS).join(words)}{QUIT}"
            return f"{PASTE_START}{inner}{PASTE_END}", clean("\n".join(words) + "\x11")
        case _:
            burst = text * (BURST_CHARS // len(text) + 1)
            return burst, burst


def paste(place: Path, where: Place, seed: int, count: int) -> str:
    """Attack the app in one place; what came of it that must not, or blank."""
    chance = random.Random(seed)
    path = _ready(place, where)
    before = on_disk(path)
    opened = path.parent if where == "worklist" else path
    expected = ""
    with Terminal([*APP, str(opened)], place) as terminal:
        terminal.wait_for(SHOWN[where])
        terminal.settle()
        if where in ("summary", "rationale"):
            terminal.enter_text()
        for number in range(count):
            sent, text = attack(chance, number)
            expected += f"{re.escape(text)}{EXTRA}"
            terminal.type(sent)
            time.sleep(GUARD_SECONDS + BURST_START_SECONDS + PAUSE)
        terminal.settle()
        if SHOWN[where] not in terminal.text:
            return f"left the {where}:\n{terminal.text}"
    return _harm(where, before, on_disk(path), expected)


def _ready(place: Path, where: Place) -> Path:
    """A case that opens where the attack is to arrive."""
    if where in ("summary", "rationale"):
        return case_at(place, where)
    if where == "worklist":
        return make_folder(place, FRESH) / FRESH.name
    path = case_at(place, "rationale")
    file = open_case(path)
    file.save(set_decision(file.case, 0, None))
    return path


def _harm(where: Place, before: Case, after: Case, expected: str) -> str:
    """What is in the case that no paste should have put there."""
    if where == "summary":
        text, rest = after.summary.text, set_summary(after, before.summary.text)
    elif where == "rationale":
        text, rest = after.items[0].rationale, set_rationale(after, 0, before.items[0].rationale)
    else:
        return "" if after == before else f"changed the case in the {where}"
    if rest != before:
        return f"changed the case beside the {where}"
    return "" if re.fullmatch(expected, text) else f"the {where} is {text!r}"


# ── The campaign ─────────────────────────────────────────────────────────────────────────


def campaign(short: bool, seed: int) -> Iterator[str]:
    """Parted keys and pastes, and what came of them."""
    keys = SHORT_SPLITS if short else LONG_SPLITS
    pastes = SHORT_PASTES if short else LONG_PASTES
    done = list(_runs(keys, seed, _split_run))
    yield from _told("keys sent byte by byte", keys, done)
    done = list(_runs(pastes, seed, _paste_run))
    yield from _told("pastes that would be commands", pastes, done)


def _runs(total: int, seed: int, run: Callable[[tuple[int, int]], str]) -> Iterator[str]:
    """What each run of the app found, several at a time."""
    each = min(EACH, max(1, total // len(PLACES)))
    parts = [(seed + at, min(each, total - at)) for at in range(0, total, each)]
    with ProcessPoolExecutor() as pool:
        yield from pool.map(run, parts)


def _split_run(part: tuple[int, int]) -> str:
    with tempfile.TemporaryDirectory(prefix="imr-attacks-") as place:
        return split_keys(Path(place), *part)


def _paste_run(part: tuple[int, int]) -> str:
    where = PLACES[part[0] // part[1] % len(PLACES)]
    with tempfile.TemporaryDirectory(prefix="imr-attacks-") as place:
        return paste(Path(place), where, *part)


def _told(what: str, total: int, found: Sequence[str]) -> Iterator[str]:
    faults = [says for says in found if says]
    yield f"{what:34}{total}, runs of the app {len(found)}, with a fault {len(faults)}"
    yield from (f"  fault: {says}" for says in faults)
