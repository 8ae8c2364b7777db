"""The failures campaign: somebody types while the servers of the shared store fail."""

import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.figures import percentile
from tests.postgres.programs import ProgramFailed
from tests.postgres.server import ServerFailed
from tests.soak.failures import left, sites
from tests.soak.failures.desk import Desk
from tests.soak.failures.failovers import FAILURES
from tests.soak.failures.sites import Site
from tests.soak.failures.states import STATES

SHORT: Mapping[str, Sequence[str]] = {
    "killed": ["hung up"],
    "partitioned": ["just shared"],
    "former primary returns": ["shared 1/4 s ago"],
}
"""The failures and states of a short campaign."""
AGAIN_SECONDS = 3.0
"""So soon after a primary is reachable, the text is shared."""
SLOWER = 1.2
"""So many times longer than usual a key may take, p95."""
MANY = 500
"""Of fewer keys, p95 tells nothing."""
LATER = frozenset({"leaving", "letter", "quitting"})
"""States in which nobody is at the case when the servers come back."""


@dataclass
class Outcome:
    """What came of a failure in one state."""

    failure: str
    state: str
    typed: int = 0
    """Characters that were typed."""
    again: float | None = None
    """Seconds until the text was shared again."""
    normal: list[float] = field(default_factory=list)
    """Milliseconds of the keys while the servers worked."""
    failing: list[float] = field(default_factory=list)
    """Milliseconds of the keys while they did not."""
    faults: list[str] = field(default_factory=list)
    """What is wrong."""
    has_come_about: bool = True
    """Whether the servers failed and came back as they should."""

    @property
    def lateness(self) -> str:
        """What took too long, or blank."""
        is_late = self.again is not None and self.again > AGAIN_SECONDS and self.state not in LATER
        return f"shared again only after {self.again:.1f} s" if is_late else ""

    def __str__(self) -> str:
        again = "" if self.again is None else f"{self.again:.1f} s"
        p95 = ratio(self.normal, self.failing)
        said = "" if p95 is None else f"{p95:.2f}"
        return f"{self.failure:24}{self.state:20}{self.typed:6}{again:>9}{said:>8}"


def run(site: Site, failure: str, name: str, seed: int) -> Outcome:
    """Let the servers fail in a state."""
    outcome, state = Outcome(failure, name), STATES[name]
    site.renew()
    with (
        tempfile.TemporaryDirectory(prefix="imr-failures-") as home,
        Desk(site, Path(home), seed, state.place, state.words) as desk,
    ):
        try:
            state.act(desk)
            outcome.faults += left.faults(desk)
        except (AssertionError, EOFError, OSError, ProgramFailed, ServerFailed) as error:
            outcome.has_come_about = False
            outcome.faults.append(f"did not come to it: {error}"[:2000])
        outcome.typed, outcome.again = desk.typed, desk.again
        outcome.normal = [key.milliseconds for key in desk.normal]
        outcome.failing = [key.milliseconds for key in desk.failing]
        outcome.faults += desk.notes
    return outcome


def ratio(normal: Sequence[float], failing: Sequence[float]) -> float | None:
    """How many times longer a key took, p95; None if nobody typed."""
    if not (normal and failing):
        return None
    return percentile(failing, 95) / percentile(normal, 95)


def campaign(short: bool, seed: int = 1) -> Iterator[str]:
    """Every failure in every state, or a few; a line for each, and the sums."""
    if why := sites.why_missing():
        yield f"left out: {why}"
        return
    yield "failure                 state                typed    again     p95"
    done: list[Outcome] = []
    every = {failure: list(STATES) for failure in FAILURES}
    for failure, names in (SHORT if short else every).items():
        for outcome in runs(failure, names, seed):
            done.append(outcome)
            yield str(outcome)
            found = [*outcome.faults, outcome.lateness]
            yield from (f"  fault: {failure}, {outcome.state}: {says}" for says in found if says)
        yield from summary(failure, [each for each in done if each.failure == failure])
    yield from summary("all", done)


def runs(failure: str, names: Sequence[str], seed: int) -> Iterator[Outcome]:
    """Let the same servers fail in some states."""
    with ExitStack() as servers:
        site: Site | None = None
        for at, name in enumerate(names):
            if site is None:
                site = servers.enter_context(FAILURES[failure]())
            outcome = run(site, failure, name, seed * 1000 + at)
            if not outcome.has_come_about:
                # Nobody knows how the servers are.
                servers.close()
                site = None
            yield outcome


def summary(name: str, done: Sequence[Outcome]) -> Iterator[str]:
    """The sums of some outcomes."""
    normal = [value for each in done for value in each.normal]
    failing = [value for each in done for value in each.failing]
    again = [each.again for each in done if each.again is not None and each.state not in LATER]
    yield f"{name}: states".ljust(52) + f"{len(done)}"
    yield f"{name}: characters typed".ljust(52) + f"{sum(each.typed for each in done)}"
    if again:
        middle, most = statistics.median(again), max(again)
        yield f"{name}: shared again, p50 / max".ljust(52) + f"{middle:.1f} / {most:.1f} s"
    if (slower := ratio(normal, failing)) is not None:
        times = f"{percentile(failing, 95):.1f} / {percentile(normal, 95):.1f} ms"
        yield f"{name}: key p95 failing / usual".ljust(52) + f"{times} = {slower:.2f}"
        if slower > SLOWER and min(len(normal), len(failing)) >= MANY:
            yield f"  fault: {name}: a key takes {slower:.2f} times as long"
