"""Input is tokenized correctly at any speed: keys, pastes, and replies of the terminal."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st
from textual import constants
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from imr_tui.terminal.escape_sequences import ESC, PASTE_END, PASTE_START
from imr_tui.terminal.escape_timeout import ESCAPE_OVER_SSH_SECONDS, ESCAPE_SECONDS, escape_seconds
from imr_tui.terminal.input_parser import BURST_CHARS, GUARD_SECONDS, InputParser
from imr_tui.terminal.input_reader import is_known
from imr_tui.terminal.input_tokens import IgnoredKey, KeyInput, PasteInput, Token
from tests.rows import each_row

KEYS = [
    *("\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F", "\x1b[Z", "\x1bOA", "\x1bOP"),
    *("\x1b[1;5C", "\x1b[3~", "\x1b[5~", "\x1b[15~", "\x1b[24~", "\x1b[[A", "\x1b[1;2A"),
]
ANSWERS = [
    *("\x1b[?62;22c", "\x1b[>41;354;0c", "\x1b[0n", "\x1b[12;40R", "\x1b[?1;2c", "\x1b[8;24;80t"),
    *("\x1b]11;rgb:0000/0000/0000\x07", "\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "\x1b]52;c;bHM=\x07"),
    *("\x1bP1$r0m\x1b\\", "\x1bP>|XTerm(370)\x1b\\", "\x1bP1+r544e=787465726d\x1b\\", "\x1b[?1u"),
    *(
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b^private\x1b\\",
        "\x1bXstring\x1b\\",
        "\x1b]4;1;rgb:00/00/00\x07",
    ),
    *("\x1b[?997;1n", "\x1b[6;16;8t", "\x1b[4;384;640t", "\x1b]10;rgb:ff/ff/ff\x9c", "\x1b[=1c"),
    *("\udc9b?62;22c", "\udc9d11;rgb:0/0/0\x07", "\udc901$r0m\udc9c", "\x1b[?12;2$z", "\x1b[1;1*y"),
]
Sent = Sequence[tuple[float, str]]


def run(sent: Sent, *, in_text: bool = True, escape: float = ESCAPE_SECONDS) -> list[Token]:
    """What a stream turns out to be: each part comes so many seconds after the one before."""
    parser = InputParser(is_known, lambda: in_text, escape)
    tokens: list[Token] = []
    now = 100.0
    for pause, part in sent:
        end = now + pause
        while (due := parser.due(now)) is not None and now + due < end:
            now += due
            tokens += parser.tick(now)
        now = end
        tokens += parser.feed(part, now)
    while (due := parser.due(now)) is not None:
        now += due
        tokens += parser.tick(now)
    return tokens


def typed(tokens: Sequence[Token]) -> str:
    """The text that would come of it, keys as they are."""
    return "".join(each[0] for each in tokens if not isinstance(each, IgnoredKey))


def split(sequence: str, gap: float) -> Sent:
    return [(gap, char) for char in sequence]


@each_row("key", KEYS)
@each_row("gap", [0.0, 0.05, 0.18, 0.25])
def test_a_key_that_a_slow_link_has_parted_is_the_key(key: str, gap: float) -> None:
    assert run(split(key, gap), escape=ESCAPE_OVER_SSH_SECONDS) == [KeyInput(key)]


@each_row("key", KEYS)
@each_row("at", [1, 2, 3, 4])
def test_a_key_whose_escape_went_ahead_is_never_text(key: str, at: int) -> None:
    tokens = run([(0, key[:at]), (0.25, key[at:])])
    assert tokens in ([KeyInput(key)], [KeyInput(ESC), KeyInput(key)])


@each_row("answer", ANSWERS)
@each_row("gap", [0.0, 0.05, 0.2])
def test_an_answer_of_the_terminal_is_swallowed(answer: str, gap: float) -> None:
    sent = [(0.5, "a"), *split(answer, gap), (0.5, "b")]
    tokens = run(sent, escape=ESCAPE_OVER_SSH_SECONDS)
    assert tokens == [KeyInput("a"), KeyInput("b")]


@each_row("answer", ANSWERS)
def test_an_answer_between_keys_leaves_both(answer: str) -> None:
    assert run([(0, f"a{answer}b")]) == [KeyInput("a"), KeyInput("b")]


def test_an_answer_whose_escape_went_ahead_is_swallowed() -> None:
    assert run([(0, ESC), (0.5, "]11;rgb:0/0/0\x07")]) == [KeyInput(ESC)]


def test_an_answer_without_an_end_does_not_swallow_what_comes_later() -> None:
    tokens = run([(0, "\x1b]11;rgb:00"), (2.0, "abc")])
    assert typed(tokens) == "abc"


def test_escape_is_escape_once_nothing_follows() -> None:
    assert run([(0, ESC), (0.5, "x")]) == [KeyInput(ESC), KeyInput("x")]
    assert run([(0, ESC + ESC)]) == [KeyInput(ESC), KeyInput(ESC)]
    assert run([(0, f"{ESC}\x0e")]) == [KeyInput(ESC), KeyInput("\x0e")]


def test_a_bracket_after_escape_is_a_bracket() -> None:
    tokens = run([(0, ESC), (0.2, "["), (0.2, "s"), (0.2, "i"), (0.2, "c"), (0.2, "]")])
    assert typed(tokens) == f"{ESC}[sic]"
    assert typed(run([(0, ESC), (0.5, "[1] is quoted")])) == f"{ESC}[1] is quoted"
    assert typed(run([(0, ESC), (0.5, "[")])) == f"{ESC}["


@pytest.mark.parametrize("key", ["\x1bu", "\x1bq", "\x1b1", "\x1bw", "\x1bé"])
def test_alt_is_no_command_and_no_text(key: str) -> None:
    assert run([(0, key)]) == []


def test_what_is_typed_behind_alt_is_kept() -> None:
    assert typed(run([(0, "\x1bP"), *[(0.15, char) for char in "ain"]])) == "ain"
    assert typed(run([(0, "\x1b]"), (0.5, "a")], escape=0.3)) == "a"


def test_a_pause_decides_what_an_unfinished_sequence_was() -> None:
    assert run([(0, "\x1b[1;"), (2.0, "C")]) == [KeyInput("C")]
    assert run([(0, "\x1b[1;\x03")]) == [KeyInput("\x03")]


# ── Pastes ───────────────────────────────────────────────────────────────────────────────


@given(text=st.text(st.characters(codec="utf-8"), max_size=200), cuts=st.sets(st.integers(0, 220)))
def test_a_paste_is_one_however_it_is_parted(text: str, cuts: set[int]) -> None:
    text = text.replace(ESC, "^")
    sent = f"{PASTE_START}{text}{PASTE_END}"
    places = [0, *sorted(cut for cut in cuts if cut < len(sent)), len(sent)]
    parts = [sent[one:other] for one, other in pairwise(places)]
    tokens = run([(0.01, part) for part in parts])
    assert tokens == ([PasteInput(text)] if text else [])


def test_a_paste_without_its_end_is_kept_after_a_while() -> None:
    long = "What was pasted before the line was cut."
    assert run([(0, PASTE_START + long), (9, "x")]) == [
        PasteInput(long, is_truncated=True),
        KeyInput("x"),
    ]
    assert run([(0, PASTE_START), (4, "x")]) == [KeyInput("x")]


def test_keys_pressed_while_a_paste_hangs_do_not_get_into_it_as_signs() -> None:
    keys = [(0.5, "\x11"), (0.5, "\x1b[A"), (0.5, "\x13"), (0.5, "h"), (0.5, "i")]
    long = "What was pasted before the line was cut."
    tokens = run([(0, PASTE_START + long), *keys, (3.5, "x")])
    assert [each for each in tokens if isinstance(each, KeyInput)] == [KeyInput("x")]
    assert "\x11" not in typed(tokens)
    assert "\x1b" not in typed(tokens)


def test_a_slow_paste_is_not_given_up() -> None:
    parts = [(2.5, "another part of some length ") for _ in range(10)]
    (token,) = run([(0, PASTE_START), *parts, (2.5, PASTE_END)])
    assert token == PasteInput("another part of some length " * 10)


@each_row(
    "attack",
    ["\x13", "\x11", "\x1b[A", "\x1bOP", "\r", "q", "w", "\x0e", ESC, "\x1bq", "\x03", "\x7f"],
)
@each_row("pause", [0.0, 0.1, 0.2])
@each_row("in_text", [True, False])
def test_a_paste_with_its_own_end_triggers_nothing(
    attack: str, pause: float, in_text: bool
) -> None:
    sent = [(0, f"{PASTE_START}text{PASTE_END}"), (pause, attack)]
    tokens = run(sent, in_text=in_text)
    late = pause + ESCAPE_SECONDS > GUARD_SECONDS and attack == ESC
    assert not [each for each in tokens if isinstance(each, KeyInput)] or late
    assert typed(tokens).replace(attack, "").replace(ESC, "") == "text"


def test_keys_count_again_after_a_moment() -> None:
    sent = [(0, f"{PASTE_START}text{PASTE_END}"), (GUARD_SECONDS, "\x1a")]
    assert run(sent) == [PasteInput("text"), KeyInput("\x1a")]


def test_reports_count_behind_a_paste_as_well() -> None:
    sent = [(0, f"{PASTE_START}text{PASTE_END}\x1b[O\x1b[I")]
    assert run(sent)[1:] == [KeyInput("\x1b[O"), KeyInput("\x1b[I")]


# ── Encoded keys ─────────────────────────────────────────────────────────────────────────

CONTROLS = [chr(code) for code in range(0x20) if chr(code) != ESC]


def with_modifier(char: str, held: int) -> list[str]:
    """The ways in which terminals encode `char` typed with the modifiers `held`."""
    code = ord(char)
    return [
        f"{ESC}[{code};{held}u",
        f"{ESC}[27;{held};{code}~",
        f"{ESC}[{code};{held}:1u",
        f"{ESC}[{code}:{code}:{code};{held + 64}u",
    ]


def encoded(char: str) -> list[str]:
    """The ways in which `char` may be written inside a paste."""
    if char < " ":
        # DEL is a character of its own, not a small underscore.
        small = [] if char == "\x1f" else with_modifier(chr(ord(char) | 0x60), 5)
        return small + with_modifier(chr(ord(char) | 0x40), 5)
    plain = [char, f"{ESC}[{ord(char)}u", f"{ESC}[{ord(char)};;{ord(char)}u"]
    shifted = [*with_modifier(char, 2), f"{ESC}[{ord(char.lower())};2u"] if char.isupper() else []
    return plain + with_modifier(char, 1) + shifted


def in_paste(inner: str) -> Sequence[Token]:
    return run([(0, f"{PASTE_START}{inner}{PASTE_END}")])


@each_row(
    ("keys", "text"),
    [
        ("one\x1b[106;5utwo", "one\ntwo"),
        ("one\x1b[27;5;106~two", "one\ntwo"),
        ("one\x1b[109;5utwo", "one\rtwo"),
        ("one\x1b[13utwo\x1b[13;2uthree\x1b[13;5ufour", "one\rtwo\rthree\rfour"),
        ("one\x1b[27;2;13~two", "one\rtwo"),
        ("one\x1b[105;5utwo\x1b[9uthree", "one\ttwo\tthree"),
        ("\x1b[97;1u\x1b[65;2u\x1b[97;2u\x1b[49:33;2u\x1b[233;2u", "aAA!É"),
        ("\x1b[32;2u\x1b[27;2;32~\x1b[32u", "   "),
        ("\x1b[57399u\x1b[57408u\x1b[57409u\x1b[57414u", "09.\r"),
        ("\x1b[97;;65:66u", "AB"),
        ("\x1b[97;1:3ub\x1b[97;1:2u", "ba"),
        # Commands are characters, which the text shows as their code points
        ("\x1b[113;5u\x1b[27;5;115~", "\x11\x13"),
        ("\x1b[94;5u\x1b[95;5u\x1b[32;5u\x1b[127u", "\x1e\x1f\0\x7f"),
        ("\x1b[120;3u", "\x1bx"),
        # No characters: they stay what they are
        ("\x1b[57376u\x1b[97;9u\x1b[55296u\x1b[9999999u", None),
        ("\x1b[A\x1b[3~\x1b[1;5C\x1b[u\x1b[31m", None),
    ],
)
def test_an_encoded_key_in_a_paste_is_its_character(keys: str, text: str | None) -> None:
    assert in_paste(keys) == [PasteInput(keys if text is None else text)]


@given(
    st.lists(
        (st.sampled_from(CONTROLS) | st.characters(codec="utf-8", min_codepoint=32))
        .filter(lambda char: not "\x7f" <= char <= "\x9f" and not "\ue000" <= char < "\uf900")
        .flatmap(lambda char: st.tuples(st.just(char), st.sampled_from(encoded(char)))),
        min_size=1,
        max_size=30,
    ),
    st.sets(st.integers(0, 300)),
)
def test_a_paste_is_the_same_in_any_encoding(chars: list[tuple[str, str]], cuts: set[int]) -> None:
    sent = f"{PASTE_START}{''.join(keys for _, keys in chars)}{PASTE_END}"
    places = [0, *sorted(cut for cut in cuts if cut < len(sent)), len(sent)]
    tokens = run([(0.01, sent[one:other]) for one, other in pairwise(places)])
    assert tokens == [PasteInput("".join(char for char, _ in chars))]


@given(st.text(st.sampled_from("0123456789;:u~" + ESC + "[a"), max_size=60))
def test_what_only_looks_like_encoded_keys_is_pasted_all_the_same(inner: str) -> None:
    tokens = in_paste(inner)
    assert all(isinstance(each, PasteInput) for each in tokens)
    if "u" not in inner and "~" not in inner:
        assert typed(tokens) == inner


def test_encoded_line_ends_of_a_paste_that_was_cut_off() -> None:
    sent = [(0, f"{PASTE_START}The first line of it"), (0.1, "\x1b[10"), (0.1, "6;5u"), (0.1, "b")]
    assert run(sent) == [PasteInput("The first line of it\nb", is_truncated=True)]
    assert run([*sent[:1], (0.1, "\x1b[113;5u")]) == [
        PasteInput("The first line of it", is_truncated=True)
    ]


@pytest.fixture
def no_kitty_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is unless a site asks for kitty's protocol."""
    monkeypatch.setattr(constants, "DISABLE_KITTY_KEY", True)


