"""Generated determinations: cases with decisions, citations and dates, made from a seed."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from imr_tui.model.case import Case, from_plain
from tests.statistics.test_categories import REQUESTS

SOURCES: list[dict[str, Any]] = [
    {"title": "Low Back Complaints", "year": 2004, "standard": "A"},
    {"title": "Chronic Pain Medical Treatment", "year": 2016, "standard": "A", "pages": "22"},
    {"title": "Official Disability Guidelines", "section": "Pain", "standard": "C"},
    {"organization": "American College", "standard": "C", "text": "A statement."},
    {"text": "A sentence without a title"},
]
NAMES = [
    "MTUS Low Back Complaints 2004",
    "MTUS Chronic Pain Medical Treatment 2016",
    "Official Disability Guidelines",
    "American College",
    "A sentence without a title",
]
"""The names under which the sources are counted."""
ACCOUNTS = ("reviewer1", "reviewer2", "clerk")
FIRST = date(2025, 1, 1)


class Determination(NamedTuple):
    """A case, and what other files tell about it."""

    case: Case
    """The case."""
    written: date | None
    """When its letter was written; None if it was not."""
    account: str
    """Who wrote it."""
    sources: list[list[int]]
    """The indices of the sources that each item cites."""


def determinations(count: int, seed: int) -> list[Determination]:
    """`count` cases; one of ten is not written yet."""
    rng = Random(seed)
    return [_determination(rng, at) for at in range(count)]


def _determination(rng: Random, at: int) -> Determination:
    assigned = FIRST + timedelta(days=rng.randrange(500))
    dates = {
        "date_assigned": assigned,
        "application_received": assigned + timedelta(days=rng.randrange(-9, 5)),
        "records_received": assigned + timedelta(days=rng.randrange(0, 20)),
    }
    kept = {key: day for key, day in dates.items() if rng.random() < 0.9}
    items = [_item(rng) for _ in range(rng.choice((1, 1, 1, 2, 3, 6)))]
    case = from_plain(
        {
            "case": {
                "number": f"CM26-{at:07}",
                "priority": rng.choice(("standard", "standard", "expedited", "formulary")),
                **kept,
            },
            "items": [item for item, _ in items],
        }
    )
    written = assigned + timedelta(days=rng.randrange(-2, 60))
    is_written = rng.random() < 0.9
    sources = [cited for _, cited in items]
    return Determination(case, written if is_written else None, rng.choice(ACCOUNTS), sources)


def _item(rng: Random) -> tuple[dict[str, Any], list[int]]:
    cited = [rng.randrange(len(SOURCES)) for _ in range(rng.randrange(3))]
    item: dict[str, Any] = {
        "request": rng.choice(list(REQUESTS)),
        "citations": [SOURCES[each] for each in cited],
    }
    if rng.random() < 0.95:
        item["decision"] = "overturned" if rng.random() < 0.15 else "upheld"
    return item, cited


def write_letters(folder: Path, made: list[Determination]) -> None:
    """Write the files of the cases, and the records of their letters, as the program does."""
    from imr_tui.store.cases.case_codec import encode

    records = folder / ".imr" / "letters"
    records.mkdir(parents=True, mode=0o700)
    for each in made:
        (folder / f"{each.case.number}.toml").write_bytes(encode(each.case))
        if each.written is not None:
            lines = ("0" * 64, f"{each.written}T12:00:00Z", "0" * 64)
            (records / f"{each.case.number}.sha256").write_text("".join(f"{x}\n" for x in lines))
