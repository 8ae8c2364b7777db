"""Every way in which text comes in: what hides or commands is shown, in what is kept and said."""

import json
import os
import string
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings, strategies as st
from pydantic import BaseModel

from imr_tui.catalogue.catalogue import Catalogue
from imr_tui.checks import CheckSetup, Policy, errors
from imr_tui.checks.context import CheckContext
from imr_tui.cli import output
from imr_tui.cli.commands.doctor import folder_facts, terminal_facts
from imr_tui.errors import BadInput, CannotStore, Conflict, ImrError
from imr_tui.letter.parse.parser import parse
from imr_tui.letter.render.renderer import render
from imr_tui.model.case import Case, Summary
from imr_tui.model.limits import is_case_number
from imr_tui.store.cases import intake
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.folder import Folder, entry_of
from imr_tui.store.config.account_state import load_recent, load_resume_point
from imr_tui.store.config.profile import load_profile
from imr_tui.store.config.settings import load_settings
from imr_tui.store.config.site_catalogue import load_catalogue
from imr_tui.store.locking.claim import claim, holder
from imr_tui.store.locking.holder import Holder
from imr_tui.store.toml_files import toml
from imr_tui.store.worklist.listing import rows_of
from imr_tui.text.sanitize import _unsafe_pattern, clean
from imr_tui.text.transliteration import to_ascii
from tests.builders import NUMBER, a_complete_case, an_item
from tests.commands import Run
from tests.rows import each_row

pytestmark = pytest.mark.process

CODE_POINTS = (
    *(0x00, 0x07, 0x08, 0x0E, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x8D, 0x90, 0x9B, 0x9D, 0x9F),
    *(0xAD, 0x034F, 0x061C, 0x0600, 0x06DD, 0x070F, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180E),
    *(0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060),
    *(0x2061, 0x2064, 0x2065, 0x2066, 0x2067, 0x2068, 0x2069, 0x206A, 0x206F, 0x2800, 0x3164),
    *(0xD800, 0xDFFF, 0xE000, 0xF8FF, 0xFDD0, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF9),
    *(0xFFFB, 0xFFFE, 0xFFFF, 0x110BD, 0x13430, 0x1BCA0, 0x1D159, 0x1D173, 0x1FFFE, 0xE0001),
    *(0xE0020, 0xE007F, 0xE0100, 0xE01EF, 0xF0000, 0xFFFFD, 0x100000, 0x10FFFF),
)
"""Characters that command, hide, turn round what follows, or are none."""
HIDDEN = [chr(code) for code in CODE_POINTS]
STORED = [char for char in HIDDEN if not 0xD800 <= ord(char) < 0xE000]
"""Those of them that UTF-8 has a form for."""
FEW = settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)

nasty = st.lists(st.sampled_from([*STORED, "a", "B", " ", "é", "漢", "1"]), min_size=1, max_size=8)
texts = nasty.map("".join)


def test_sixty_code_points() -> None:
    assert len(set(CODE_POINTS)) >= 60
    assert [f"{ord(char):04X}" for char in HIDDEN if not _unsafe_pattern().fullmatch(char)] == []


def test_all_that_unicode_calls_a_control_is_shown() -> None:
    lines = "\t\n\r\v\f\u2028\u2029"
    kinds = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
    every = (chr(code) for code in range(0x110000))
    left = [
        char
        for char in every
        if unicodedata.category(char) in kinds and not _unsafe_pattern().match(char)
    ]
    assert sorted(left) == sorted(lines)
    nones = [chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)]
    assert [char for char in nones if not _unsafe_pattern().match(char)] == []


def test_accents_and_emoji_stay() -> None:
    assert clean("e\u0301") == "\u00e9"
    for text in ("x\u0301", "漢字", "😀", "ñ", "\u0939\u0940", "\u05d0", "\u0627"):
        assert clean(text) == text


@each_row("char", HIDDEN)
def test_no_letter_and_no_identifier_holds_it(char: str) -> None:
    shown = a_complete_case(
        (an_item(clean(f"a{char}b"), rationale=clean(f"a{char}b")),),
        summary=Summary(text=f"a{char}b"),
    )
    letter = render(shown)
    assert char not in letter
    assert letter.isascii()
    assert not set(letter) - set(string.printable)
    assert "\r" not in letter
    assert not is_case_number(f"a{char}b")
    with pytest.raises(ValueError, match="line 1"):
        to_ascii(f"a{char}b")


