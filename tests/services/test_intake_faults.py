"""Any file of assignments gives cases and errors, each with its line, and no traceback."""

from __future__ import annotations

import io
import json
import os
import random
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from imr_tui.errors import BadInput, CannotStore
from imr_tui.model.case import Item
from imr_tui.services.read_intake import MAX_ERROR, read_assignments
from imr_tui.store.cases.folder import Folder
from imr_tui.store.intake import json_rows, source
from imr_tui.text.sanitize import clean_line
from tests.services.intake_files import (
    DEEP,
    GOOD,
    HEADER,
    ROWS,
    cells,
    files,
    read,
    read_until_error,
    sent,
)


@pytest.fixture
def folder(cases: Path) -> Folder:
    return Folder(cases)


FILES = {
    fault: list(group) for fault, group in groupby(files(), lambda file: file.name.split(",")[0])
}


@pytest.mark.parametrize("fault", FILES)
def test_one_fault_gives_one_error_with_its_line(folder: Folder, fault: str) -> None:
    for file in FILES[fault]:
        rows = read(file.data, folder)
        assert [row.line for row in rows] == file.lines, file.name
        assert [row.line for row in rows if row.error] == [file.bad], file.name
        (bad,) = (row for row in rows if row.error)
        assert file.says in bad.error, file.name
        assert bad.assignment is None
        assert len(bad.error) < MAX_ERROR + 10
        assert bad.error == clean_line(bad.error)
        assert bad.error.endswith(".")


def test_there_are_200_files_with_a_fault() -> None:
    assert len({file.name for file in files()}) >= 200


WHOLE: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "sent is empty"),
    "only blanks": (" \n\r\n\t\n", "sent is empty"),
    "only a mark": ("\ufeff", "sent is empty"),
    "no known heading": ("name,city\nA,B\n", "line 1 is neither JSON nor a header row"),
    "text": ("Dear colleague,\nplease\n", "line 1 is neither JSON nor a header row"),
    "TOML": ("\n[case]\nnumber = 1\n", "line 2 is not valid JSON"),
    "a number": ("5\n", "line 1 is neither JSON"),
    "unknown heading": (
        f"\n{HEADER},Asignment2\n",
        "line 2: the heading 'Asignment2' is not a known key, did you mean",
    ),
    "too many items": (f"{HEADER},item.1001.request\n", "'item.1001.request' is not a known key"),
    "a heading twice": (f"{HEADER},Assignment\n", "line 1: the headings 'assignment' and 'Assig"),
    "two headings of a field": (f"{HEADER},DOI\n", "'date_of_injury' and 'DOI' are for the same"),
    "quotation in the header": (f'{HEADER},"DOI"x\n', "line 1: A quotation mark within"),
    "NUL in the header": (f"{HEADER},D\0OI\n", "line 1: Line 1 contains a NUL"),
    "NULs": (HEADER.encode("utf-16-le"), "line 1 begins with NUL bytes"),
    "workbook": (b"PK\x03\x04\x14\x00\x06\x00", "sent is a workbook"),
    "half a character": (b"\xff\xfe" + HEADER.encode("utf-16-le") + b"\n", "is not valid UTF-16"),
}
"""Files of which nothing is read, and the error."""


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_of_which_nothing_is_read(folder: Folder, name: str) -> None:
    data, says = WHOLE[name]
    with pytest.raises(BadInput) as refused:
        read(data, folder)
    assert says in str(refused.value)


BROKEN = {
    "half a list": (
        f"[{GOOD[0]},\n{GOOD[1]},\n",
        [1, 2],
        "line 2 is not valid JSON: Ex",
    ),
    "a list without a comma": (f"[{GOOD[0]}\n{GOOD[1]}]", [1], "line 2 is not valid JSON: Exp"),
    "more after a list": (f"[{GOOD[0]}]\n{GOOD[1]}", [1], "line 2 is not valid JSON: Extra"),
    "depth in a list": (f"[{GOOD[0]},\n{'[' * 100_000}", [1], "is nested too deeply"),
    "open quotation": (f'{ROWS}A-3,CM26-3,"Na\n{cells(4)}\n', [2, 3], "line 4: a quotation mark"),
    "long quotation": (ROWS + 'A,B,"' + "x\n" * 200_000, [2, 3], "line 4: a cell has more than"),
    "open object": (f"{{\n{GOOD[0][1:-1]},\n", [], "line 2 is not valid JSON"),
}
"""Files of which the rest cannot be read: the rows before, and the error."""


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_of_which_the_rest_is_not_read(folder: Folder, name: str) -> None:
    data, lines, says = BROKEN[name]
    rows, error = read_until_error(data.encode(), folder)
    assert [row.line for row in rows if not row.error] == lines
    assert says in error


