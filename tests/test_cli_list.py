"""`imr-tui list`: filters, order, the width of a terminal, and what its JSON promises."""

import json
import os
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from imr_tui.cli.case_table import lines
from imr_tui.cli.commands.help_topic import manual
from imr_tui.cli.commands.list_cases import JSON_SCHEMA, describe
from imr_tui.cli.parameters import today
from imr_tui.model.case import Case, Particulars
from imr_tui.store.cases.folder import Folder
from imr_tui.store.worklist.rows import ALTERED, BROKEN, SIGNED, Row
from imr_tui.store.worklist.selection import STATE_WORDS, in_states
from tests.bench.samples import APP
from tests.builders import a_complete_case, saved
from tests.commands import Run, assert_refused
from tests.rows import each_row
from tests.terminal.driver import Terminal

pytestmark = pytest.mark.process

NOW = datetime(2026, 11, 30, 14, 2, tzinfo=UTC)
TODAY = NOW.date()


def case_due(number: str, day: date) -> Case:
    """A case that is due on a day, 30 days after its application was received."""
    received = day - timedelta(days=30)
    return Case.blank(number).but(
        particulars=Particulars(number=number, application_received=received)
    )


@pytest.fixture
def listed(cases: Path) -> Path:
    """A draft that is late, a draft due in a week, a ready case and a broken one."""
    day = today()
    saved(
        cases,
        case_due("CM26-3", day - timedelta(days=2)),
        case_due("CM26-1", day + timedelta(days=7)),
        a_complete_case().but(particulars=Particulars(number="CM26-2")),
    )
    (cases / "A.toml").write_text("nonsense")
    return cases


def numbers(run: Run, *words: object) -> list[str]:
    done = run("list", *words)
    assert done.code == 0, done.err
    return [line.split()[0] for line in done.out.splitlines()[1:]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), ["CM26-3", "CM26-1", "CM26-2", "A"]),
        (("--state", "draft"), ["CM26-3", "CM26-1"]),
        (("--state", "READY"), ["CM26-2"]),
        (("--state", "ready", "--state", "broken"), ["CM26-2", "A"]),
        (("--state", "late"), ["CM26-3"]),
        (("--state", "signed"), []),
        (("--due", "+7"), ["CM26-1"]),
        (("--due", "<today"), ["CM26-3"]),
        (("--due", ">today"), ["CM26-1"]),
        (("--due", "< +30", "--state", "draft"), ["CM26-3", "CM26-1"]),
        (("--sort", "number"), ["CM26-1", "CM26-2", "CM26-3", "A"]),
        (("--sort", "state"), ["CM26-3", "CM26-1", "CM26-2", "A"]),
    ],
)
def test_what_is_listed(run: Run, listed: Path, words: tuple[str, ...], found: list[str]) -> None:
    rows = numbers(run, listed, *words)
    assert rows == found if "state" not in words else set(rows) == set(found)


def test_the_last_change_comes_first(run: Run, listed: Path) -> None:
    for at, number in enumerate(("CM26-1", "CM26-3", "CM26-2")):
        os.utime(listed / f"{number}.toml", (1e9 - at, 1e9 - at))
    assert numbers(run, listed, "--sort", "changed")[:3] == ["CM26-1", "CM26-3", "CM26-2"]


def test_json_is_filtered_and_sorted_as_the_table_is(run: Run, listed: Path) -> None:
    def found(*words: str) -> list[str]:
        cases = json.loads(run("list", listed, "--json", *words).out)["cases"]
        return [each["number"] for each in cases]

    assert found() == ["A", "CM26-1", "CM26-2", "CM26-3"]
    assert found("--sort", "due") == ["CM26-3", "CM26-1", "CM26-2", "A"]
    assert found("--due", "<today") == ["CM26-3"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--state", "drfat"), "Invalid value for '--state'"),
        (("--due", "soon"), "'soon' is not a date. Try today, 12/15, <12/15 or >12/15/26."),
        (("--due", ""), "is not a date"),
        (("--due", "<13/40"), "is not a date"),
        (("--sort", "size"), "Invalid value for '--sort'"),
    ],
)
def test_what_cannot_be_asked_for(
    run: Run, listed: Path, words: tuple[str, ...], says: str
) -> None:
    assert_refused(run("list", listed, *words), 2, re.escape(says))


