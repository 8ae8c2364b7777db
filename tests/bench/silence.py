"""What is sent while nobody does anything, on every screen."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from tests.bench.figures import Figure, Plan
from tests.bench.programs import Program, nano, opened, ours, posting, text_area, vim
from tests.bench.samples import FRESH, make_folder
from tests.bench.session import OpenCase, listen

SCREENS: dict[str, Sequence[Sequence[str]]] = {
    "worklist": (),
    "credentials": (["enter"],),
    "summary": (["enter"], ["ctrl+n"], ["i"]),
    "decision": (["enter"], *[["ctrl+n"]] * 2),
    "recall": (["enter"], *[["ctrl+n"]] * 2, ["r"]),
    "citations": (["enter"], *[["ctrl+n"]] * 3),
    "review": (["enter"], *[["ctrl+n"]] * 8),
    "F1 help": (["enter"], ["ctrl+n"], ["i"], ["f1"]),
}
"""The keys that lead to each screen from the worklist."""
FEW = ("worklist", "summary", "review")
"""Those that are enough for a rough answer."""
REST = 2.0
"""Seconds after which what was begun by the last key is over."""


def silence(place: Path, plan: Plan) -> Iterator[Figure]:
    """The bytes of some silent time, all programs at once."""
    text = place / "text.txt"
    text.write_text("a text", encoding="utf-8")
    floors = [*(make(text, "a text") for make in (text_area, vim, nano)), posting()]
    names = FEW if plan.is_short else tuple(SCREENS)
    programs = [on_screen(name, place) for name in names]
    with ExitStack() as stack:
        sessions = opened(stack, [*programs, *floors], place)
        sent = heard(sessions, plan.idle)
    for floor in floors:
        if floor.name not in sent:
            yield Figure("idle", sent["worklist"], None, "bytes", floor.missing)
    for name in names:
        base = sent["stock TextArea"]
        yield Figure(f"idle, {name}", sent[name], base, "bytes", "stock TextArea", ideal=0)
    for floor in floors[1:]:
        if floor.name in sent:
            base = sent[floor.name]
            yield Figure("idle, worklist", sent["worklist"], base, "bytes", floor.name, ideal=0)


def on_screen(name: str, place: Path) -> Program:
    """The program on a screen, with a folder of its own."""
    home = place / name
    home.mkdir()
    return replace(ours(make_folder(home, FRESH), FRESH.stem, keys=SCREENS[name]), name=name)


def heard(sessions: Mapping[str, OpenCase], seconds: float) -> dict[str, int]:
    """The bytes of each program in this time."""
    listen(list(sessions.values()), REST)
    return dict(zip(sessions, listen(list(sessions.values()), seconds), strict=True))