DOCUMENTS = {
    "objects over lines": (json.dumps(sent(1), indent=1) + "\n" + json.dumps(sent(2), indent=1)),
    "a list over lines": json.dumps([sent(1), sent(2)], indent=2),
    "a list in a line": json.dumps([sent(1), sent(2)]),
    "lines with blank ones": f"\n\n{GOOD[0]}\n \n{GOOD[1]}\n\n",
    "old line ends": "\r".join(GOOD),
    "a table of blank rows": f"\n{HEADER}\n,,,,\n{cells(1)}\n\n{cells(2)}\n , , ,,\n",
    "a table with a delimiter line": f"sep=;\n{ROWS}".replace(",", ";"),
    "tabs": ROWS.replace(",", "\t"),
    "mixed line ends": f"{HEADER}\r\n{cells(1)}\r{cells(2)}\n",
    "blank cells at the end": f"{HEADER}\n{cells(1)},\n{cells(2)},,\n",
    "no line end": ROWS.rstrip(),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_form_gives_the_same_assignments(folder: Folder, name: str) -> None:
    text = DOCUMENTS[name]
    rows = read(text, folder)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [row.error for row in rows] == ["", ""]
    for number, row in enumerate(rows, 1):
        assert row.assignment
        assert row.assignment.case.number == f"CM26-{number}"
        assert row.assignment.case.items == (Item(request="MRI"),)
    assert rows[0].line < rows[1].line or len(lines) == 1
    if name != "objects over lines" and len(lines) > 2:
        begins = [at for at, line in enumerate(lines, 1) if line.strip(" {[,;")]
        assert {row.line for row in rows} <= {*begins, *(at - 1 for at in begins)}


def test_each_line_has_its_error_if_all_are_wrong(folder: Folder) -> None:
    wrong = ['{"a": 1,}', DEEP, '{"a" 1}']
    for lines in (wrong, wrong[::-1], [DEEP, DEEP]):
        rows = read("\n".join(lines), folder)
        assert [(row.line, bool(row.error)) for row in rows] == [
            (number, True) for number in range(1, len(lines) + 1)
        ]


def test_the_line_of_an_object_is_where_it_begins(folder: Folder) -> None:
    text = DOCUMENTS["a list over lines"]
    lines = text.split("\n")
    begins = [at for at, line in enumerate(lines, 1) if line == "  {"]
    assert [row.line for row in read(text, folder)] == begins
    text = "\n" + DOCUMENTS["objects over lines"]
    begins = [at for at, line in enumerate(text.split("\n"), 1) if line == "{"]
    assert [row.line for row in read(text, folder)] == begins


def test_a_table_of_windows_is_read(folder: Folder) -> None:
    rows = f"{HEADER}\n{cells(1)}\n{cells(2)}".replace("Name", "José – O’Neil")
    found = [row.assignment for row in read(rows.encode("cp1252"), folder)]
    assert [each.case.parties.employee for each in found if each] == [
        "José – O’Neil 1",
        "José – O’Neil 2",
    ]


def test_a_byte_of_no_encoding_is_named(folder: Folder) -> None:
    rows = read(f"{HEADER}\n{cells(1)}\n".encode() + cells(2).encode() + b"\x81\n", folder)
    assert [row.error for row in rows] == [
        "",
        "Line 3 has a byte, 0x81, that is neither UTF-8 nor Windows-1252.",
    ]


def test_a_cell_without_a_heading_is_refused_unless_it_is_blank(folder: Folder) -> None:
    rows = read(f"{HEADER}, \n{cells(1)},\n{cells(2)},x\n", folder)
    assert [row.error for row in rows] == ["", "Cell 6 of the row has no heading."]


def test_half_a_character_at_the_end_means_half_a_file(folder: Folder) -> None:
    data = f"{HEADER}\n{cells(1)}é".encode()[:-1]
    assert [row.error for row in read(data, folder)] == [
        "Line 2 ends within a character: the file may be incomplete."
    ]


@pytest.mark.parametrize("name", ["lines", "list", "table"])
def test_half_a_file_gives_no_other_assignment(folder: Folder, name: str) -> None:
    text = {"lines": "\n".join(GOOD), "list": f"[{', '.join(GOOD)}]", "table": ROWS}[name]
    whole = [row.assignment for row in read(text, folder)]
    for end in range(len(text)):
        # The last cell of a table may be cut without a trace, as the last line needs no line end.
        if name == "table" and text[:end].endswith(("MR", "M", "2024,")):
            continue
        rows, error = read_until_error(text[:end].encode(), folder)
        found = [row.assignment for row in rows if row.assignment]
        assert found == whole[: len(found)]
        assert "sent" in error or not error


@pytest.mark.parametrize("seed", range(3))
def test_a_file_with_random_bytes_ends_in_no_traceback(folder: Folder, seed: int) -> None:
    chance = random.Random(seed)
    for text in (ROWS, "\n".join(GOOD), json.dumps([sent(1), sent(2)], indent=1)) * 20:
        data = bytearray(text.encode())
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.choice(b'\x00",;{}[]:\\\n\r\xff\x80=9')
        rows, error = read_until_error(bytes(data), folder)
        assert all((row.assignment is None) == bool(row.error) for row in rows)
        assert "sent" in error or not error


def test_standard_input_is_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ROWS.encode())))
    assert [row.line for row in read_assignments("-", folder)] == [2, 3]
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(CannotStore, match="Standard input is closed"):
        list(read_assignments("-", folder))