def test_late_is_not_a_word_of_a_request() -> None:
    row = Row("A.toml", "A", due="2027-01-01", state="draft", words="plan for late stage disease")
    assert not in_states(["late"], TODAY)(row)
    assert in_states(["late"], TODAY)(replace(row, due="2026-11-29"))
    assert in_states([], TODAY)(row)


def test_every_state_word_is_in_the_manual() -> None:
    text = manual()["commands"].split("## Listing cases")[1]
    assert [word for word in STATE_WORDS if f"`{word}`" not in text] == []


# The width

ROWS = [
    Row("a", "CM26-0190442", due="2026-12-15", priority="standard", items=3, stage="Credentials"),
    Row("b", "CM14-0187654", due="2026-11-01", priority="expedited", items=12, decided=12),
    Row("c", "X" * 40, state=BROKEN, problem="c.toml is not valid TOML: " + "many words " * 10),
]
STATES = ["draft", "changed since written", SIGNED]


def rows() -> list[Row]:
    return [
        *(
            replace(
                row,
                state=state,
                stage="Credentials",
                written="" if state == "draft" else "2026-11-28T10:00:00Z",
            )
            for row in ROWS[:2]
            for state in STATES
        ),
        ROWS[2],
    ]


def test_a_table_that_nobody_sees_is_whole() -> None:
    table = list(lines(rows(), NOW))
    assert table[0].split() == ["CASE", "DUE", "PRIORITY", "ITEMS", "STAGE", "STATE"]
    assert "changed since written" in "\n".join(table)
    assert table[-1].endswith("many words ")
    assert max(map(len, table[:-1])) > 80


@each_row("width", [*range(14, 130, 3), 80, 93, 94])
def test_a_table_fits_its_terminal(width: int) -> None:
    table = list(lines(rows(), NOW, width))
    assert max(map(len, table)) <= width
    assert "CM26-0190442" in table[1]


def test_a_terminal_of_80_columns_has_every_column() -> None:
    head = next(lines(rows(), NOW, 80))
    assert head.split() == ["CASE", "DUE", "PRIORITY", "ITEMS", "STAGE", "STATE"]


def test_a_narrow_terminal_keeps_number_day_and_state() -> None:
    table = list(lines(rows(), NOW, 44))
    assert table[0].split() == ["CASE", "DUE", "STATE"]
    assert "changed" in table[2]


def test_the_list_fits_a_real_terminal(listed: Path, tmp_path: Path) -> None:
    with Terminal([*APP, "list", str(listed)], tmp_path, size=(50, 24)) as terminal:
        assert terminal.wait_exit() == 0
        printed = terminal.raw.decode().replace("\r\n", "\n").splitlines()
    assert len(printed) >= 5
    assert max(map(len, printed)) <= 50
    assert printed[0].split() == ["CASE", "DUE", "ITEMS", "STATE"]


# JSON

KEYS = {
    *("number", "path", "state", "written", "signed", "due", "due_why", "near", "priority"),
    *("note", "new_facts", "request", "employee", "items", "decided", "stage"),
}
"""What a script may rely on with schema 2."""


def test_the_keys_of_the_json_are_those_of_its_schema() -> None:
    place = Folder(Path("cases"))
    assert JSON_SCHEMA == 2
    assert set(describe(place, ROWS[0], TODAY)) == KEYS
    altered = replace(ROWS[0], state=ALTERED, problem="why")
    assert set(describe(place, altered, TODAY)) == KEYS | {"problem"}
    assert set(describe(place, ROWS[2], TODAY)) == {"number", "path", "state", "problem"}


def test_the_manual_has_every_key_of_the_json() -> None:
    text = manual()["commands"].split("## Listing cases")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == KEYS | {"problem"}
