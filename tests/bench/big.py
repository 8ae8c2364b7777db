"""What a large case costs: every stage switch beside that of a case of one item."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from imr_tui.letter.render.renderer import render
from imr_tui.model.case import Case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.profile import save_profile
from tests.bench.figures import Figure, Plan, compared
from tests.bench.samples import APP, PROFILE
from tests.bench.session import OpenCase
from tests.bench.texts import prose
from tests.builders import a_complete_case, an_item, saved

ITEMS = 21
WORDS = 1_300
"""Words of a rationale, so that the letter has about 40 pages."""
LINES = 55
"""Lines of a page."""
QUIET = 0.6
"""Seconds of silence after which a stage counts as painted."""
STAGES = ("summary", "decision", "citations")
"""Where the walk leads from the credentials, item after item."""


class Switch(NamedTuple):
    """What going on to a stage took."""

    to: str
    sent: float
    ideal: float
    time: float
    cpu: float


def big(place: Path, plan: Plan) -> Iterator[Figure]:
    """A case of many items and one of a single item, walked in turn."""
    counts = (ITEMS, 1)
    cases = [written(place / str(count), a_case(count)) for count in counts]
    pages = len(render(a_case(ITEMS)).splitlines()) / LINES
    yield Figure(f"pages of the letter of {ITEMS} items", pages, None, "pages")
    with (
        OpenCase([*APP, str(cases[0])], place) as large,
        OpenCase([*APP, str(cases[1])], place) as small,
    ):
        for session in (large, small):
            session.wait_for("attest")
            session.settle(QUIET)
        walks: tuple[list[Switch], list[Switch]] = ([], [])
        for _ in range(plan.rounds):
            for session, count, walk in zip((large, small), counts, walks, strict=True):
                walk += walked(session, count)
    yield from told(*walks)


def a_case(items: int) -> Case:
    """A case to which nothing is missing but what is attested, so that it opens there."""
    rationale = prose(WORDS)
    each = tuple(an_item(f"{n} therapy sessions", rationale=rationale) for n in range(1, items + 1))
    case = a_complete_case(each)
    return case.but(reviewer=case.reviewer.but(attested=(), attested_at=None))


def written(folder: Path, case: Case) -> Path:
    folder.mkdir(mode=0o700)
    save_profile(Folder(folder), PROFILE)
    return saved(folder, case)[0]


def walked(session: OpenCase, items: int) -> Iterator[Switch]:
    """From the credentials through the first item and the last one to the review, and back."""
    for stage in STAGES:
        yield switched(session, "ctrl+n", stage)
    session.keys(*["ctrl+n"] * (2 * items - 2))
    session.settle(QUIET)
    yield switched(session, "ctrl+n", "review")
    yield switched(session, "ctrl+p", "citations of the last item")
    session.keys(*["ctrl+p"] * (2 * items + 1))
    session.wait_for("attest", quiet=QUIET)


def switched(session: OpenCase, key: str, to: str) -> Switch:
    start = session.cpu
    answer = session.press(key, QUIET)
    return Switch(to, answer.sent, answer.ideal, answer.stood or 0, session.cpu - start)


def told(large: Sequence[Switch], small: Sequence[Switch]) -> Iterator[Figure]:
    """Time, processor time and bytes of the switch to each stage."""
    against = "the same with 1 item"
    for to in dict.fromkeys(each.to for each in large):
        mine, base = ([each for each in walk if each.to == to] for walk in (large, small))
        for name, unit in (("time", "ms"), ("cpu", "ms"), ("sent", "bytes")):
            values, floor = ([float(getattr(each, name)) for each in walk] for walk in (mine, base))
            ideal = mine[0].ideal if name == "sent" else None
            yield compared(f"to {to}, {name}", values, floor, against, unit, ideal)
