"""Counts the keys that rationales take, in full and with phrases: `python -m tests.keystrokes`.

The app is driven with these keys, and each way must leave the same text in the file of the case.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

from imr_tui.domain.workflow import Stage
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model import edits
from imr_tui.model.limits import Outcome
from imr_tui.phrases.phrase import Phrase
from imr_tui.phrases.template import BLANK
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.phrase_files import save_phrases
from imr_tui.ui.app import ImrApp
from tests.bench.samples import FRESH, SEED, make_folder
from tests.ui.driving import opened, press, running, saved

NOW = datetime(2026, 11, 23, 14, 2, 7, tzinfo=UTC)
KEYS: dict[Outcome, str] = {"upheld": "u", "overturned": "o"}
GOAL = 1 / 3


@dataclass(frozen=True)
class Written:
    """An item, and three ways to write its rationale."""

    decision: Outcome
    rationale: str
    """The text that each way must leave."""
    phrases: Sequence[str]
    """The keys with phrases, from outside the text to outside the text, decision included."""
    recall: tuple[str, Sequence[str]] | None = None
    """Search words, and what fills the blanks of an earlier text; None if phrases do better."""


@dataclass(frozen=True)
class Work:
    """A case whose rationales are written."""

    name: str
    case: Path
    items: tuple[Written, ...]
    own: tuple[Phrase, ...] = ()
    """The phrases that the reviewer has kept."""


def with_phrase(decision: Outcome, name: str, *fills: str | int) -> list[str]:
    """The keys for a phrase: words fill a blank, a number is an option counted from 1."""
    keys = [KEYS[decision], "i", *f".{name}", "tab"]
    for at, fill in enumerate(fills):
        keys += ["tab"] * (at > 0)
        keys += ["down"] * fill if isinstance(fill, int) else fill
    return [*keys, "escape"]


SEED_TEXT = open_case(SEED).case.items[0].rationale
FACTS = (
    "a supervised PT and Home exercise program",
    "Pain Management evaluation",
    "Massage therapy X 6",
)
"""What another case of the same kind does not share, in order."""
KEPT = Phrase("physical", reduce(lambda text, fact: text.replace(fact, BLANK), FACTS, SEED_TEXT))
"""What a reviewer keeps of such a rationale."""
SEEDS = (
    Written(
        "upheld",
        SEED_TEXT,
        with_phrase("upheld", "physical", *FACTS),
        ("massage", (*FACTS[:2], "6")),
    ),
)

SHOULDER = (
    Written(
        "overturned",
        "The examination of 9/30/2026 showed weak external rotation. The imaging study of "
        "9/12/2026 showed a full-thickness tear, which explains these findings. Conservative care "
        "with therapy and an injection has failed. Therefore, the request for Arthroscopic rotator "
        "cuff repair, right shoulder is medically necessary.",
        with_phrase(
            *("overturned", "surgery-supported", "9/30/2026", "weak external rotation"),
            *("9/12/2026", "a full-thickness tear", "therapy and an injection"),
        ),
    ),
    Written(
        "upheld",
        "The worker has had 18 sessions of physical therapy. The guideline recommends up to 10 "
        "sessions. The records do not document functional gains from these sessions. They do not "
        "explain why a home exercise program is not sufficient. The 6 sessions requested would "
        "exceed the recommended number, and no exceptional facts are described. Therefore, the "
        "request for Physical therapy for the right shoulder before surgery, 6 sessions is not "
        "medically necessary.",
        with_phrase(
            *("upheld", "therapy-beyond", "18 sessions", 1, "10 sessions", 1, "6 sessions"),
        ),
    ),
    Written(
        "overturned",
        "This item depends on the request for Arthroscopic rotator cuff repair, right shoulder. "
        "That request is medically necessary, and this item is a usual part of it. Therefore, the "
        "request for Associated surgical service: cold therapy unit, 7 day rental is medically "
        "necessary.",
        ["d"],
    ),
)
WORKS = (
    Work("rationale of the seed", SEED, SEEDS, (KEPT,)),
    Work("three items", FRESH, SHOULDER),
)


# ── The ways ─────────────────────────────────────────────────────────────────────────────────


def in_full(item: Written) -> list[str]:
    """The keys that type everything."""
    return [KEYS[item.decision], "i", *item.rationale, "escape"]


def with_phrases(item: Written) -> list[str]:
    """The keys with phrases."""
    return list(item.phrases)


def with_recall(item: Written) -> list[str]:
    """The keys with phrases, or with recall where that is planned; counted, not driven.

    Recall: decide, open, search words, insert all, go from blank to blank, leave the text.
    """
    if item.recall is None:
        return with_phrases(item)
    words, fills = item.recall
    blanks = [key for at, fill in enumerate(fills) for key in (*["tab"] * (at > 0), *fill)]
    return [KEYS[item.decision], "r", *words, "enter", *blanks, "escape"]


def between() -> list[str]:
    """The keys from an item to the next one, past the citations."""
    return ["ctrl+n", "ctrl+n"]


def keys_of(work: Work, ways: Sequence[Sequence[str]]) -> list[str]:
    """The keys of all items of a case, with those between them."""
    first, *others = ways
    return [*first, *(key for way in others for key in (*between(), *way))]


# ── Driving and counting ─────────────────────────────────────────────────────────────────────


async def drive(work: Work, keys: Sequence[str], place: Path) -> None:
    """Press the keys in the app; raises AssertionError unless they leave the expected texts."""
    folder = Folder(prepared(work, place))
    number = work.case.stem
    async with running(ImrApp(folder, Letterhead(), lambda: NOW, number)) as pilot:
        await opened(pilot, Stage("decision", 0), types=False)
        await press(pilot, *keys)
        await saved(pilot)
    left = folder.open(number).case.items
    for item, written in zip(left, work.items, strict=True):
        found, wanted = (item.decision, item.rationale), (written.decision, written.rationale)
        assert found == wanted, f"{work.name}: {found} is not {wanted}"


def prepared(work: Work, place: Path) -> Path:
    """A folder with the case, nothing of its items written, and the reviewer's phrases."""
    folder = make_folder(place)
    (folder / work.case.name).write_bytes(work.case.read_bytes())
    case = Folder(folder).open(work.case.stem).case
    for index in range(len(case.items)):
        case = edits.set_decision(edits.set_rationale(case, index, ""), index, None)
    (folder / work.case.name).write_bytes(encode(case))
    save_phrases(Folder(folder), work.own)
    return folder


def main() -> None:
    """Drive each way, and print how many keys it takes."""
    print(f"{'':<24}{'in full':>10}{'phrases':>14}{'and recall (not driven)':>26}")
    for work in WORKS:
        full, short = (
            keys_of(work, [way(item) for item in work.items]) for way in (in_full, with_phrases)
        )
        recalled = keys_of(work, [with_recall(item) for item in work.items])
        for keys in (full, short):
            with tempfile.TemporaryDirectory() as place:
                asyncio.run(drive(work, keys, Path(place)))
        shares = [f"{len(keys)} ({len(keys) / len(full):.2f})" for keys in (short, recalled)]
        print(f"{work.name:<24}{len(full):>10}{shares[0]:>14}{shares[1]:>26}")


if __name__ == "__main__":
    main()
