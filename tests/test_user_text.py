"""What users read is plain English: no riddles, short sentences, short help of commands."""

import re
from functools import cache

import click
import pytest

from imr_tui.cli import commands
from imr_tui.cli.dispatch import COMMANDS
from tests.user_text import UserText, collect, sentences

RIDDLES = re.compile(
    r"\b(?:of its own|there is none|is none|anew|goes on|(?<!^)told|tells? of|held back"
    r"|keeps .{0,30}\bback|wants? an answer|not such a|name nobody|the disk has it|as ever"
    r"|as it was|came in|what is there|that is not it|not looked at|does not tell|by itself"
    r"|let pass|holds up to|no file of|no name of|(?<!there )is no (?!longer))\b",
    re.IGNORECASE,
)
"""Phrases that have to be read twice."""
NOT_A_SENTENCE = re.compile(r"#!/bin/sh |[a-z-]+(?:\s+[a-z-]+){20,}\s*$")
"""A shell script, and a list of words to look up."""
MAX_WORDS = 25
"""Words of a sentence."""


@cache
def texts() -> list[UserText]:
    """The texts that are sentences; collected by the first test that needs them."""
    return [each for each in collect() if not NOT_A_SENTENCE.match(each.text)]


def test_texts_of_all_kinds_are_collected() -> None:
    kinds = {each.kind for each in texts()}
    assert {"finding", "rule", "help", "key", "dialog", "screen", "message", "error"} <= kinds
    assert len(texts()) > 500


def test_no_text_is_a_riddle() -> None:
    assert [str(each) for each in texts() if RIDDLES.search(each.text)] == []


def test_no_sentence_is_long() -> None:
    assert [
        each for each in texts() for part in sentences(each.text) if len(part) > MAX_WORDS
    ] == []


def test_sentences_are_short_on_average() -> None:
    lengths = [len(part) for each in texts() for part in sentences(each.text) if len(part) > 3]
    assert sum(lengths) / len(lengths) < 10


def test_nothing_is_exclaimed() -> None:
    assert [each for each in texts() if re.search(r"\w!(?:\s|$)", each.text)] == []


def test_a_riddle_is_found() -> None:
    assert RIDDLES.search("1 thing keeps the letter back; Enter goes there.")
    assert RIDDLES.search("This is not such a letter.")
    assert not RIDDLES.search("1 error blocks the letter. Enter jumps to it.")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_help_of_a_command_fits_on_its_line(name: str) -> None:
    command = commands.load(name)
    assert len(command.get_short_help_str(limit=200)) <= 45
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