@each_row("char", [char for char in STORED if ord(char) > 0x7F or char == "\x1b"])
def test_its_visible_form_holds_the_letter_back(char: str) -> None:
    for field in ("summary", "request", "rationale"):
        text = f"a{char}[b"
        case = a_complete_case(
            (
                an_item(rationale=text if field == "rationale" else "x").but(
                    request=clean(text) if field == "request" else "x"
                ),
            ),
            summary=Summary(text=text if field == "summary" else "x"),
        )
        case = decode(encode(case), "x")
        found = errors(CheckContext(case), Policy())
        assert "IMR112" in {finding.rule.id for finding in found}, field


def strings(value: object) -> Iterator[str]:
    """Every text in a value."""
    match value:
        case str():
            yield value
        case BaseModel():
            yield from strings(dict(value))
        case dict():
            for key, each in value.items():
                yield from strings(key)
                yield from strings(each)
        case list() | tuple() | set() | frozenset():
            for each in value:
                yield from strings(each)
        case Path() | date() | None:
            return
        case _ if is_dataclass(value) and not isinstance(value, type):
            for field in fields(value):
                yield from strings(getattr(value, field.name))
        case _:
            return


def assert_shown(value: object) -> None:
    left = [text for text in strings(value) if _unsafe_pattern().search(text)]
    assert left == []


def outcome(act: Callable[[], object]) -> object:
    """What comes of a way in: a value, or a sentence."""
    try:
        return act()
    except (BadInput, CannotStore, Conflict) as error:
        return str(error)


def tables(text: str) -> dict[str, Any]:
    """A case with a text in every field that takes one, and where it is refused."""
    cited = dict.fromkeys(("title", "section", "pages", "text", "organization", "authors"), text)
    item = dict.fromkeys(("request", "original", "authorized", "rationale", "uncited"), text)
    organizations = ("claims_administrator", "utilization_review_organization")
    names = dict.fromkeys(("employee", "employer", *organizations), text)
    return {
        "schema": 1,
        "case": {"number": NUMBER},
        "parties": {**names, "providers": [text]},
        "records": [{"kind": "medical", "title": text, "source": text}],
        "reviewer": {"licenses": [text], "specialties": [text]},
        "summary": {"text": text},
        "items": [{**item, "citations": [cited], "administrator_citations": [cited]}],
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    place = tmp_path_factory.mktemp("cases")
    (place / ".imr" / "locks").mkdir(mode=0o700, parents=True)
    return Folder(place)


@FEW
@given(text=texts, key=texts)
def test_a_case_file(text: str, key: str) -> None:
    found = outcome(lambda: decode(tomli_w.dumps(tables(text)).encode(), "x.toml"))
    assert isinstance(found, Case)
    assert_shown(found)
    wrong = tables("a") | {key: text}
    assert_shown(outcome(lambda: decode(tomli_w.dumps(wrong).encode(), "x.toml")))
    bad = tables("a") | {"case": {"number": text, "priority": text}}
    assert_shown(outcome(lambda: decode(tomli_w.dumps(bad).encode(), "x.toml")))


@FEW
@given(text=texts | st.sampled_from(HIDDEN), key=texts)
def test_an_intake(tmp_path_factory: pytest.TempPathFactory, text: str, key: str) -> None:
    path = tmp_path_factory.mktemp("intake") / "x.json"

    def taken(document: object) -> object:
        path.write_text(json.dumps(document))
        return outcome(lambda: intake.case_of(intake.read(str(path))[0], str(path)))

    assert_shown(taken(tables(text)))
    assert_shown(taken(tables("a") | {key: text}))
    assert_shown(taken(tables("a") | {"case": {"number": text}}))


@FEW
@given(text=texts, at=st.integers(0, 3000))
def test_an_imported_text(text: str, at: int) -> None:
    letter = render(a_complete_case(2), draft=True)
    made = outcome(lambda: parse(f"{letter[:at]}{text}{letter[at:]}", NUMBER, loose=True))
    assert_shown(made)


def test_an_imported_pdf(tmp_path: Path) -> None:
    """Its text goes the way of any text; a character of it that hides is shown."""
    made = outcome(lambda: parse(render(a_complete_case()).replace("man", "m\u202ean"), NUMBER))
    assert isinstance(made, Case)
    assert "m<U+202E>an" in made.summary.text


SITE = {
    "settings.toml": (["organization", "label", "templates"], load_settings),
    "profile.toml": (["name"], load_profile),
    "guidelines.toml": (["as_of"], load_catalogue),
    "recent.toml": (["cited"], load_recent),
    "spot.toml": (["number", "kind", "field"], load_resume_point),
    f"locks/{NUMBER}.lock": (["who", "host"], lambda folder: holder(folder.path, NUMBER)),
}


@pytest.mark.parametrize("name", SITE)
@FEW
@given(text=texts, key=texts)
def test_a_file_of_the_site(folder: Folder, name: str, text: str, key: str) -> None:
    known, load = SITE[name]
    path = folder.own(name)
    for table in (
        dict.fromkeys(known, text),
        {key: text},
        {known[0]: [text], "rules": {key: text}},
    ):
        path.write_bytes(toml.dumps(table).encode())
        assert_shown(outcome(lambda: load(folder)))
    path.unlink()


@FEW
@given(text=texts)
def test_a_guideline_of_the_site(folder: Folder, text: str) -> None:
    row = dict.fromkeys(("title", "printed", "organization", "source"), text)
    path = folder.own("guidelines.toml")
    path.write_bytes(
        toml.dumps({"as_of": date(2026, 1, 1), "other": [{"id": "x", **row}]}).encode()
    )
    found = outcome(lambda: load_catalogue(folder))
    path.unlink()
    rows = found.guidelines if isinstance(found, Catalogue) else ()
    assert_shown([each for each in rows if each.is_site] or found)


@FEW
@given(text=texts)
def test_who_has_the_case(folder: Folder, text: str) -> None:
    claimed = claim(folder.path, NUMBER, Holder(who=text, host=text, pid=1))
    try:
        assert_shown(str(holder(folder.path, NUMBER)))
        assert_shown(outcome(lambda: claim(folder.path, NUMBER, Holder())))
    finally:
        claimed.release()


@FEW
@given(text=texts.filter(lambda text: "\0" not in text and "/" not in text))
def test_the_name_of_a_file(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("cases")
    path = folder / f"x{text}.toml"
    path.write_bytes(tomli_w.dumps(tables("a")).encode())
    entry = entry_of(path)
    assert_shown((entry.number, entry.problem))
    assert_shown([(row.number, row.problem, row.words) for row in rows_of(folder, CheckSetup())])


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"x\xff\x1b.toml")
    path.write_bytes(b"")
    assert_shown((entry_of(path).number, entry_of(path).problem))


@pytest.mark.parametrize("char", [char for char in STORED if char != "\0"])
def test_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, char: str) -> None:
    for name in ("TERM", "LANG", "LC_ALL", "TMUX", "SSH_CONNECTION"):
        monkeypatch.setenv(name, f"a{char}b")
    place = tmp_path / f"a{char}b"
    place.mkdir(mode=0o700)
    assert_shown([*terminal_facts(), *folder_facts(Folder(place))])


