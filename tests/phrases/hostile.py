"""Files of phrases and snippets that somebody broke, or made to break something."""

import json
import random
from collections.abc import Iterator
from typing import NamedTuple

from imr_tui.phrases.phrase import MAX_INCLUDES, MAX_LENGTH
from imr_tui.phrases.snippets import MAX_SNIPPETS


class Hostile(NamedTuple):
    """A file, and what becomes of it."""

    name: str
    suffix: str
    data: bytes
    says: str
    """A part of the refusal, mostly with the line; blank if the file is read."""


def files() -> Iterator[Hostile]:
    """All of them."""
    for make in (_toml, _vscode, _textexpander, _plain, _bytes):
        yield from make()
    yield from _broken()


def _toml() -> Iterator[Hostile]:
    def rows(*texts: str) -> str:
        return "".join(
            f'[[phrase]]\nname = "p{at}-x"\ntext = {json.dumps(text)}\n'
            for at, text in enumerate(texts)
        )

    chain = [f"{{.p{at + 1}-x}}" for at in range(4)]
    wide = "{.p1-x}" * MAX_INCLUDES
    texts = {
        "cycle of one": (rows("{.p0-x}"), "line 3: .p0-x includes itself"),
        "cycle of two": (rows("{.p1-x}", "{.p0-x}"), "line 3: .p0-x includes itself"),
        "cycle of three": (rows("{.p1-x}", "{.p2-x}", "{.p0-x}"), "line 3: .p0-x includes itself"),
        "four levels": (rows(*chain, "x"), "line 3: .p0-x includes phrases more than 3"),
        "three levels": (rows(*chain[:3], "x"), ""),
        "a chain of hundreds": (
            rows(*(f"{{.p{at + 1}-x}}" for at in range(600)), "x"),
            "line 3: .p0-x includes phrases more than 3",
        ),
        "an include of nothing": (rows("{.nosuch}"), "line 3: .p0-x includes .nosuch"),
        "too many includes": (rows(wide + "{.p1-x}", "x"), "line 3: .p0-x includes more than"),
        "many includes": (rows(wide, "x"), ""),
        "an open brace": (rows("a {b"), 'line 3: .p0-x has a "{"'),
        "a closing brace": (rows("a }b"), 'line 3: .p0-x has a "}"'),
        "empty braces": (rows("{}"), 'line 3: .p0-x has "{}"'),
        "braces in braces": (rows("{{a|b}|c}"), 'line 3: .p0-x has a "{"'),
        "deep braces": (rows("{" * 9_999 + "}" * 9_999), 'line 3: .p0-x has a "{"'),
        "an attribute": (rows("{request.__class__}"), 'line 3: .p0-x has "{request.__class__}"'),
        "a format": (rows("{age:>9999999999}"), 'line 3: .p0-x has "{age:'),
        "an index": (rows("{0}{0[0]}"), 'line 3: .p0-x has "{0}"'),
        "a template": (rows("{% for x in y %}"), 'line 3: .p0-x has "{%'),
        "an expression": (rows("{{ 7 * 7 }}"), 'line 3: .p0-x has a "{"'),
        "a long value": (rows("{" + "a" * 19_000 + "}"), 'line 3: .p0-x has "{aaaa'),
        "a choice of lines": (rows("{a|\nb}"), "line 3: .p0-x has a choice of several lines"),
        "many choices": (rows("{" + "a|" * 9_000 + "}"), ""),
        "a million choices": (rows("{" + "a|" * 999_000 + "}"), "line 3: phrase 1 text is too"),
        "a long text": (rows("x" * (MAX_LENGTH + 1)), "line 3: phrase 1 text is too long"),
        "a long line": (rows("x" * 10_000_000), "larger than 2,000,000 bytes"),
        "only controls": (rows("\x00\x1b[31m"), ""),
        "a blank text": (rows(""), "line 3: phrase 1 text"),
        "a name of capitals": ('[[phrase]]\nname = "AB"\ntext = "x"\n', "line 2: phrase 1 name"),
        "a name of one letter": ('[[phrase]]\nname = "a"\ntext = "x"\n', "line 2: phrase 1 name"),
        "a name with a path": (
            '[[phrase]]\nname = "../ab"\ntext = "x"\n',
            "line 2: phrase 1 name",
        ),
        "a name with a line end": (
            '[[phrase]]\nname = "ab\\n"\ntext = "x"\n',
            "line 2: phrase 1 name",
        ),
        "the same name": (
            '[[phrase]]\nname = "ab"\ntext = "x"\n' * 2,
            "line 5: .ab is there twice",
        ),
        "the same key": ('[[phrase]]\nname = "ab"\nname = "cd"\n', "line 3"),
        "a command": ('[[phrase]]\nname = "ab"\ntext = "x"\nrun = "id"\n', "line 4: phrase 1 run"),
        "a number for a text": ('[[phrase]]\nname = "ab"\ntext = 1\n', "line 3: phrase 1 text"),
        "a list for a text": ('[[phrase]]\nname = "ab"\ntext = ["x"]\n', "line 3: phrase 1 text"),
        "no text": ('[[phrase]]\nname = "ab"\n', "line 1: phrase 1 text is missing"),
        "an unknown field": (
            '[[phrase]]\nname = "ab"\ntext = "x"\nfields = ["letter"]\n',
            "line 4: phrase 1 fields",
        ),
        "no field": (
            '[[phrase]]\nname = "ab"\ntext = "x"\nfields = []\n',
            "line 4: phrase 1 field",
        ),
        "a table": ("[phrase]\n", "line 1: phrase"),
        "another table": ("[[macro]]\n", "line 1: macro"),
        "deep lists": ("phrase = " + "[" * 100_000, "nested too deeply"),
        "a deep key": ("a." * 30_000 + "a = 1", "line 1: a key has too many parts"),
        "never closed": ('[[phrase]]\nname = "ab"\ntext = """x', "line 3"),
        "too many": (rows(*["x"] * (MAX_SNIPPETS + 1)), "phrase has too many entries"),
        "a huge number": ("phrase = " + "9" * 5_000, "phrase"),
        "only a comment": ("# nothing\n", ""),
    }
    for name, (text, says) in texts.items():
        yield Hostile(name, ".toml", text.encode(), says)


