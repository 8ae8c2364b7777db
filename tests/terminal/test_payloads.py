"""No text that a terminal would obey reaches it: a few of the payloads, and the list itself."""

from pathlib import Path

import pytest

from tests.bench.samples import APP
from tests.commands import Run
from tests.rows import each_row
from tests.soak.hostile import NUMBER, PAYLOADS, Texts, hostile_folder
from tests.soak.payloads import BRIEFLY, NET_ALONE, leaked, on_a_terminal, printed_wrongly
from tests.terminal.grammar import violations

WORST = range(40, 48)
"""Introducers of one character, and what never ends."""
OUR_OWN = {"\r", "\x1b[", "\x1b[31m", "\x1b[1;1Hx", "\x1b[?1049l"}
"""Payloads that the app, too, may send; `leaked` sees those."""


@pytest.mark.slow
@pytest.mark.parametrize("app", [APP, NET_ALONE], ids=["app", "net alone"])
def test_the_app_sends_nothing_that_is_not_on_the_list(app: tuple[str, ...]) -> None:
    wrong, cells = on_a_terminal(app, Texts(WORST), BRIEFLY)
    assert wrong == []
    assert len({place for place, _ in cells}) > 15
    assert len({payload for _, payload in cells}) == len(WORST)


def test_commands_print_nothing_but_text_and_lines(run: Run, tmp_path: Path) -> None:
    texts = Texts(range(0, len(PAYLOADS), 3))
    folder = hostile_folder(tmp_path, texts)
    case = folder / f"{NUMBER}.toml"
    for arguments in (
        ("list", folder),
        ("list", folder, "--json"),
        ("check", case),
        ("check", folder, "--json"),
        ("letter", case, "--draft"),
        ("history", case),
        ("doctor", folder, "--json"),
        ("rules", texts["argument"]),
        ("guidelines", texts["argument"]),
        ("new", texts["argument"], folder),
        *(("list", f"--{text}") for text in texts.each("argument")),
    ):
        done = run(*arguments)
        assert list(printed_wrongly(done.out + done.err)) == [], arguments


@each_row(
    "raw",
    [
        *(payload.encode() for payload in PAYLOADS if payload not in OUR_OWN),
        b"\xff",
        b"\x1b[38;2;1;2;3m",
        b"\x1b[5m",
        b"\x1b[?1000h",
        b"\x1b[?2048h",
        b"\x1b[>1u",
        b"\x1b[10E",
        b"\x1b[K",
    ],
)
def test_the_grammar_reports_what_is_not_on_its_list(raw: bytes) -> None:
    assert list(violations(b"text" + raw + b"more"))


@pytest.mark.parametrize(
    "raw",
    ["naïve 漢字\r\n", "\x1b[12;3H", "\x1b[1;38;5;9;7m", "\x1b[0m", "\x1b[?25l", "\x1b[?2026$p"],
)
def test_the_grammar_knows_what_is_on_its_list(raw: str) -> None:
    assert list(violations(raw.encode())) == []


def test_a_payload_that_the_app_might_send_itself_is_seen_to_leak() -> None:
    assert list(leaked(b"text @0000\x1b[31m"))
    assert list(leaked(b"text @0000<U+001B>[31m")) == []


def test_the_grammar_holds_each_form_to_what_it_has() -> None:
    assert list(violations("é".encode(), characters="ASCII"))
    assert list(violations(b"\x1b[31m", colours="none"))
    assert list(violations(b"\x1b[38;5;9m", colours="16"))
    assert list(violations(b"\x1b[1;4;7;31m", colours="16")) == []
