"""Files of assignments with one fault each, and the line that the error must name."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import NamedTuple

from imr_tui.domain.assignment import Assignment
from imr_tui.errors import BadInput
from imr_tui.services.read_intake import IntakeRow, read_assignments
from imr_tui.store.cases.folder import Folder

HEADER = "assignment,case.number,parties.employee,date_of_injury,item.1.request"
_ROWS = 5
"""The rows of each file, one of which has the fault."""
PLACES = (0, 2, 4)
"""Where the fault is: in the first row, in the middle, in the last one."""


class IntakeFile(NamedTuple):
    """A file, and what reading it must give."""

    name: str
    data: bytes
    lines: list[int]
    """The lines on which its rows begin."""
    bad: int
    """The line of the row that has the fault; 0 if none has one."""
    says: str
    """A pattern of the error."""


def cells(number: int) -> str:
    return f"A-{number},CM26-{number},Name {number},1/2/2024,MRI"


def sent(number: int) -> dict[str, object]:
    return {
        "assignment": f"A-{number}",
        "case": {"number": f"CM26-{number}", "date_of_injury": "1/2/2024"},
        "items": [{"request": "MRI"}],
    }


GOOD = [json.dumps(sent(1)), json.dumps(sent(2))]
"""Two lines of JSON."""
ROWS = f"{HEADER}\n{cells(1)}\n{cells(2)}\n"
"""A table of two rows."""


def read(data: bytes | str, folder: Folder) -> list[IntakeRow]:
    """The rows of a file with the content `data`."""
    path = folder.path / "sent"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_assignments(str(path), folder))


def read_until_error(data: bytes, folder: Folder) -> tuple[list[IntakeRow], str]:
    """The rows before the rest is refused, and the error; blank if nothing is refused."""
    path = folder.path / "sent"
    path.write_bytes(data)
    rows = []
    try:
        for row in read_assignments(str(path), folder):
            rows.append(row)
    except BadInput as error:
        return rows, str(error)
    return rows, ""


def only(rows: list[IntakeRow]) -> Assignment:
    """The assignment of the only row."""
    (row,) = rows
    assert row.error == ""
    assert row.assignment is not None
    return row.assignment


ROW_OF_CELLS = {
    "no such date": ("A-3,CM26-3,Name,13/45/2020,MRI", "There is no month 13"),
    "relative date": ("A-3,CM26-3,Name,today,MRI", "is not a date"),
    "number that is no date": ("A-3,CM26-3,Name,5.5,MRI", "is not a date"),
    "half a row": ("A-3,CM2", "has 2 cells, but the header row has 5"),
    "one cell too many": ("A-3,CM26-3,Name,1/2/2024,MRI,x", "has 6 cells"),
    "NUL": ("A-3,CM26-3,Na\0me,1/2/2024,MRI", "contains a NUL character"),
    "text after a quotation": ('A-3,CM26-3,"Name"x,1/2/2024,MRI', "must be doubled"),
    "huge cell": (f"A-3,CM26-3,{'x' * 140_000},1/2/2024,MRI", "more than 131,072 characters"),
    "huge cell in quotation marks": (f'A-3,CM26-3,"{"x" * 140_000}",1/2/2024,MRI', "more than 131"),
    "long cell": (f"A-3,CM26-3,Name,1/2/2024,{'x' * 5_000}", "items 1 request is too long"),
    "formula as number": ("A-3,=CM26-3,Name,1/2/2024,MRI", "case number is not valid"),
    "path as number": ("A-3,../CM26-3,Name,1/2/2024,MRI", "case number is not valid"),
    "no number": ("A-3,,Name,1/2/2024,MRI", "case number is missing"),
    "no assignment": (",CM26-3,Name,1/2/2024,MRI", "assignment is missing"),
    "fault after a line end in a cell": ('A-3,CM26-3,"Na\nme",99/1/2024,MRI', "no month 99"),
    "markup": ("A-3,[b]CM26[/b],Name,1/2/2024,MRI", "case number is not valid"),
}
"""Rows of a table that are refused."""
DEEP = f'{{"assignment": {"[" * 100_000}1{"]" * 100_000}}}'
ROW_OF_JSON = {
    "key twice": ('{"assignment": "A", "assignment": "B"}', "has the key 'assignment' twice"),
    "NaN": ('{"assignment": NaN}', "contains NaN"),
    "infinite": ('{"assignment": 1e999}', "is too large"),
    "digits": (f'{{"assignment": {"9" * 5_000}}}', "more than 100 digits"),
    "half a character": ('{"assignment": "\\ud800"}', "half of a surrogate pair"),
    "half a character in a key": ('{"\\udfff": 1}', "half of a surrogate pair"),
    "unknown key": ('{"asignment": "A"}', "did you mean 'assignment'"),
    "unknown key in a table": ('{"assignment": "A", "case": {"nmber": "B"}}', "did you mean 'num"),
    "huge key": (f'{{"{"k" * 1_000_000}": "A"}}', "is not a known key"),
    "huge key in a table": (
        f'{{"assignment": "A", "case": {{"number": "B", "{"k" * 100_000}": "A"}}}}',
        "case kkk",
    ),
    "number as text": ('{"assignment": 5, "case": {"number": "B"}}', "assignment must be text"),
    "case is null": ('{"assignment": "A", "case": null}', "case must be a table"),
    "items are a table": ('{"assignment": "A", "case": {"number": "B"}, "items": {}}', "items"),
    "too many physicians": (
        json.dumps({"assignment": "A", "case_number": "B", "physicians": ["x"] * 1_001}),
        "too many entries",
    ),
    "documents are text": (
        '{"assignment": "A", "case": {"number": "B"}, "records": "PR-2"}',
        "records must be a list",
    ),
    "item is a number": (
        '{"assignment": "A", "case": {"number": "B"}, "items": [5]}',
        "items 1 must be a table",
    ),
    "decision": (
        '{"assignment": "A", "case": {"number": "B"}, "items": [{"decision": "upheld"}]}',
        "items 1 decision is for the reviewer",
    ),
    "reviewer": (
        '{"assignment": "A", "case": {"number": "B"}, "reviewer": {"licenses": ["Texas"]}}',
        "reviewer is for the reviewer",
    ),
    "later schema": ('{"schema": 2, "assignment": "A"}', "schema 2"),
    "status": ('{"assignment": "A", "case": {"number": "B"}, "status": "gone"}', "status must be"),
    "two numbers": ('{"case": {"number": "B"}, "case.number": "C"}', "differently"),
    "item with two requests": (
        '{"items": [{"request": "A", "service": "B"}]}',
        "items 1: service states request a second time",
    ),
    "gap": ('{"item.1.request": "A", "item.3.request": "B"}', "item 2 is blank"),
    "list and numbered": ('{"items": ["A"], "item.1.request": "B"}', "one by one"),
    "date": ('{"assignment": "A", "date_of_injury": "2/30/2020"}', "has only 29 days"),
    "date is a list": ('{"assignment": "A", "date_of_injury": []}', "is not a date"),
}
"""Objects that are refused, and can be told from the next one."""
LINE_OF_JSON = {
    "half a line": ('{"assignment": "A', "is not valid JSON"),
    "two objects": ('{"assignment": "A"} {}', "a second value begins at column 21"),
    "nested too deeply": (DEEP, "is nested too deeply"),
    "list": ("[1, 2]", "is not an object"),
    "text": ('"A"', "is not an object"),
    "null": ("null", "is not an object"),
    "NUL in a line": ('{"assignment": "\0"}', "is not valid JSON"),
    "comma": ('{"assignment": "A",}', "is not valid JSON"),
}
"""Lines that are refused."""
ENCODINGS = {
    "UTF-8": (b"", "utf-8"),
    "UTF-8 with a mark": (codecs.BOM_UTF8, "utf-8"),
    "UTF-16": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "UTF-16, big end first": (codecs.BOM_UTF16_BE, "utf-16-be"),
}
WAYS = [("UTF-8", "\n"), ("UTF-8 with a mark", "\r\n"), ("UTF-16", "\r"), ("UTF-16", "\r\n")]
"""How tables are written: the encoding and the line end."""


def files() -> Iterator[IntakeFile]:
    """Each fault at each place in each kind of file."""
    for name, (row, says) in ROW_OF_CELLS.items():
        for encoding, end in WAYS:
            for place in PLACES:
                rows = [row if at == place else cells(at) for at in range(_ROWS)]
                yield _file(f"table: {name}", [HEADER, *rows], place, says, encoding, end)
    for name, (row, says) in {**ROW_OF_JSON, **LINE_OF_JSON}.items():
        for place in PLACES:
            if place == 0 and not row.startswith("{"):
                continue  # then it is another kind of file
            rows = [row if at == place else json.dumps(sent(at)) for at in range(_ROWS)]
            yield _file(f"lines: {name}", rows, place, says, "UTF-8", "\n")
            yield _file(f"lines: {name}", rows, place, says, "UTF-16, big end first", "\r\n")
    for name, (row, says) in ROW_OF_JSON.items():
        for place in PLACES:
            rows = [row if at == place else json.dumps(sent(at)) for at in range(_ROWS)]
            listed = ["[" + rows[0] + ",", *(f"{each}," for each in rows[1:-1]), rows[-1] + "]"]
            yield _file(f"list: {name}", listed, place, says, "UTF-8", "\r\n")


def _file(name: str, rows: list[str], place: int, says: str, encoding: str, end: str) -> IntakeFile:
    mark, codec = ENCODINGS[encoding]
    begins = [1 + sum(row.count("\n") + 1 for row in rows[:at]) for at in range(len(rows))]
    has_header = rows[0] == HEADER
    text = end.join(row.replace("\n", end) for row in rows) + end
    lines = begins[1:] if has_header else begins
    kind = f"{name}, row {place + 1}, {encoding}, {end!r}"
    return IntakeFile(kind, mark + text.encode(codec), lines, lines[place], says)