def _vscode() -> Iterator[Hostile]:
    texts = {
        "an array": ("[1]", "line 1: it must be an object"),
        "a number": ("7", "line 1: it must be an object"),
        "deep arrays": ("[" * 100_000, "line 1: it must be an object"),
        "deep values": ('{\n"ab": ' + "[" * 100_000, "line 2: it is nested too deeply"),
        "deep objects": ('{"ab":' + '{"a":' * 100_000, "line 1: it is nested too deeply"),
        "the same title": ('{"ab": {"body": "x"},\n"ab": {"body": "y"}}', "line 2: 'ab' is there"),
        "the same prefix": (
            '{"one": {"prefix": "ab", "body": "x"},\n"two": {"prefix": "ab", "body": "y"}}',
            "line 2: .ab is there twice",
        ),
        "two bodies": ('{"ab": {"body": "x", "body": "y"}}', "line 1: 'body' is there twice"),
        "no body": ('{\n"ab": {}}', "line 2: 'ab' needs a prefix and a body"),
        "a body of numbers": ('{"ab": {"body": [1]}}', "line 1: 'ab' needs a prefix and a body"),
        "a huge number": ('{"ab": {"body": ' + "9" * 9_999 + "}}", "line 1: 'ab' needs"),
        "not a number": ('{"ab": {"body": NaN}}', "line 1: 'ab' needs a prefix"),
        "a script": ('{"ab": {"body": "#!/bin/sh\\nid"}}', "line 1: the snippet 'ab' is a script"),
        "another script": ('{"ab": {"body": "Tell Application x"}}', "is a script"),
        "no name": ('{"!!": {"body": "x"}}', "line 1: '!!' cannot become the name"),
        "a title without quotes": ('{ab: {"body": "x"}}', "line 1: Expecting"),
        "never closed": ('{"ab": {"body": "x"}\n', "line 2: a comma or a closing brace"),
        "more behind it": ('{"ab": {"body": "x"}}\n{}', "line 2: there is more"),
        "no colon": ('{"ab" {"body": "x"}}', "line 1: 'ab' needs a colon"),
        "a comment": ('/* "a" */ {"ab": {"body": ["http://x", "y"],},} // end', ""),
        "open comments": ("/*" * 300_000, "line 1: it must be an object"),
        "open strings": ('{"' + '\\"' * 300_000, "line 1: "),
        "many commas": ("{" + "," * 500_000, "line 1: "),
        "a long line": (json.dumps({"ab": {"body": "x" * 10_000_000}}), "larger than 2,000,000"),
        "a long body": (json.dumps({"ab": {"body": "x" * 900_000}}), "line 1: the snippet ab has"),
        "many choices": (
            json.dumps({"ab": {"body": "${1|" + "a," * 500_000 + "|}"}}),
            "line 1: the snippet ab has more than",
        ),
        "a choice of one": ('{"ab": {"body": "${1|a|} ${1||}"}}', ""),
        "open macros": (json.dumps({"ab": {"body": "${1:" * 4_000}}), ""),
        "fields in fields": (json.dumps({"ab": {"body": "${1:a ${2:b} c}"}}), ""),
        "surrogates": ('{"ab": {"body": "\\ud800 \\udfff x"}}', ""),
        "controls": ('{"ab": {"body": "\\u0000\\u001b[31m"}, "cd": {"body": "\\u2028x"}}', ""),
        "a raw control": ('{"ab": {"body": "\x00"}}', "line 1: Invalid control character"),
        "only spaces": ('{"ab": {"body": " \\u00a0 "}}', "line 1: the snippet 'ab' is empty"),
        "nothing": ("{}", "line 1: there is no snippet"),
        "an include of itself": ('{"ab": {"body": "{.ab}"}}', ""),
        "too many": (
            json.dumps({f"n{at}": {"body": "x"} for at in range(MAX_SNIPPETS + 1)}, indent=0),
            "there are more than",
        ),
    }
    for name, (text, says) in texts.items():
        yield Hostile(name, ".json", text.encode(), says)


