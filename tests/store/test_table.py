"""The small tables beside the cases: what their fields take, and what is said of the rest."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import ConfigDict, Field, ValidationError

from imr_tui.errors import BadInput
from imr_tui.model.limits import MAX_LINE, MAX_ROWS
from imr_tui.model.value import Number
from imr_tui.store.toml_files.table import AbsolutePath, Line, Lines, Moment, Numbers, Table
from tests.rows import each_row

AT = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


class Sample(Table):
    number: Number
    name: Line = ""
    places: Lines = ()
    is_on: bool = False
    count: int = 0
    minutes: Annotated[int, Field(ge=1, le=240)] = 10
    kind: Literal["here", "there"] = "here"
    at: Moment | None = None
    rules: dict[str, Literal["on", "off"]] | None = None
    held: Numbers = ()
    place: AbsolutePath = ""


class Open(Table):
    model_config = ConfigDict(extra="ignore")

    name: Line = "nobody"


def read(text: str, kind: type[Table] = Sample) -> Any:
    return kind.decode(text.encode(), Path("x.toml"))


def test_a_table_is_read() -> None:
    text = """
number = "CM14-1"
name = "a\\tb"
places = ["Texas", "Ohio"]
is_on = true
count = -3
minutes = 240
kind = "there"
at = 2026-11-12T09:00:00Z
rules = {IMR101 = "off"}
"""
    assert read(text) == Sample(
        number="CM14-1",
        name="a b",
        places=("Texas", "Ohio"),
        is_on=True,
        count=-3,
        minutes=240,
        kind="there",
        at=AT,
        rules={"IMR101": "off"},
    )


REFUSED = {
    'name = "a"': "x.toml: number is missing",
    "number = 5": 'x.toml, line 1: number must be text in quotes ("...")',
    'number = "a b"': "x.toml, line 1: number is not valid: a case number has up to 40 letters",
    "name = true": "name must be text in quotes",
    f'name = "{"x" * (MAX_LINE + 1)}"': "name is too long",
    'places = "Texas"': "places must be a list ([...])",
    'places = ["Texas", 5]': "places 2 must be text in quotes",
    "places = [" + "'x', " * (MAX_ROWS + 1) + "]": "places has too many entries",
    "is_on = 1": "is_on is not valid: Input should be a valid boolean",
    "count = true": "count must be a whole number",
    "count = 1.0": "count must be a whole number",
    "minutes = 0": "minutes is not valid: Input should be greater than or equal to 1",
    "minutes = 241": "minutes is not valid: Input should be less than or equal to 240",
    'kind = "where"': "kind must be 'here' or 'there'",
    "kind = []": "kind must be 'here' or 'there'",
    "at = 2026-11-12": "at must be a time such as 2014-12-08T09:12:44Z",
    "at = 2026-11-12T09:00:00": "at must be a time with its zone",
    "rules = []": "rules must be a table",
    "held = ['a b']": "held 1 is not valid: a case number has up to 40 letters",
    'place = "here"': 'place must be an absolute path, beginning with "/"',
    'rules = {IMR101 = "of"}': "rules IMR101 must be 'on' or 'off'",
    'nmae = "a"': "nmae is not a known key, did you mean 'name'",
    "zzz = 1": "zzz is not a known key (known: number, name, places",
}


@each_row("line", REFUSED)
def test_what_does_not_fit_is_said_with_its_place(line: str) -> None:
    given = "" if line.startswith(("number", 'name = "a"')) else '\nnumber = "CM14-1"'
    with pytest.raises(BadInput) as caught:
        read(line + given)
    assert REFUSED[line] in str(caught.value)
    assert str(caught.value).endswith("The file was not changed. Correct it and open it again.")


def test_three_faults_are_told_and_the_rest_counted() -> None:
    with pytest.raises(BadInput) as caught:
        read("name = 1\nplaces = 2\nis_on = 3\ncount = ''\n")
    assert "(2 more)" in str(caught.value)
    assert str(caught.value).count("; ") == 2


def test_an_open_table_passes_over_what_is_not_known() -> None:
    assert read("zzz = 1\nname = 'a'", Open) == Open(name="a")


@pytest.mark.parametrize(
    "values", [{"minutes": 0}, {"kind": "where"}, {"name": 5}, {"at": AT.date()}]
)
def test_no_other_way_makes_one_that_does_not_fit(values: Mapping[str, Any]) -> None:
    sample = Sample(number="CM14-1")
    with pytest.raises(ValidationError):
        Sample(**{**dict(sample), **values})
    with pytest.raises(ValidationError, match="frozen"):
        setattr(sample, *next(iter(values.items())))


def test_only_the_first_error_of_a_key_is_reported() -> None:
    with pytest.raises(BadInput) as caught:
        read('number = "CM14-1"\nplaces = [1, 2]\nis_on = 3\nrules = {a = 1, b = 2}\n')
    assert "places 1 must" in str(caught.value)
    assert "places 2" not in str(caught.value)
    assert "more)" not in str(caught.value)


def test_a_refused_value_is_not_in_the_error_of_the_model() -> None:
    with pytest.raises(ValidationError) as caught:
        Sample(number="CM14-1", name="secret" * MAX_LINE)
    assert "secret" not in str(caught.value)


def test_a_lone_surrogate_is_cleaned_and_not_refused() -> None:
    assert Sample(number="CM14-1", name="a\ud800").name == "a<U+D800>"


def test_what_is_written_is_read_again() -> None:
    sample = Sample(number="CM14-1", places=("Texas",), at=AT, rules={"IMR101": "on"})
    assert read(sample.encode().decode()) == sample
    assert sample.encode(defaults=False).decode() == (
        'number = "CM14-1"\nplaces = [\n    "Texas",\n]\n'
        'at = 2026-11-12 09:00:00+00:00\n\n[rules]\nIMR101 = "on"\n'
    )
    assert b"at =" not in Sample(number="CM14-1").encode()
