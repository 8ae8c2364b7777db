"""`python -m tests.soak`: many kills, and what they cost."""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.soak import Kill, kill_once_saved, kill_while_typing

SHORT = 10
EVERY = 5
"""One kill in so many comes the moment the header says `Saved`."""


def main(arguments: Sequence[str]) -> int:
    """Kill as often as asked; 1 if a file was torn, or text that was reported saved is lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="default 200")
    parser.add_argument("--short", action="store_true", help=f"{SHORT} kills")
    parser.add_argument("--seed", type=int, default=1, help="of the moments; default 1")
    options = parser.parse_args(arguments)
    count = SHORT if options.short else options.kills
    while_typing: list[Kill] = []
    once_saved: list[Kill] = []
    for number, kill in enumerate(kills(count, options.seed), 1):
        (while_typing if number % EVERY else once_saved).append(kill)
        if sys.stderr.isatty():
            print(f"\r{number}/{count}", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(*report(while_typing, once_saved), sep="\n")
    return any(kill.fault for kill in while_typing + once_saved) or any(
        kill.lost for kill in once_saved
    )


def kills(count: int, seed: int) -> Iterator[Kill]:
    for number in range(1, count + 1):
        with tempfile.TemporaryDirectory(prefix="imr-soak-") as place:
            kill = kill_while_typing if number % EVERY else kill_once_saved
            yield kill(Path(place), seed * 1_000_000 + number)


def report(while_typing: Sequence[Kill], once_saved: Sequence[Kill]) -> Iterator[str]:
    both = [*while_typing, *once_saved]
    lost = sorted(kill.lost for kill in while_typing if not kill.fault)
    yield f"kills -9                          {len(both)}"
    yield f"characters typed                  {sum(kill.sent for kill in both)}"
    yield f"torn files                        {sum(bool(kill.fault) for kill in both)}"
    yield f"reported saved, then lost         {sum(kill.lost > 0 for kill in once_saved)}"
    yield f"lost more than the last half s    {sum(kill.kept < kill.due for kill in while_typing)}"
    if lost:
        yield (
            f"characters lost p50 / p99 / max   "
            f"{quantile(lost, 0.5)} / {quantile(lost, 0.99)} / {lost[-1]}"
        )
    yield from (f"fault: {kill.fault}" for kill in both if kill.fault)


def quantile(ordered: Sequence[int], share: float) -> int:
    """The smallest value that at least `share` of the values do not exceed."""
    return next(value for rank, value in enumerate(ordered, 1) if rank >= share * len(ordered))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
