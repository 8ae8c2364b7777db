"""How many letters are rendered, and read back, in a second."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from imr_tui.letter.parse.parser import parse
from imr_tui.letter.render.renderer import TEMPLATE, Letterhead, render, shipped_templates
from imr_tui.letter.render.view import View
from imr_tui.model.case import Case
from tests.bench.figures import Figure, Plan, compared, interleaved
from tests.bench.samples import SEED, on_disk


def letters(place: Path, plan: Plan) -> Iterator[Figure]:
    """Letters rendered, and read back, in a second."""
    case = on_disk(SEED)
    plain, text = plainly(case), render(case)
    base, rendered, imported = interleaved(
        plan.rounds,
        lambda: rate(plain),
        lambda: rate(lambda: render(case)),
        lambda: rate(lambda: parse(text, case.number)),
    )
    yield compared("letters rendered", rendered, base, "plain jinja2 render", "per s")
    yield compared("letters imported", imported, base, "plain jinja2 render", "per s")


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
