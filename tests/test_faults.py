"""A fault is told by its place: a line of ours if one was passed, and never by its words."""

import re
from collections.abc import Callable

import pytest

from imr_tui.cli.runtime import crash_report
from imr_tui.text.sanitize import clean


def caught(act: Callable[..., object], *arguments: object) -> BaseException:
    with pytest.raises((AttributeError, ValueError)) as caught:
        act(*arguments)
    return caught.value


def test_the_last_line_of_ours() -> None:
    assert (
        crash_report.where(caught(clean, None))
        .partition(", ")[2]
        .startswith("AttributeError at text/sanitize.py:")
    )


def test_the_last_line_where_none_is_of_ours() -> None:
    assert (
        crash_report.where(caught(int, "Rowan Testcase"))
        .partition(", ")[2]
        .startswith("ValueError at test_faults.py:")
    )


def test_a_fault_without_a_place() -> None:
    assert re.fullmatch(
        r"IMR-E[0-9A-F]{6}, RuntimeError", crash_report.where(RuntimeError("Rowan Testcase"))
    )


def test_a_fault_has_the_same_number_every_time() -> None:
    numbers = {crash_report.where(caught(clean, each)).partition(",")[0] for each in (None, 5, 2.5)}
    assert len(numbers) == 1
    assert numbers != {crash_report.where(caught(int, "x")).partition(",")[0]}
