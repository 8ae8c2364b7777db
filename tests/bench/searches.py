"""What a key of a search costs, over the whole catalogue."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from imr_tui.catalogue.catalogue import Catalogue, shipped
from imr_tui.catalogue.search import Index
from tests.bench.figures import Figure, Plan, compared, interleaved

SEARCHES = ("chronic pain 2009", "9792.24.2", "odg neck", "esi", "accupunture", "lumbar mri")
SEARCHED_ON = date(2016, 12, 1)


def searches(place: Path, plan: Plan) -> Iterator[Figure]:
    """Milliseconds that a key of a search takes, over the whole catalogue."""
    strings = list(spelled(shipped()))
    keys = [words[:end] for words in SEARCHES for end in range(1, len(words) + 1)]
    base, mean, slowest = interleaved(
        plan.rounds,
        lambda: statistics.mean(times(lambda words: scan(strings, words), keys)),
        lambda: statistics.mean(searched(keys)),
        lambda: max(searched(keys)),
    )
    yield compared("a key of a search", mean, base, "scan of the same strings", "ms")
    yield compared("its slowest key", slowest, base, "scan of the same strings", "ms")


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