@pytest.mark.parametrize("name", ["missing", "folder", "link"])
def test_what_is_no_file_is_not_opened(folder: Folder, name: str) -> None:
    (folder.path / "folder").mkdir()
    (folder.path / "sent").write_text(ROWS)
    (folder.path / "link").symlink_to(folder.path / "sent")
    with pytest.raises(CannotStore):
        list(read_assignments(str(folder.path / name), folder))


# Files that change, and large ones


def _append(path: Path) -> None:
    with path.open("a") as file:
        file.write(cells(99))


def _replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


def _touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize("change", [_append, _replace, _touch, Path.unlink])
def test_nothing_is_taken_of_the_rest_of_a_file_that_changes(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, change: Any
) -> None:
    monkeypatch.setattr(source, "_CHUNK", len(HEADER) + len(cells(1)) + 10)
    path = folder.path / "sent"
    path.write_text("\n".join([HEADER, *map(cells, range(1, 100))]))
    rows = read_assignments(str(path), folder)
    assert next(rows).line == 2
    change(path)
    with pytest.raises(BadInput, match=r"changed while it was read\. Nothing of the rest"):
        list(rows)


def test_a_small_file_that_changes_is_not_taken_at_all(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.path / "sent"
    path.write_text(ROWS)
    original = os.read

    def replaced(descriptor: int, size: int) -> bytes:
        data = original(descriptor, size)
        _replace(path)
        return data

    monkeypatch.setattr(os, "read", replaced)
    with pytest.raises(BadInput, match="changed while it was read"):
        next(read_assignments(str(path), folder))


@pytest.mark.parametrize("kind", ["lines", "table"])
def test_rows_come_before_the_file_is_read_to_its_end(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(source, "_CHUNK", 1_000)
    monkeypatch.setattr(source, "MAX_LINE_BYTES", 10_000)
    path = folder.path / "sent"
    path.write_text(("\n".join(GOOD) if kind == "lines" else ROWS.rstrip()) + "\n" + "x" * 20_000)
    rows = read_assignments(str(path), folder)
    first = 1 if kind == "lines" else 2
    assert [next(rows).line, next(rows).line] == [first, first + 1]
    with pytest.raises(BadInput, match=f"line {first + 2} is longer than 10,000 bytes"):
        list(rows)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_rows_do_not_depend_on_how_much_is_read_at_once(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    data = ROWS.replace("\n", end).replace("Name", "Naïve").encode()
    whole = read(data, folder)
    for size in range(1, len(data) + 2, 3):
        monkeypatch.setattr(source, "_CHUNK", size)
        assert read(data, folder) == whole


def test_a_large_list_is_refused(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "MAX_DOCUMENT_BYTES", 50)
    with pytest.raises(BadInput, match="Send it as JSON Lines"):
        read("[\n" + ",\n".join(GOOD) + "]", folder)
