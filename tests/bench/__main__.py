"""`python -m tests.bench`: one table of what the program costs beside floors."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from tests.bench import checking, many, seeded
from tests.bench.figures import FIGURES, Figure, Plan
from tests.bench.layers import lines_of_code

SHORT = Plan(rounds=2, keys=40, idle=2.0, cases=1_000)


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and keep the figures where asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, help="starts of each program; default 5")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    parser.add_argument("--short", action="store_true", help="a rough answer, soon")
    options = parser.parse_args(arguments)
    plan = SHORT if options.short else Plan()
    if options.rounds:
        plan = replace(plan, rounds=options.rounds)
    figures = list(measured(plan))
    layers = lines_of_code()
    print(*table(figures), "", *seeded.table(), "", *sizes(layers), sep="\n")
    if options.json:
        told = [{**asdict(figure), "ratio": figure.ratio} for figure in figures]
        document = {"schema": 1, "plan": asdict(plan), "figures": told, "lines": layers}
        options.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return 0


def measured(plan: Plan) -> Iterator[Figure]:
    for figures in (*FIGURES, *checking.FIGURES, *many.FIGURES):
        with tempfile.TemporaryDirectory(prefix="imr-bench-") as place:
            yield from figures(Path(place), plan)


def table(figures: Sequence[Figure]) -> Iterator[str]:
    yield f"{'':24}{'ours':>10}{'floor':>10}  {'unit':7}{'ratio':>8}  {'rounds':13}  floor"
    for each in figures:
        floor = "-" if each.floor is None else number(each.floor)
        ratio = "-" if each.ratio is None else f"{each.ratio:.4g}"
        spread = "{:.2f} to {:.2f}".format(*each.spread) if each.spread else ""
        yield (
            f"{each.name:24}{number(each.ours):>10}{floor:>10}  {each.unit:7}{ratio:>8}  "
            f"{spread:13}  {each.against}"
        )


def number(value: float) -> str:
    """A value with as many digits as say something."""
    return f"{value:.3f}" if value < 10 and value != int(value) else f"{value:,.0f}"


def sizes(layers: dict[str, int]) -> Iterator[str]:
    yield f"{'lines of code':24}{sum(layers.values()):>10}"
    yield from (f"  {layer:22}{lines:>10}" for layer, lines in layers.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
