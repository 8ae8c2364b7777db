"""Converts statistics for JSON and for CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from imr_tui.statistics.groups import Group
    from imr_tui.statistics.summary import Statistics

JSON_SCHEMA = 1
"""The version of the JSON."""
COLUMNS = ("section", "group", "label", "cases", "items", "upheld", "overturned")
"""The headings of the CSV."""
HIDDEN = "hidden"
"""What the CSV has in place of a hidden count; the JSON has null."""
_FORMULA = ("=", "+", "-", "@")
"""How a cell begins that a spreadsheet may run as a formula."""


def plain(counts: Statistics) -> dict[str, Any]:
    """The statistics for JSON; null stands for a hidden count, and for a date that is not set."""
    first, last = counts.period
    return {
        "schema": JSON_SCHEMA,
        "by": counts.by,
        "from": str(first) if first else None,
        "to": str(last) if last else None,
        "public": counts.is_public,
        "unfinished": counts.unfinished,
        "cases": counts.cases,
        "cases_with_several_items": counts.several,
        "items": counts.items,
        "upheld": counts.upheld,
        "overturned": counts.overturned,
        "in_time": counts.timeliness.in_time,
        "late": counts.timeliness.late,
        "clocks": [
            {
                "from": each.key,
                "cases": each.cases,
                "median_days": each.median,
                "ninetieth_percentile_days": each.ninetieth,
            }
            for each in counts.clocks
        ],
        "groups": [each._asdict() for each in counts.groups],
        "drugs": [each._asdict() for each in counts.drugs],
        "other": list(counts.other),
    }


def csv_text(counts: Statistics) -> str:
    """The groups as CSV with a row of headings, ending in a line break.

    A cell that a spreadsheet could run as a formula begins with an apostrophe.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(_row(counts.by, each) for each in counts.groups)
    rows.writerows(_row("drug", each) for each in counts.drugs)
    total = (counts.cases, counts.items, counts.upheld, counts.overturned)
    rows.writerow(("total", "", "", *map(_number, total)))
    return out.getvalue()


def _row(section: str, each: Group) -> tuple[str, ...]:
    counts = (each.cases, each.items, each.upheld, each.overturned)
    return section, _safe(each.key), _safe(each.label), *map(_number, counts)


def _number(count: int | None) -> str:
    return HIDDEN if count is None else str(count)


def _safe(cell: str) -> str:
    line = clean_line(cell).strip()
    return f"'{line}" if line.startswith(_FORMULA) else line
