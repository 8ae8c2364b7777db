"""A fault is told by its place: a line of ours if one was passed, and never by its words."""

from collections.abc import Callable

import pytest

from imr_tui.cli import faults
from imr_tui.text import clean


def caught(act: Callable[..., object], *arguments: object) -> BaseException:
    with pytest.raises((TypeError, ValueError)) as caught:
        act(*arguments)
    return caught.value


def test_the_last_line_of_ours() -> None:
    assert faults.where(caught(clean, None)).startswith("TypeError at text.py:")


def test_the_last_line_where_none_is_of_ours() -> None:
    assert faults.where(caught(int, "Rowan Testcase")).startswith("ValueError at test_faults.py:")


def test_a_fault_without_a_place() -> None:
    assert faults.where(RuntimeError("Rowan Testcase")) == "RuntimeError"
