"""`python -m tests.bench`: one table of what the program costs beside floors."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from tests.bench import (
    big,
    checking,
    intake,
    keystrokes,
    letters,
    load,
    many,
    recall,
    screens,
    searches,
    shared,
    signed,
    silence,
    starts,
    wire,
)
from tests.bench.figures import Figure, Group, LeftOut, Plan
from tests.bench.layers import lines_of_code
from tests.bench.tables import heading, rows
from tests.seeded import caught

SHORT = Plan(rounds=1, keys=30, idle=5.0, cases=300, sentence=6, is_short=True)

GROUPS: dict[str, Group] = {
    "starts": starts.starts,
    "commands": starts.commands,
    "typing in a text": keystrokes.texts,
    "typing in a line": keystrokes.lines,
    "load": load.load,
    "screens": screens.screens,
    "silence": silence.silence,
    "wire": wire.wire,
    "big case": big.big,
    "letters": letters.letters,
    "searches": searches.searches,
    "recall": recall.recall,
    "checking one case": checking.one_case,
    "checking many letters": checking.many_letters,
    "many cases": many.many,
    "signed cases": signed.signed,
    "intake": intake.intake,
    "shared store": shared.shared,
}
"""What is measured, subject by subject, in the order in which it is."""
LONG = ("typing in a line", "big case")
"""What a rough answer goes without, unless it is asked for."""


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and keep the figures where asked; 1 if a group could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, help="starts of each program; default 5")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    parser.add_argument("--short", action="store_true", help="a rough answer, soon")
    parser.add_argument("--only", default="", metavar="WORD", help=f"of {', '.join(GROUPS)}")
    options = parser.parse_args(arguments)
    plan = SHORT if options.short else Plan()
    if options.rounds:
        plan = replace(plan, rounds=options.rounds)
    left_out = LONG if options.short and not options.only else ()
    chosen = {
        name: group
        for name, group in GROUPS.items()
        if options.only in name and name not in left_out
    }
    if not chosen:
        parser.error(f"no group has {options.only!r} in its name")
    print(heading(), flush=True)
    found: dict[str, list[Figure]] = {}
    faults: dict[str, str] = {}
    for name, group in chosen.items():
        print(name, flush=True)
        start = time.monotonic()
        found[name] = []
        try:
            for figure in measured(group, plan):
                found[name].append(figure)
                print(*rows([figure]), sep="\n", flush=True)
        except LeftOut as reason:
            print(f"  left out: {reason}", flush=True)
        except Exception as error:  # the groups behind it are worth having
            faults[name] = told(error)
            print(f"  fault: {faults[name]}", flush=True)
        print(f"  in {time.monotonic() - start:.0f} s", flush=True)
    layers = lines_of_code()
    if not options.only:
        print("", *caught.table(caught.results()), "", *sizes(layers), sep="\n")
    if options.json:
        write(options.json, plan, found, faults, layers)
    return 1 if faults else 0


def measured(group: Group, plan: Plan) -> Iterator[Figure]:
    # A program may still be ending when its folder is taken away.
    with tempfile.TemporaryDirectory(prefix="imr-bench-", ignore_cleanup_errors=True) as place:
        yield from group(Path(place), plan)


def told(error: Exception) -> str:
    """What went wrong, in one line."""
    return " ".join([type(error).__name__, *str(error).splitlines()[:1]])


def write(
    path: Path,
    plan: Plan,
    found: dict[str, list[Figure]],
    faults: dict[str, str],
    layers: dict[str, int],
) -> None:
    figures = [
        {"group": name, **asdict(figure), "ratio": figure.ratio}
        for name, group in found.items()
        for figure in group
    ]
    document = {
        "schema": 2,
        "plan": asdict(plan),
        "figures": figures,
        "faults": faults,
        "lines": layers,
    }
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def sizes(layers: dict[str, int]) -> Iterator[str]:
    yield f"{'lines of code':24}{sum(layers.values()):>10}"
    yield from (f"  {layer:22}{lines:>10}" for layer, lines in layers.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
