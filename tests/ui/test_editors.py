"""Which editor is called, word by word, and what keeps it from leaving copies."""

from pathlib import Path

import pytest

from imr_tui.session import editors

TEXT = Path("/cases/.imr/editing/0123456789ab/text.txt")


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, None),
        ({"EDITOR": "  "}, None),
        ({"EDITOR": "nano"}, ["nano"]),
        ({"VISUAL": "vim -R", "EDITOR": "nano"}, ["vim", "-R"]),
        ({"VISUAL": "", "EDITOR": "nano"}, ["nano"]),
        ({"EDITOR": "'my editor' \"a b\" c\\ d"}, ["my editor", "a b", "c d"]),
        ({"EDITOR": "vi; id `id` $(id) $HOME ~ * && id > x"}, None),
    ],
)
def test_the_words_of_a_command(environment: dict[str, str], words: list[str] | None) -> None:
    if "EDITOR" in environment and ";" in environment["EDITOR"]:
        words = environment["EDITOR"].split()
    assert editors.chosen(environment) == words


def test_a_quote_that_is_not_closed_is_refused() -> None:
    with pytest.raises(ValueError, match="quotation"):
        editors.chosen({"EDITOR": "vim 'x"})


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of editors, `vi` being a link to one, and nothing else on the path."""
    for name in ("vim.basic", "nano", "emacs-29.1", "micro", "hx", "nvi", "busybox", "mine"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("name", "has"),
    [
        ("vim.basic", ["-n", "-i", "NONE", "+3"]),
        ("nano", ["--ignorercfiles", "+3,7"]),
        ("emacs-29.1", ["-nw", "-Q", "+3:7"]),
        ("micro", ["-backup", "-saveundo", "+3:7"]),
    ],
)
def test_known_editors_get_their_flags_behind_the_reviewers_own(
    programs: Path, name: str, has: list[str]
) -> None:
    called = editors.command([name, "--own"], TEXT, 3, 7)
    assert called is not None
    assert called[:2] == [str(programs / name), "--own"]
    assert called[-1] == str(TEXT)
    assert set(has) <= set(called[2:-1])


@pytest.mark.parametrize("name", ["hx", "nvi", "mine"])
def test_others_are_called_as_they_are(programs: Path, name: str) -> None:
    assert editors.command([name], TEXT, 3, 7) == [str(programs / name), str(TEXT)]


def test_vi_is_what_the_machine_makes_of_it(programs: Path) -> None:
    (programs / "vi").symlink_to(programs / "busybox")
    assert editors.command(["vi"], TEXT, 3, 7) == [str(programs / "vi"), str(TEXT)]
    (programs / "vi").unlink()
    (programs / "vi").symlink_to(programs / "vim.basic")
    called = editors.command(["vi"], TEXT, 3, 7)
    assert called is not None
    assert "NONE" in called


def test_a_program_that_is_not_there(programs: Path) -> None:
    assert editors.command(["not-there"], TEXT, 1, 1) is None
