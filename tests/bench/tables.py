"""Figures as the lines of a table."""

from collections.abc import Iterable, Iterator

from tests.bench.figures import Figure

_NAME = 60


def heading() -> str:
    return line("", "ours", "floor", "unit", "ratio", "ideal", "rounds", "floor")


def rows(figures: Iterable[Figure]) -> Iterator[str]:
    """A line for each figure."""
    for each in figures:
        yield line(
            each.name,
            number(each.ours),
            "-" if each.floor is None else number(each.floor),
            each.unit,
            "-" if each.ratio is None else f"{each.ratio:.4g}",
            "-" if each.ideal is None else number(each.ideal),
            "{:.2f} to {:.2f}".format(*each.spread) if each.spread else "",
            each.against,
        )


def line(
    name: str, ours: str, floor: str, unit: str, ratio: str, ideal: str, spread: str, against: str
) -> str:
    return (
        f"  {name:{_NAME}}{ours:>9}{floor:>9}  {unit:7}{ratio:>9}{ideal:>8}  {spread:15}  {against}"
    ).rstrip()


def number(value: float) -> str:
    """A value with as many digits as say something."""
    if value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3f}" if value < 10 else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