@pytest.mark.usefixtures("no_kitty_keys")
def test_encoded_line_ends_in_a_burst_without_marks() -> None:
    line = "A line of a text that is pasted at once"
    assert run([(0, f"{line}{ESC}[106;5u{line}")]) == [PasteInput(f"{line}\n{line}")]


@pytest.mark.usefixtures("no_kitty_keys")
@pytest.mark.parametrize(
    ("keys", "text"), [("\x1b[32;2u", " "), ("\x1b[65;2u", "A"), ("\x1b[13;2u", "\r")]
)
def test_a_typed_character_that_comes_encoded_is_no_less_typed(keys: str, text: str) -> None:
    assert run(split(keys, 0.05)) == [KeyInput(text)]


@pytest.mark.usefixtures("no_kitty_keys")
@pytest.mark.parametrize("keys", ["\x1b[113;5u", "\x1b[27;5;115~", "\x1b[97;3u", "\x1b[57376u"])
def test_an_encoded_command_that_was_not_asked_for_does_nothing(keys: str) -> None:
    assert run([(0, keys)]) == []


# ── What comes at once without marks ─────────────────────────────────────────────────────

PROSE = "Line one of a text, with 1/2 and a \ttab.\rLine two of it is as long as that.\r" * 40


@pytest.mark.parametrize("size", [1, 7, 60, 4096])
@pytest.mark.parametrize("in_text", [True, False])
def test_a_burst_is_a_paste(size: int, in_text: bool) -> None:
    parts = [PROSE[at : at + size] for at in range(0, len(PROSE), size)]
    tokens = run([(0.002, part) for part in parts], in_text=in_text)
    assert typed(tokens) == PROSE
    keys = sum(isinstance(each, KeyInput) for each in tokens)
    assert keys <= (1 if in_text and size == 1 else 0)


