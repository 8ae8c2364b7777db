"""The bench goes on where a part of it cannot, and its figures are what they say."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench.answer import Answer
from tests.bench.answered import Typing, told
from tests.bench.figures import Figure, LeftOut, Plan, compared, percentile
from tests.bench.programs import Program, opened, vim
from tests.bench.tables import number
from tests.bench.texts import prose, typed
from tests.bench.wire import common

MISSING = Program("an editor", ["no-such-editor-here"], ["ready"])
ENDING = Program("another editor", ["/bin/true"], ["ready"])


def good(place: Path, plan: Plan) -> Iterator[Figure]:
    yield compared("a figure", [2.0, 4.0], [1.0, 1.0], "a floor", ideal=1.5)


def bad(place: Path, plan: Plan) -> Iterator[Figure]:
    yield from good(place, plan)
    raise ValueError("out of order\nand more of it")


def test_a_group_that_fails_says_so_in_a_line_and_the_others_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(bench, "GROUPS", {"a bad": bad, "a good": good, "other": good})
    path = tmp_path / "figures.json"
    assert bench.main(["--only", "a ", "--json", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "fault" in line] == ["  fault: ValueError out of order"]
    written = json.loads(path.read_text())
    assert [each["group"] for each in written["figures"]] == ["a bad", "a good"]
    assert written["figures"][1] == {
        "group": "a good",
        "name": "a figure",
        "ours": 3.0,
        "floor": 1.0,
        "unit": "s",
        "against": "a floor",
        "spread": [2.0, 4.0],
        "ideal": 1.5,
        "ratio": 3.0,
    }
    assert written["faults"] == {"a bad": "ValueError out of order"}


def missing(place: Path, plan: Plan) -> Iterator[Figure]:
    raise LeftOut("there is no such machine")
    yield from good(place, plan)


def test_a_group_that_cannot_be_measured_here_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "GROUPS", {"a missing": missing, "a good": good})
    assert bench.main(["--only", "a "]) == 0
    told = capsys.readouterr().out
    assert "  left out: there is no such machine" in told
    assert "a figure" in told


def test_a_group_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["--only", "nothing like it"])
    assert "nothing like it" in capsys.readouterr().err


def test_a_floor_that_is_missing_or_ends_is_left_out(tmp_path: Path) -> None:
    with ExitStack() as stack:
        assert opened(stack, [MISSING, ENDING], tmp_path) == {}


def test_a_program_that_is_measured_may_not_be_missing(tmp_path: Path) -> None:
    ending = Program("ours", ["/bin/true"], ["ready"], is_floor=False)
    with ExitStack() as stack, pytest.raises(EOFError):
        opened(stack, [ending], tmp_path)


def an_answer(sent: int, before: int = 0, visible: float | None = 2.0) -> Answer:
    return Answer(sent, 1, 1.0, 3.0, 3.0, visible, before)


def test_late_bytes_belong_to_the_key_before_them_and_a_pause_to_none() -> None:
    ours = Typing([[an_answer(1), an_answer(2, before=5)], [an_answer(3, before=70)]])
    assert ours.sizes() == [[6, 2], [3]]
    assert ours.pause == 70
    assert ours.times() == [[2.0, 2.0], [2.0]]


def test_a_floor_that_is_not_there_has_lines_that_say_so(tmp_path: Path) -> None:
    ours = Typing([[an_answer(4)]])
    figures = list(told("a field", ours, {}, [vim(tmp_path, "")]))
    assert {figure.against for figure in figures[:-1]} == {"vim does not run here"}
    assert {figure.ratio for figure in figures} == {None}
    assert figures[0].name == "a field: bytes a key, mean"
    assert (figures[0].ours, figures[0].ideal) == (4, 1)


def test_percentiles() -> None:
    assert percentile([7.0], 95) == 7.0
    assert percentile(list(range(101)), 95) == 95


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (1234.0, "1,234"), (0.5, "0.500"), (12.34, "12.3"), (123.4, "123")],
)
def test_a_number_has_the_digits_that_say_something(value: float, text: str) -> None:
    assert number(value) == text


def test_texts_have_their_length() -> None:
    assert len(prose(250).split()) == 250
    assert len(prose(250).split("\n\n")) == 3
    assert len(typed(999)) == 999


def test_what_arrived_is_counted_up_to_the_first_fault() -> None:
    assert common("abcd", "abcd") == 4
    assert common("abXd", "abcd") == 2
    assert common("", "abcd") == 0
