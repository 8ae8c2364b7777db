"""The figures of the bench, each measured beside its floor, round by round in turn."""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from imr_tui.case import Case
from imr_tui.catalogue.library import Catalogue, shipped
from imr_tui.catalogue.search import Index
from imr_tui.letter.parse import parse
from imr_tui.letter.render import TEMPLATE, Letterhead, render, shipped_templates
from imr_tui.letter.view import View
from tests.bench import floors
from tests.bench.measure import answer, first_paint, idle, running, wall
from tests.bench.samples import APP, FRESH, SEED, case_at, make_folder, on_disk

PROSE = (
    "The patient has had eight weeks of therapy with little gain, and imaging shows a tear "
    "of full thickness. The guideline asks for three months of care before surgery is "
    "considered, unless the tear is acute. "
)
SEARCHES = ("chronic pain 2009", "9792.24.2", "odg neck", "esi", "accupunture", "lumbar mri")
SEARCHED_ON = date(2016, 12, 1)
CORE = (sys.executable, "-c", "import pydantic, jinja2")


@dataclass(frozen=True)
class Plan:
    """How long the bench may take."""

    rounds: int = 5
    """Times that each program is started."""
    keys: int = 120
    """Keys of prose that are typed."""
    idle: float = 5.0
    """Seconds without a key."""
    cases: int = 10_000
    """Cases in the folder that has many."""


@dataclass(frozen=True)
class Figure:
    """A measured value and that of its floor."""

    name: str
    """What was measured."""
    ours: float
    """What the program takes."""
    floor: float | None
    """What the floor takes, or None where there is none."""
    unit: str
    """What the values count."""
    against: str = ""
    """What the floor is."""
    spread: tuple[float, float] | None = None
    """The smallest and the largest ratio of a round."""

    @property
    def ratio(self) -> float | None:
        """How many floors it is."""
        return self.ours / self.floor if self.floor else None


def floor_app(name: str) -> list[str]:
    """The command of a floor."""
    return [sys.executable, floors.__file__, name]


def interleaved(
    rounds: int, floor: Callable[[], float], *ours: Callable[[], float]
) -> list[tuple[list[float], list[float]]]:
    """For each of `ours` its values and the floor's; one round of each first, not counted."""
    rows = [[each() for each in (floor, *ours)] for _ in range(rounds + 1)][1:]
    base, *values = (list(column) for column in zip(*rows, strict=True))
    return [(column, base) for column in values]


def compared(
    name: str, values: Sequence[float], base: Sequence[float], against: str, unit: str = "s"
) -> Figure:
    """The medians, and how far apart the rounds are."""
    ratios = [ours / floor for ours, floor in zip(values, base, strict=True)]
    medians = statistics.median(values), statistics.median(base)
    return Figure(name, *medians, unit, against, (min(ratios), max(ratios)))


def starts(place: Path, plan: Plan) -> Iterator[Figure]:
    """Start to first full paint."""
    folder = make_folder(place, FRESH)
    case = folder / FRESH.name
    worklist, opened = interleaved(
        plan.rounds,
        lambda: first_paint(floor_app("hello"), place, b"hello"),
        lambda: first_paint([*APP, str(folder)], place, FRESH.stem.encode(), b"F1 Help"),
        lambda: first_paint([*APP, str(case)], place, b"attest", b"Next"),
    )
    yield compared("start to the worklist", *worklist, "bare Textual hello")
    yield compared("start to an open case", *opened, "bare Textual hello")


def commands(place: Path, plan: Plan) -> Iterator[Figure]:
    """Wall time of the commands without a screen."""
    folder = make_folder(place, FRESH, SEED)
    seed = str(folder / SEED.name)
    lines = [["letter", seed], ["list", str(folder)], ["check", str(folder)]]
    measured = interleaved(
        plan.rounds,
        lambda: wall(CORE, place),
        *((lambda line=line: wall([*APP, *line], place)) for line in lines),
    )
    for line, (values, base) in zip(lines, measured, strict=True):
        yield compared(f"imr-tui {line[0]}", values, base, "import pydantic, jinja2")


def typing(place: Path, plan: Plan) -> Iterator[Figure]:
    """Bytes for a key of prose, and for none."""
    case = case_at(place, "rationale")
    ours, our_idle = typed([*APP, str(case)], place, "Decision:", plan)
    stock, stock_idle = typed(floor_app("prose"), place, "", plan)
    against = "stock TextArea"
    for name, middle in (("median", statistics.median), ("mean", statistics.mean)):
        yield Figure(f"bytes a key, {name}", middle(ours), middle(stock), "bytes", against)
    yield Figure(f"idle for {plan.idle:g} s", our_idle, stock_idle, "bytes", against)


