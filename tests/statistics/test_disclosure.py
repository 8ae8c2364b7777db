"""No hidden count can be computed from what `--public` leaves."""

from collections.abc import Iterator
from datetime import date
from itertools import count, product
from random import Random

import pytest

from imr_tui.statistics.disclosure import LEAST, publishable
from imr_tui.statistics.facts import CaseFacts, ItemFacts
from imr_tui.statistics.groups import GROUPINGS, Group, Grouping
from imr_tui.statistics.report_data import csv_text, plain
from imr_tui.statistics.report_text import report
from imr_tui.statistics.summary import Statistics, summarize

BY: list[Grouping] = [each for each in GROUPINGS if each not in ("reviewer", "drug")]


def some_cases(rng: Random) -> list[CaseFacts]:
    """A few dozen cases; most folders are small, and most groups of them, too."""
    share = rng.choice((0.02, 0.1, 0.3, 0.9))
    numbers = count()

    def item() -> ItemFacts:
        name = rng.choice(("pharmaceuticals", "pharmaceuticals", "surgery", "dental", "other"))
        outcome = "overturned" if rng.random() < share else "upheld"
        drugs = (rng.choice(("opioid", "NSAID", "laxative")),) if name == "pharmaceuticals" else ()
        sources = (rng.choice(("MTUS A", "ODG")),)
        return ItemFacts(f"request {next(numbers)}", name, drugs, outcome, sources)

    def case() -> CaseFacts:
        priority = rng.choices(("standard", "expedited", "formulary"), (8, 2, 1))[0]
        items = tuple(item() for _ in range(rng.choice((1, 1, 2, 3))))
        day = date(2026, rng.choice((1, 1, 1, 2, 2, 3)), 5)
        number = f"CM26-{next(numbers)}"
        return CaseFacts(number, priority, None, None, None, day, "a", items, ())

    return [case() for _ in range(rng.choice((1, 3, 6, 12, 30, 60)))]


def shown(counts: Statistics) -> list[int | None]:
    """Every count that is published."""
    rows = [value for each in (*counts.groups, *counts.drugs) for value in each[2:]]
    totals = [counts.cases, counts.items, counts.upheld, counts.overturned, counts.several]
    clocks = [each.cases for each in counts.clocks]
    return [*rows, *totals, *clocks, counts.unfinished, *counts.timeliness]


def possible(hidden: list[int], least: int, total: int) -> int:
    """How many values each hidden count may have if their sum is known, and the `least` of each."""
    return total - least * len(hidden) + 1 if len(hidden) > 1 else 1


def assert_open(real: tuple[Group, ...], left: tuple[Group, ...], totals: Statistics) -> None:
    """Whoever knows all totals cannot tell any count of `real` that is hidden in `left`."""
    there = {each.key: each for each in left}
    if not there:
        # The groups are not even listed.
        return
    for column in ("cases", "items"):
        hidden = [getattr(each, column) for each in real if there[each.key].items is None]
        if hidden:
            assert possible(hidden, 1, sum(hidden)) >= LEAST
    if totals.overturned is None:
        return
    rows = [each for each in real if there[each.key].overturned is None]
    for row in rows:
        # Its items bound the count, and so do those of the others and the sums of both outcomes.
        items = [each.items or 0 for each in rows]
        upheld, overturned = (sum(each[at] for each in rows) for at in (4, 5))  # type: ignore[misc]
        most = min(row.items or 0, overturned)
        least = max(0, (row.items or 0) - upheld, overturned - (sum(items) - (row.items or 0)))
        if there[row.key].items is not None:
            assert most - least >= min(LEAST, row.items or 0)


@pytest.mark.parametrize("by", BY)
def test_no_small_count_is_shown_and_none_can_be_computed(by: Grouping) -> None:
    hidden = 0
    for seed in range(400):
        whole = summarize(some_cases(Random(seed)), by, unfinished=seed % 9)
        left = publishable(whole)
        assert all(each is None or each >= LEAST for each in shown(left))
        assert left.other == ()
        if by not in ("rule", "guideline"):
            assert_open(whole.groups, left.groups, left)
        assert_drugs_hidden(left)
        hidden += any(each.items is None for each in left.groups)
        assert_whole(whole, left)
    assert hidden > 20 or by == "rule"


def assert_drugs_hidden(left: Statistics) -> None:
    """The classes of drugs do not tell the count of their category."""
    category = [each for each in left.groups if each.key == "pharmaceuticals"]
    if left.drugs:
        assert category[0].items is not None
        if category[0].upheld is None:
            assert all(each.upheld is None for each in left.drugs)


def assert_whole(whole: Statistics, left: Statistics) -> None:
    """What is left is what was counted."""
    there = {each.key: each for each in whole.groups}
    for each in left.groups:
        pairs = zip(each, there[each.key], strict=True)
        assert all(value in (None, real) for value, real in pairs)


def table_of(rng: Random) -> Statistics:
    """A table of two or three groups, with the totals of its columns."""
    items = [rng.choice((1, 2, 4, 5, 6, 8, 11)) for _ in range(rng.choice((2, 3)))]
    overturned = [rng.randrange(each + 1) for each in items]
    rows = zip(items, overturned, strict=True)
    groups = tuple(
        Group(str(at), str(at), whole, whole, whole - part, part)
        for at, (whole, part) in enumerate(rows)
    )
    return summarize([], "priority")._replace(
        groups=groups,
        cases=sum(items),
        items=sum(items),
        upheld=sum(items) - sum(overturned),
        overturned=sum(overturned),
    )


def solutions(left: Statistics) -> Iterator[tuple[tuple[int, int], ...]]:
    """All items and overturned items that the groups may have, for who knows what is published."""
    items, overturned = left.items, left.overturned
    known = [(each.items, each.overturned) for each in left.groups]
    bound = 30 if items is None else items
    choices = [range(1, bound - len(known) + 2) if size is None else (size,) for size, _ in known]
    for sizes in product(*choices):
        if items is not None and sum(sizes) != items:
            continue
        parts = [
            range(size + 1) if part is None else (part,)
            for size, (_, part) in zip(sizes, known, strict=True)
        ]
        for each in product(*parts):
            if overturned is None or sum(each) == overturned:
                yield tuple(zip(sizes, each, strict=True))


def test_every_hidden_count_of_a_small_table_may_have_several_values() -> None:
    checked = 0
    for seed in range(150):
        left = publishable(table_of(Random(seed)))
        if not left.groups or left.items is None or left.items > 20:
            continue
        found = set(solutions(left))
        for at, each in enumerate(left.groups):
            if each.items is None:
                checked += 1
                assert len({row[at][0] for row in found}) >= LEAST
            if each.overturned is None:
                assert len({row[at][1] for row in found}) >= LEAST
    assert checked > 20


def test_a_hidden_group_does_not_stand_where_its_size_would_put_it() -> None:
    whole = summarize([], "category")
    sizes = {"surgery": 9, "dental": 6, "other": 7, "programs": 2}
    groups = tuple(Group(key, key, n, n, n, 0) for key, n in sizes.items())
    left = publishable(whole._replace(groups=groups, items=24, cases=24, upheld=24, overturned=0))
    assert [(each.key, each.items) for each in left.groups] == [
        ("surgery", 9),
        ("other", 7),
        ("dental", None),
        ("programs", None),
    ]


def test_requests_and_small_counts_are_in_no_form_of_the_report() -> None:
    for seed in range(50):
        left = publishable(summarize(some_cases(Random(seed)), "category", unfinished=3))
        for text in ("\n".join(report(left)), csv_text(left), str(plain(left))):
            assert "request " not in text