def _textexpander() -> Iterator[Hostile]:
    texts = {
        "one column": ('"ok","x"\n"two"\n', "line 2: a row needs"),
        "never closed": ('"ok","x"\n"two","y', "line 2: "),
        "text behind a quote": ('"ok","x"\n"two"y,"z"\n', "line 2: "),
        "a shell script": ('"ok","%shellscript:x%"\n', "line 1: the snippet 'ok' is a script"),
        "an apple script": ('"ok","x %AppleScript%"\n', "line 1: the snippet 'ok' is a script"),
        "a script of JavaScript": ('"ok","x"\n\n"js","%JavaScript%"\n', "line 3: the snippet 'js'"),
        "a script after lines": ('"ok","x\ny"\n"sh","#!/bin/sh"\n', "line 3: the snippet 'sh'"),
        "an include of itself": ('"ab","%snippet:ab%"\n', "line 1: .ab includes itself"),
        "a cycle": (
            '"ab","%snippet:cd%"\n"cd","%snippet:ab%"\n',
            "line 1: .ab includes itself",
        ),
        "an include of nothing": ('"ab","%snippet:None Such%"\n', "line 1: .ab includes .none"),
        "an include without a name": ('"ab","%snippet:%"\n', 'line 1: the snippet ab has "{.}"'),
        "four levels": (
            "".join(f'"p{at}","%snippet:p{at + 1}%"\n' for at in range(4)) + '"p4","x"\n',
            "line 1: .p0 includes phrases more than 3 levels deep",
        ),
        "a field too long": ('"ab","' + "x" * 200_000 + '"\n', "line 1: field larger than"),
        "open macros": ('"ab","' + "%filltext:" * 1_900 + '"\n', ""),
        "a popup of lines": ('"ab","%fillpopup:a\nb:c%"\n', "line 1: the snippet ab has a choice"),
        "braces": ('"ab","{ {.x} %clipboard"\n', ""),
        "a choice": ('"ab","%fillpopup:name=x:default=%"\n', ""),
        "the same name": ('"ab","x"\n"AB","y"\n', "line 2: .ab is there twice"),
        "only commas": (",,,\n,,,\n", "line 1: there is no snippet"),
        "a formula": ('"ab","=cmd|\'/c calc\'!A0"\n', ""),
    }
    for name, (text, says) in texts.items():
        yield Hostile(name, ".csv", text.encode(), says)