def typed(argv: Sequence[str], home: Path, shows: str, plan: Plan) -> tuple[list[int], int]:
    """The bytes of each key of the prose, and of the silence after it."""
    text = (PROSE * (plan.keys // len(PROSE) + 1))[: plan.keys]
    with running(argv, home, shows) as terminal:
        sizes = [answer(terminal, character) for character in text]
        idle(terminal, 1.0)  # a count that is told after a pause belongs to the typing
        return sizes, idle(terminal, plan.idle)


def switches(place: Path, plan: Plan) -> Iterator[Figure]:
    """Bytes for going on to the next stage."""
    case = case_at(place, "summary")
    with running([*APP, str(case)], place, "words") as terminal:
        ours = [answer(terminal, "ctrl+n") for _ in range(6)]
    with running(floor_app("pages"), place, "first page") as terminal:
        stock = [answer(terminal, "ctrl+n") for _ in range(6)]
    middle = statistics.median
    yield Figure("bytes a stage switch", middle(ours), middle(stock), "bytes", "stock screens")


def letters(place: Path, plan: Plan) -> Iterator[Figure]:
    """Letters rendered, and read back, in a second."""
    case = on_disk(SEED)
    plain, text = plainly(case), render(case)
    rendered, imported = interleaved(
        plan.rounds,
        lambda: rate(plain),
        lambda: rate(lambda: render(case)),
        lambda: rate(lambda: parse(text, case.number)),
    )
    yield compared("letters rendered", *rendered, "plain jinja2 render", "per s")
    yield compared("letters imported", *imported, "plain jinja2 render", "per s")


def searches(place: Path, plan: Plan) -> Iterator[Figure]:
    """Milliseconds that a key of a search takes, over the whole catalogue."""
    strings = list(spelled(shipped()))
    keys = [words[:end] for words in SEARCHES for end in range(1, len(words) + 1)]
    mean, slowest = interleaved(
        plan.rounds,
        lambda: statistics.mean(times(lambda words: scan(strings, words), keys)),
        lambda: statistics.mean(searched(keys)),
        lambda: max(searched(keys)),
    )
    yield compared("a key of a search", *mean, "scan of the same strings", "ms")
    yield compared("its slowest key", *slowest, "scan of the same strings", "ms")


def searched(keys: Sequence[str]) -> list[float]:
    """How many milliseconds each of `keys` takes an index that remembers none of them."""
    fresh = Index(shipped())
    return times(lambda words: fresh.search(words, SEARCHED_ON), keys)


def spelled(catalogue: Catalogue) -> Iterator[str]:
    """Each guideline, and each topic of it, in all the words that it can be found by."""
    for each in catalogue.guidelines:
        names = (each.id, each.printed, each.paged, each.title, each.section, each.source)
        whole = " ".join((*names, each.organization, *each.aliases)).casefold()
        yield whole
        for topic in each.topics:
            yield f"{whole} {topic.title} {' '.join(topic.aliases)}".casefold()


def scan(strings: Sequence[str], words: str) -> list[str]:
    """The strings that hold all of the words, found by looking at each."""
    wanted = words.casefold().split()
    return [text for text in strings if all(word in text for word in wanted)]


def times(work: Callable[[str], object], keys: Sequence[str]) -> list[float]:
    """How many milliseconds a piece of work takes for each of `keys`."""
    taken = []
    for typed_so_far in keys:
        start = time.perf_counter()
        work(typed_so_far)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def plainly(case: Case) -> Callable[[], str]:
    """What renders the same template from variables that are ready."""
    head = Letterhead()
    environment = Environment(loader=FileSystemLoader(shipped_templates()), autoescape=False)
    environment.filters["centred"] = lambda text: text.center(head.width).rstrip()
    environment.filters["column"] = lambda text, columns: text.ljust(columns)
    template = environment.get_template(TEMPLATE)
    variables = View(case, draft=False).variables()
    variables |= {"organization": head.organization, "label": head.label}
    return lambda: template.render(variables)


def rate(work: Callable[[], object], seconds: float = 0.2) -> float:
    """How often a piece of work is done in a second."""
    count, start = 0, time.perf_counter()
    while (taken := time.perf_counter() - start) < seconds:
        work()
        count += 1
    return count / taken


FIGURES = (starts, commands, typing, switches, letters, searches)