def test_what_is_typed_is_keys_at_once() -> None:
    parser = InputParser(is_known, lambda: True)
    for at, char in enumerate("typed by hand"):
        assert list(parser.feed(char, at / 8)) == [KeyInput(char)]


def test_a_handful_of_keys_stays_keys_after_a_stall() -> None:
    sent = "u\tSome words that waited for the line.\x0eq"
    assert run([(0, sent)]) == list(map(KeyInput, sent))
    assert run([(0, "q" * BURST_CHARS)], in_text=False) == [KeyInput("q")] * BURST_CHARS


def test_bytes_that_are_no_utf8_are_shown() -> None:
    assert typed(run([(0, "caf\udce9 \udc93x\udc94")])) == r"caf\xe9 \x93x\x94"


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({}, ESCAPE_SECONDS),
        ({"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22"}, ESCAPE_OVER_SSH_SECONDS),
        ({"SSH_TTY": "/dev/pts/0"}, ESCAPE_OVER_SSH_SECONDS),
        ({"ESCDELAY": "500"}, 0.5),
        ({"ESCDELAY": "0"}, 0.025),
        ({"ESCDELAY": "9999"}, 1.0),
        ({"ESCDELAY": "soon", "SSH_TTY": "x"}, ESCAPE_OVER_SSH_SECONDS),
    ],
)
def test_how_long_escape_may_begin_a_key(environment: dict[str, str], seconds: float) -> None:
    assert escape_seconds(environment) == seconds


# ── Any stream ───────────────────────────────────────────────────────────────────────────

PIECES = st.one_of(
    st.sampled_from([*KEYS, *ANSWERS, PASTE_START, PASTE_END, ESC, "\x1b[", "\x1bP", "\x1b]"]),
    st.text(st.characters(codec="utf-8"), max_size=60),
)


@given(st.lists(st.tuples(st.floats(0, 2), PIECES), max_size=12), st.booleans())
def test_no_stream_leaves_it_waiting_or_makes_a_key_that_is_none(
    sent: list[tuple[float, str]], in_text: bool
) -> None:
    for token in run(sent, in_text=in_text):
        if isinstance(token, KeyInput):
            assert len(token.sequence) == 1 or is_known(token.sequence)
        elif isinstance(token, PasteInput):
            assert "\udc80" not in token.text


def test_every_key_of_the_table_is_taken_or_swallowed_whole() -> None:
    for sequence in ANSI_SEQUENCES_KEYS:
        if len(sequence) < 3 or "$" in sequence:
            continue
        assert typed(run([(0, sequence)])) in (sequence, "")
