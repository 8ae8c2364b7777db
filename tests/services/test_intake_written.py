"""Cases that a small writer writes as JSON or as a table are read back as they were."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from imr_tui.model.case import from_plain
from imr_tui.store.cases.folder import Folder
from imr_tui.text.sanitize import clean_line
from tests.services.intake_files import (
    only,
    read,
)
from tests.strategies import fewer, numbers, texts

DAY = st.dates(date(1950, 1, 2), date(2100, 12, 31))
line = texts.map(lambda text: clean_line(text).strip()[:40].strip())
full = line.filter(bool)
entry = full.filter(lambda text: ";" not in text)
wrote_day = st.sampled_from(
    [
        str,
        "{0.month}/{0.day}/{0.year}".format,
        "{}T23:59:59Z".format,
        lambda day: str((day - date(2000, 1, 1)) // timedelta(1) + 36_526),
    ]
)


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


sent_cases = st.fixed_dictionaries(
    {
        "case": st.builds(
            lambda required, more: required | more,
            st.fixed_dictionaries({"number": numbers, "assignment": full}),
            optional(
                priority=st.sampled_from(["standard", "expedited", "formulary"]),
                diagnosis=full,
                specialty=full,
                date_of_injury=DAY,
                date_assigned=DAY,
                ur_decision_date=DAY,
                application_received=DAY,
                records_received=DAY,
            ),
        ),
        "parties": optional(
            employee=full,
            employer=full,
            claims_administrator=full,
            adjuster=full,
            utilization_review_organization=full,
            providers=st.lists(entry, unique=True, max_size=3),
        ),
        "records": st.lists(
            st.builds(
                lambda title, more: {"title": title} | more,
                full,
                optional(kind=st.sampled_from(["imaging", "rfa"]), source=full, to=DAY),
            ),
            max_size=2,
        ),
        "items": st.lists(
            st.builds(
                lambda request, more: {"request": request} | more,
                full,
                optional(
                    original=full,
                    authorized=full,
                    follows=st.integers(0, 9),
                    date_of_service=DAY,
                ),
            ),
            max_size=3,
        ),
    }
)


def as_sent(value: Any, day: Any) -> Any:
    """A value with its dates as an organization may write them."""
    if isinstance(value, dict):
        return {key: as_sent(each, day) for key, each in value.items()}
    if isinstance(value, list):
        return [as_sent(each, day) for each in value]
    return day(value) if isinstance(value, date) else value


def flat(case: dict[str, Any]) -> dict[str, str]:
    """A case as the cells of a table, by heading."""
    row = {f"{part}.{key}": v for part in ("case", "parties") for key, v in case[part].items()}
    for part in ("item", "record"):
        for at, fields in enumerate(case[f"{part}s"], 1):
            row |= {f"{part}.{at}.{key}": value for key, value in fields.items()}
    lists = {key: "; ".join(value) for key, value in row.items() if isinstance(value, list)}
    return {key: str(value) for key, value in {**row, **lists}.items()}


@fewer(2)
@given(case=sent_cases, day=wrote_day, ascii_only=st.booleans())
def test_what_is_written_as_json_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, case: dict[str, Any], day: Any, ascii_only: bool
) -> None:
    folder = Folder(tmp_path_factory.mktemp("cases"))
    expected = from_plain({"schema": 1, **case})
    text = json.dumps(as_sent(case, day), ensure_ascii=ascii_only)
    for rows in (f"{text}\n{text}", f"[{text},{text}]"):
        assert [row.assignment and row.assignment.case for row in read(rows, folder)] == [
            expected
        ] * 2
    whole = json.dumps(as_sent(case, day), ensure_ascii=ascii_only, indent=1)
    assert only(read(whole, folder)).case == expected


@fewer(2)
@given(
    case=sent_cases,
    day=wrote_day,
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_as_a_table_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    case: dict[str, Any],
    day: Any,
    delimiter: str,
    end: str,
    quoting: Any,
    encoding: str,
) -> None:
    folder = Folder(tmp_path_factory.mktemp("cases"))
    row = flat(as_sent(case, day))
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([row.keys(), row.values()])
    assignment = only(read(table.getvalue().encode(encoding), folder))
    assert assignment.case == from_plain({"schema": 1, **case})
