"""The command asks hunspell once for all cases, and checks the rest if hunspell fails."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from imr_tui.checks import CheckSetup
from imr_tui.model import edits
from imr_tui.services.spelling import CommandSpelling
from imr_tui.store.spelling import speller
from imr_tui.store.spelling.hunspell import SpellerFailed
from tests.builders import a_complete_case

CASE = edits.set_summary(a_complete_case(), "The neck was swolen.")


class Fake:
    """A hunspell that knows no word, or that fails."""

    def __init__(self, *, fails: bool = False) -> None:
        self.asked: list[str] = []
        self._fails = fails
        self.has_ended = False

    def ask(self, words: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        if self._fails:
            raise SpellerFailed("hunspell has ended.")
        self.asked += words
        yield from ((word, ("swollen",)) for word in words if word == "swolen")

    def end(self) -> None:
        self.has_ended = True


def starts(monkeypatch: pytest.MonkeyPatch, *fakes: Fake | None) -> list[Fake | None]:
    """Have each start give the next of `fakes`; returns those that are left."""
    left = list(fakes)
    monkeypatch.setattr(speller, "start_hunspell", lambda: left.pop(0))
    return left


def test_one_process_answers_for_all_cases(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = Fake()
    left = starts(monkeypatch, fake, Fake())
    with CommandSpelling() as spelling:
        setups = [spelling.with_spelling(CheckSetup(), CASE, tmp_path) for _ in range(3)]
    assert [dict(setup.misspelled) for setup in setups] == [{"swolen": ("swollen",)}] * 3
    assert fake.asked.count("swolen") == 1
    assert len(left) == 1
    assert fake.has_ended


def test_hunspell_that_fails_is_reported_once_and_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    left = starts(monkeypatch, Fake(fails=True), Fake())
    with CommandSpelling() as spelling:
        for _ in range(3):
            assert not spelling.with_spelling(CheckSetup(), CASE, tmp_path).misspelled
    assert spelling.problems == ["hunspell has ended."]
    assert len(left) == 1


def test_without_hunspell_nothing_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    left = starts(monkeypatch, None, Fake())
    with CommandSpelling() as spelling:
        for _ in range(2):
            assert not spelling.with_spelling(CheckSetup(), CASE, tmp_path).misspelled
    assert spelling.problems == []
    assert len(left) == 1
