"""The environment decides the terminal capabilities, and output keeps to them."""

from pathlib import Path

import pytest

from imr_tui.terminal.capabilities import Capabilities, capabilities
from tests.commands import Run
from tests.rows import each_row

UTF8 = {"LANG": "en_US.UTF-8"}


@each_row(
    ("environment", "colours"),
    [
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "full"),
        ({"TERM": "xterm-kitty"}, "full"),
        ({"TERM": "xterm-direct"}, "full"),
        ({"TERM": "tmux-256color", "COLORTERM": "24bit"}, "full"),
        ({"TERM": "screen.xterm-256color"}, "256"),
        ({"TERM": "screen", "COLORTERM": "truecolor"}, "16"),
        ({"TERM": "linux", "COLORTERM": "truecolor"}, "16"),
        ({"TERM": "xterm"}, "16"),
        ({"TERM": "ansi"}, "16"),
        ({"TERM": "never-heard-of"}, "16"),
        ({"TERM": "vt100"}, "none"),
        ({"TERM": "vt220", "COLORTERM": "truecolor"}, "none"),
        ({"TERM": "xterm-mono"}, "none"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "none"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "256"),
    ],
)
def test_colours(environment: dict[str, str], colours: str) -> None:
    assert capabilities(environment).colours == colours


@each_row(
    ("environment", "characters"),
    [
        ({"LANG": "en_US.UTF-8"}, "UTF-8"),
        ({"LANG": "C.utf8"}, "UTF-8"),
        ({"LC_CTYPE": "UTF-8"}, "UTF-8"),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "ASCII"),
        ({"LC_ALL": "", "LANG": "en_US.UTF-8"}, "UTF-8"),
        ({"LC_CTYPE": "de_DE.ISO-8859-1", "LANG": "en_US.UTF-8"}, "ASCII"),
        ({"LC_CTYPE": "C.UTF-8"}, "ASCII"),  # Python's own doing
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C.UTF-8"}, "UTF-8"),
        ({"LANG": "de_DE@euro"}, "ASCII"),
        ({}, "ASCII"),
    ],
)
def test_characters(environment: dict[str, str], characters: str) -> None:
    assert capabilities(environment).characters == characters


@pytest.mark.parametrize("term", ["dumb", "", None, "unknown"])
def test_a_screen_cannot_be_painted_on_lines(term: str | None) -> None:
    environment = UTF8 if term is None else UTF8 | {"TERM": term}
    assert capabilities(environment) == Capabilities("none", "UTF-8", can_move_cursor=False)


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"TERM": "linux", "LANG": "C"}, ("colours         16", "characters      ASCII only")),
        ({"TERM": "xterm-256color", "LANG": "C.UTF-8"}, ("colours         256", "UTF-8")),
        ({"TERM": "dumb"}, ("colours         none (the terminal cannot move the cursor)",)),
    ],
)
def test_the_doctor_tells_what_the_app_would_show(
    run: Run,
    cases: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    says: tuple[str, ...],
) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG", "NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    told = run("doctor", cases).out
    assert all(words in told for words in says)
