"""The letter on a screen: its paragraphs wrapped to the screen, and the fields they print."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from imr_tui.domain.workflow import Place
from imr_tui.errors import ImrError
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.letter.render.preview import Paragraph, Preview, ScreenLetter
from imr_tui.letter.render.renderer import TEMPLATE, render, render_preview
from imr_tui.model.case import Case, Summary
from imr_tui.store.cases.case_file import open_case
from tests.builders import a_case, a_complete_case, an_item
from tests.strategies import cases as any_cases, complete_cases

HERE = Path(__file__).parent
SEED = open_case(HERE / "samples" / "CM14-0187654.toml").case
GOLDEN = (HERE / "golden" / "CM14-0187654.txt").read_text(encoding="ascii")
LONG = " ".join(f"word{number}" for number in range(60))


def shown(case: Case, columns: int) -> ScreenLetter:
    return render_preview(case, draft=True).wrapped(columns)


@pytest.mark.parametrize("columns", [95, 96, 118, 400])
def test_a_wide_screen_shows_the_lines_of_the_file(columns: int) -> None:
    assert shown(SEED, columns).text == GOLDEN


@given(any_cases(), st.integers(60, 120))
def test_at_its_own_width_a_preview_is_the_letter(case: Case, width: int) -> None:
    head = Letterhead(width=width)
    try:
        letter = render(case, head, draft=True)
    except ImrError:
        return
    assert render_preview(case, head, draft=True).text == letter


@given(complete_cases(), st.integers(1, 94))
def test_a_narrow_screen_shows_the_same_words_in_narrow_lines(case: Case, columns: int) -> None:
    try:
        letter = render(case)
    except ImrError:
        return
    lines = render_preview(case).wrapped(columns).lines
    assert " ".join(lines).split() == letter.split()
    assert all(len(line) <= columns or " " not in line.strip() for line in lines)
    assert not any(one == other == "" for one, other in pairwise(lines))


def test_no_stub_of_a_line_remains_at_78_columns() -> None:
    lines = shown(SEED, 78).lines
    start = next(at for at, line in enumerate(lines) if line.startswith("This 54 year old"))
    end = lines.index("", start)
    following = zip(lines[start : end - 1], lines[start + 1 : end], strict=True)
    assert end - start > 5
    assert all(len(f"{line} {after.split()[0]}") > 78 for line, after in following)


def test_lines_of_a_list_stay_lines() -> None:
    case = a_case(summary=Summary(text=f"- one\n- two\n- {LONG}\n\n1. three"))
    lines = shown(case, 60).lines
    at = lines.index("- one")
    assert lines[at + 1] == "- two"
    assert lines[at + 2].startswith("- word0")
    assert lines[lines.index("1. three") - 1] == ""


def test_a_heading_stays_centred() -> None:
    for columns in (60, 78):
        heading = next(line for line in shown(SEED, columns).lines if "CLINICAL CASE" in line)
        assert heading.startswith(" " * 8)
        assert len(heading) <= columns


def test_a_row_that_does_not_fit_is_shown_cell_by_cell() -> None:
    row = f"{'Case Number: CM14-0187654':<44}Date of Injury: 10/23/2013"
    assert Paragraph(row).wrapped(95, 78) == [row]
    cells = ["Case Number: CM14-0187654", "Date of Injury: 10/23/2013"]
    assert Paragraph(row).wrapped(95, 50) == cells


@pytest.mark.parametrize("columns", [40, 78, 118])
def test_each_line_knows_the_field_that_it_prints(columns: int) -> None:
    letter = shown(a_complete_case((an_item(rationale=LONG), an_item("A walker"))), columns)
    places = [letter.place_at(line) for line in range(len(letter.lines))]
    with_rationale = [
        line
        for line, place in zip(letter.lines, places, strict=True)
        if place == Place("rationale", 0)
    ]
    assert " ".join(with_rationale) == f"Decision rationale: {LONG}"
    title = next(at for at, line in enumerate(letter.lines) if line.startswith("A walker"))
    assert places[title] == Place("request", 1)
    kinds = [place.path for place in dict.fromkeys(places) if place]
    assert kinds == [
        "reviewer.licenses",
        "reviewer.specialties",
        "summary.text",
        *(
            f"items[{item}].{field}"
            for item in (0, 1)
            for field in ("request", "administrator_citations", "citations", "rationale")
        ),
    ]


def test_equal_texts_belong_each_to_its_item() -> None:
    letter = shown(a_complete_case((an_item(), an_item(), an_item())), 78)
    lines = [letter.line_of(Place("rationale", item)) for item in range(3)]
    assert None not in lines
    assert sorted(set(lines), key=str) == sorted(lines, key=str)
    titles = [at for at, line in enumerate(letter.lines) if line.startswith("6 massage")]
    assert [letter.line_of(Place("decision", item)) for item in range(3)] == titles


def test_missing_fields_of_a_draft_have_a_place() -> None:
    letter = shown(a_case(items=(an_item(rationale=""), an_item(rationale=""))), 78)
    for item in (0, 1):
        line = letter.line_of(Place("rationale", item))
        assert line is not None
        assert letter.lines[line] == "Decision rationale: [rationale missing]"
        assert letter.place_at(line) == Place("rationale", item)
    summary = letter.line_of(Place("summary.text"))
    assert summary is not None
    assert letter.lines[summary] == "[summary missing]"


@pytest.mark.parametrize("columns", [40, 78, 95])
@pytest.mark.parametrize("word", [0, 7, 30, 59])
def test_a_word_of_a_field_is_found(word: int, columns: int) -> None:
    letter = shown(a_complete_case((an_item(rationale=LONG),)), columns)
    line = letter.line_of(Place("rationale", 0), word)
    assert line is not None
    assert f"word{word}" in letter.lines[line].split()


def test_beyond_the_last_word_is_the_last_line() -> None:
    letter = shown(a_complete_case((an_item(rationale=LONG),)), 78)
    line = letter.line_of(Place("rationale", 0), 10_000)
    assert line == len(letter.lines) - 1


def test_a_field_that_is_not_printed_is_where_its_item_is() -> None:
    letter = shown(a_complete_case(2), 78)
    assert letter.line_of(Place("uncited", 1)) == letter.line_of(Place("request", 1))
    assert letter.line_of(Place("parties.employee")) is None
    assert letter.line_of(Place("reviewer.attested")) == letter.line_of(Place("reviewer.licenses"))
    assert letter.line_of(Place("citations[1]", 1)) == letter.line_of(Place("citations", 1))


def test_no_line_has_no_place() -> None:
    letter = shown(SEED, 78)
    assert letter.place_at(-1) is None
    assert letter.place_at(10_000) is None


def test_a_site_template_in_another_order_still_shows_its_fields(tmp_path: Path) -> None:
    text = "{% for item in items %}\n{{ item.title }}\n{{ item.rationale }}\n{% endfor %}\nEnd\n"
    (tmp_path / TEMPLATE).write_text(text, encoding="utf-8")
    case = a_complete_case((an_item("A"), an_item("B", rationale=LONG)))
    preview = render_preview(case, replace(Letterhead(), templates=tmp_path))
    letter = preview.wrapped(60)
    line = letter.line_of(Place("rationale", 1))
    assert line is not None
    assert letter.lines[line].startswith("word0")
    assert letter.place_at(len(letter.lines) - 1) is None


def test_any_text_can_be_wrapped_to_a_screen() -> None:
    letter = Preview.of_text(f"One.\n\n\n{LONG}", Place("summary.text")).wrapped(40)
    assert letter.lines[:2] == ("One.", "")
    assert all(len(line) <= 40 for line in letter.lines)
    assert letter.line_of(Place("summary.text"), 3) == 2
