"""The progress bar of commands that take several files."""

import io
import sys

import pytest

from imr_tui.cli.progress import with_progress


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("count", "stream", "is_shown"),
    [(3, Terminal(), True), (1, Terminal(), False), (3, io.StringIO(), False)],
    ids=["several", "one", "no-terminal"],
)
def test_several_files_on_a_terminal_have_a_progress_bar(
    monkeypatch: pytest.MonkeyPatch, count: int, stream: io.StringIO, is_shown: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    assert list(with_progress(iter(range(count)), count, "Sealing")) == list(range(count))
    assert ("Sealing" in stream.getvalue()) == ("100%" in stream.getvalue()) == is_shown


def test_without_standard_error_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert list(with_progress([1, 2], 2, "Sealing")) == [1, 2]