@pytest.mark.parametrize("error", [BadInput, CannotStore, Conflict, ImrError])
def test_a_sentence(error: type[ImrError], capsys: pytest.CaptureFixture[str]) -> None:
    text = "".join(HIDDEN)
    assert_shown(str(error(f"a{text}b")))
    output.say(text)
    output.tell(text)
    assert_shown("".join(capsys.readouterr()))


OPTIONS: list[list[str]] = [
    *(["new", "X"], ["new", "CM26-1", "X"], ["new", "CM26-1", "--priority", "X"]),
    *(["new", "CM26-1", "--date-of-injury", "X"], ["new", "CM26-1", "--from", "X"]),
    *(["list", "X"], ["check", "X"], ["check", "--select", "X"], ["rules", "X"], ["letter", "X"]),
    *(
        ["letter", "X.toml"],
        ["letter", "x.toml", "--width", "X"],
        ["import", "X"],
        ["history", "X"],
    ),
    *(
        ["history", "X.toml"],
        ["guidelines", "X"],
        ["doctor", "X"],
        ["doctor", ".", "--repair", "X"],
    ),
    *(["X"], ["--X"], ["guidelines", "--on", "X", "a"], ["import", "-", "--number", "X"]),
]


@pytest.mark.parametrize("words", OPTIONS, ids=" ".join)
def test_an_option(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for text in ("\u202e", "\x9b31m", "\x07", "\x1b[31m", "\udcff", "\U000e0041"):
        done = run(*(word.replace("X", f"a{text}b") for word in words), stdin=b"x")
        assert_shown((done.out, done.err))