def _plain() -> Iterator[Hostile]:
    texts = {
        "words first": ("words\n.ab\nx", "line 1: a line with a name"),
        "an empty one": (".ab\n\n.cd\nx", "line 1: the snippet 'ab' is empty"),
        "the same name": (".ab\nx\n.ab\ny", "line 3: .ab is there twice"),
        "a script": (
            ".ok\nx\n.ab\n#!/usr/bin/env python\n",
            "line 3: the snippet 'ab' is a script",
        ),
        "braces": (".ab\n{oops}", 'line 1: the snippet ab has "{oops}"'),
        "an include of itself": (".ab\nx {.ab}", "line 1: .ab includes itself"),
        "an include of nothing": (".ok\nx\n.ab\n{.nosuch}", "line 3: .ab includes .nosuch"),
        "a long line": (".ab\n" + "x" * 1_900_000, "line 1: the snippet ab has more than"),
        "form feeds": (".ab\x0c\nx\n", "line 1: a line with a name"),
        "separators": (".ab\nx\u2028.cd\x85y\x1ez", ""),
        "old line ends": (".ab\rx\r.cd\ry", ""),
        "only names": (".ab\n" * 500_000, "line 1: the snippet 'ab' is empty"),
        "a million choices": (".ab\n{" + "a|" * 900_000 + "}", "line 1: the snippet ab has more"),
        "pipes": (".ab\n" + "{" + "|" * 19_000, 'line 1: the snippet ab has a "{"'),
    }
    for name, (text, says) in texts.items():
        yield Hostile(name, ".txt", text.encode(), says)


def _bytes() -> Iterator[Hostile]:
    for suffix in (".toml", ".json", ".csv", ".txt"):
        yield Hostile("nothing", suffix, b"", "" if suffix == ".toml" else "line 1: ")
        yield Hostile("not UTF-8", suffix, b"\n\n.ab\n\xff", "See line 4.")
        yield Hostile("UTF-16", suffix, ".ab\nx".encode("utf-16"), "See line 1.")
        yield Hostile("NUL", suffix, b"\0" * 1_000, "line 1")
    yield Hostile("a byte order mark", ".toml", b'\xef\xbb\xbf[[phrase]]\nname = "a"', "line 2: ")
    yield Hostile("a byte order mark", ".json", b'\xef\xbb\xbf{"ab": {"body": "x"}}', "")
    yield Hostile("a byte order mark", ".csv", b'\xef\xbb\xbf"ab","x"\n', "")
    yield Hostile("a byte order mark", ".txt", b"\xef\xbb\xbf.ab\nx\n", "")


def _broken() -> Iterator[Hostile]:
    """Good files with some characters changed; each is read, or refused with a line."""
    rng = random.Random(20)
    good = {
        ".json": json.dumps({f"n{at}": {"body": f"text ${{1:{at}}}"} for at in range(9)}, indent=1),
        ".csv": "".join(f'"n{at}","text %filltext:name={at}%"\n' for at in range(9)),
        ".txt": "".join(f".n{at}\ntext {{a|b}} ***\n" for at in range(9)),
        ".toml": "".join(f'[[phrase]]\nname = "n{at}"\ntext = "x {{age}}"\n' for at in range(9)),
    }
    for number in range(100):
        suffix = [*good][number % len(good)]
        cut = list(good[suffix])
        for _ in range(rng.randint(1, 5)):
            cut[rng.randrange(len(cut))] = rng.choice('{}[]",:\\\n\0.|')
        yield Hostile(f"broken {number}", suffix, "".join(cut).encode(), "?")
