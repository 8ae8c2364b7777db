"""One case file: its form, its way back, what is refused, and what a person wrote by hand."""

import os
import shutil
import stat
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given

from imr_tui.errors import BadInput, CannotStore, ImrError
from imr_tui.model import edits
from imr_tui.model.case import Case, Item, from_plain
from imr_tui.model.evidence import Citation
from imr_tui.model.limits import SCHEMA
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.case_file import CaseFile, open_case
from imr_tui.store.safety import safe_open
from imr_tui.store.safety.safe_open import read_bytes
from tests.builders import NUMBER, a_case, a_complete_case, descriptors, names, saved
from tests.rows import each_row
from tests.strategies import cases as any_cases

pytestmark = pytest.mark.process

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.toml"))
MINIMAL = f'schema = 1\n[case]\nnumber = "{NUMBER}"\n'


def originals(folder: Path) -> list[Path]:
    return sorted((folder / ".imr" / "originals").glob("*"))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# The form


def test_the_form() -> None:
    case = from_plain(
        {
            "case": {"number": NUMBER, "decision_date": date(2026, 11, 23)},
            "reviewer": {"licenses": ["Texas"], "attested": ["five-years"]},
            "summary": {"text": 'one\ntwo "quoted" \\ \t漢'},
            "items": [
                {
                    "request": 'a """ b',
                    "decision": "upheld",
                    "administrator_citations": [
                        {"volume": "12", "journal": "J Knees", "authors": "Doe J", "kind": "study"}
                    ],
                    "citations": [
                        {"title": "T", "year": 2009, "standard": "A"},
                        {"organization": "O"},
                        {},
                    ],
                    "departure": "silent",
                    "weighing": {"prevails": "reviewer", "question": "q"},
                },
                {"follows": 1, "uncited": "none speaks to it"},
                {"weighing": {}},
            ],
        }
    )
    assert encode(case).decode() == dedent(
        '''\
        schema = 1

        [case]
        number = "CM26-0000001"
        priority = "standard"
        decision_date = 2026-11-23

        [parties]
        employee = ""
        employer = ""
        claims_administrator = ""
        providers = []

        [reviewer]
        licenses = [
            "Texas",
        ]
        specialties = []
        attested = [
            "five-years",
        ]

        [summary]
        text = """
        one
        two \\"quoted\\" \\\\ \t漢"""

        [[items]]
        request = "a \\"\\"\\" b"
        original = ""
        authorized = ""
        follows = 0
        decision = "upheld"
        rationale = ""
        departure = "silent"

        [[items.administrator_citations]]
        guideline = ""
        title = ""
        section = ""
        sections = []
        pages = ""
        text = ""
        kind = "study"
        authors = "Doe J"
        journal = "J Knees"
        volume = "12"

        [[items.citations]]
        guideline = ""
        title = "T"
        section = ""
        year = 2009
        sections = []
        pages = ""
        standard = "A"
        text = ""

        [[items.citations]]
        guideline = ""
        title = ""
        section = ""
        sections = []
        pages = ""
        text = ""
        organization = "O"

        [[items.citations]]
        guideline = ""
        title = ""
        section = ""
        sections = []
        pages = ""
        text = ""

        [items.weighing]
        question = "q"
        applicability = ""
        prevails = "reviewer"

        [[items]]
        request = ""
        original = ""
        authorized = ""
        follows = 1
        rationale = ""
        uncited = "none speaks to it"

        [[items]]
        request = ""
        original = ""
        authorized = ""
        follows = 0
        rationale = ""

        [items.weighing]
        question = ""
        applicability = ""
        '''
    )


CITATION_KEYS = [
    *("guideline", "title", "section", "year", "sections", "pages", "standard", "text"),
    *("kind", "organization", "authors", "journal", "volume"),
]
KEYS: dict[str, list[str]] = {
    "": [
        *("schema", "case", "parties", "records", "reviewer", "summary", "items"),
        *("acknowledged", "rereview"),
    ],
    "case": [
        *("number", "assignment", "priority", "diagnosis", "specialty", "date_of_injury"),
        *("date_assigned", "ur_decision_date", "application_received", "records_received"),
        "decision_date",
    ],
    "parties": [
        *("employee", "employer", "claims_administrator", "adjuster"),
        *("utilization_review_organization", "providers"),
    ],
    "records": ["kind", "title", "source", "from", "to", "case"],
    "reviewer": ["licenses", "specialties", "attested", "attested_at"],
    "summary": ["text"],
    "items": [
        *("request", "original", "authorized", "follows", "date_of_service", "decision"),
        *("rationale", "uncited", "departure", "administrator_citations", "citations", "weighing"),
        "copied",
    ],
    "citations": CITATION_KEYS,
    "administrator_citations": CITATION_KEYS,
    "weighing": [
        *("question", "column", "administrator_study", "reviewer_study", "applicable"),
        *("applicability", "administrator_level", "reviewer_level", "prevails"),
    ],
    "copied": ["case", "item", "sentences", "at"],
    "IMR": ["reason", "digest", "at"],
    "rereview": ["case", "manifest", "ordered", "facts"],
}
"""The keys of every table in the order of the file."""


def tables(name: str, value: Any) -> Iterator[tuple[str, list[str]]]:
    """Every table in `value` with its keys as they stand."""
    if isinstance(value, dict):
        yield name, list(value)
        for key, inner in value.items():
            yield from tables("IMR" if name == "acknowledged" else key, inner)
    if isinstance(value, list):
        for inner in value:
            yield from tables(name, inner)


@given(any_cases())
def test_keys_have_a_fixed_order(case: Case) -> None:
    for name, keys in tables("", tomllib.loads(encode(case).decode())):
        if name != "acknowledged":
            assert keys == [key for key in KEYS[name] if key in keys]


TABLES = {
    "uncited": "[[items]]",
    "utilization_review_organization": "[parties]",
    "adjuster": "[parties]",
    **dict.fromkeys(("assignment", "diagnosis", "specialty"), ""),
    "case": "[[records]]",
}
"""The tables of keys that most cases leave blank, outside of citations."""
OMIT_IF_BLANK = {"organization", "authors", "journal", "volume", *TABLES}
"""Keys that most cases leave blank, so that a blank one is not written."""


def blank_keys(value: Any, name: str = "") -> Iterator[str]:
    """The keys in `value` that hold a blank text."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from blank_keys(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from blank_keys(inner)
    elif value == "":
        yield name


@given(any_cases())
def test_a_seldom_key_is_written_only_with_what_it_holds(case: Case) -> None:
    assert not OMIT_IF_BLANK & set(blank_keys(tomllib.loads(encode(case).decode())))


def test_what_is_blank_and_seldom_and_what_is_none_are_not_written() -> None:
    text = encode(a_case(items=(Item(citations=(Citation(),)),))).decode()
    written = {line.partition(" = ")[0] for line in text.splitlines()}
    absent = {"decision", "date_of_service", "departure", "year", "standard", "verbatim", "kind"}
    assert not written & (OMIT_IF_BLANK | absent)
    # What most cases fill in shows a reader where to write it.
    assert {"request", "original", "authorized", "rationale", "guideline", "title"} <= written


@pytest.mark.parametrize("key", sorted(OMIT_IF_BLANK))
def test_a_seldom_key_that_is_written_blank_by_hand_is_read(key: str) -> None:
    table = TABLES.get(key, "[[items]]\n[[items.citations]]")
    case = decode(f'{MINIMAL}{table}\n{key} = ""\n'.encode(), "x")
    assert f"\n{key} = " not in encode(case).decode()
    assert decode(encode(case), "x") == case


@given(any_cases())
def test_decoded_is_what_was_encoded(case: Case) -> None:
    assert decode(encode(case), "x") == case


@given(any_cases())
def test_encoding_is_stable(case: Case) -> None:
    data = encode(case)
    assert encode(decode(data, "x")) == data
    assert b"\r" not in data
    assert data.endswith(b"\n")


@given(any_cases())
def test_loaded_is_what_was_saved(case: Case) -> None:
    with TemporaryDirectory() as name:
        path = Path(name) / f"{case.number}.toml"
        CaseFile(path, case).save(case)
        assert open_case(path).case == case
        assert names(Path(name)) == [path.name]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample_cases_are_in_the_programs_own_form(path: Path) -> None:
    assert encode(open_case(path).case) == path.read_bytes()


def acknowledging(key: str) -> bytes:
    """A case file in which a rule is acknowledged."""
    words = "reason = 'x'\ndigest = ''\nat = 2014-12-08T09:12:44Z"
    return f'{MINIMAL}[acknowledged."{key}"]\n{words}\n'.encode()


def test_an_acknowledged_rule_comes_back() -> None:
    case = decode(acknowledging("IMR206"), "x")
    assert list(case.acknowledged) == ["IMR206"]
    assert decode(encode(case), "x") == case


@pytest.mark.parametrize("key", ["a b", "a.b", "", "IMR2067", "imr206"])
def test_only_a_rule_can_be_acknowledged(key: str) -> None:
    with pytest.raises(BadInput, match="acknowledged"):
        decode(acknowledging(key), "x")


# What is refused


@each_row(
    ("schema", "says"),
    [
        ("", "has no line `schema = 1`"),
        ("schema = true", "has no line `schema = 1`"),
        ("schema = false", "has no line `schema = 1`"),
        ("schema = '1'", "has no line `schema = 1`"),
        ("schema = 1.0", "has no line `schema = 1`"),
        ("schema = 0", "has no line `schema = 1`"),
        ("schema = -1", "has no line `schema = 1`"),
        ("schema = [1]", "has no line `schema = 1`"),
        (f"schema = {SCHEMA + 1}", f"uses schema {SCHEMA + 1}, but this imr-tui supports up to 1"),
        (f"schema = {SCHEMA + 1}\nunknown = 1", "It was not read. Update imr-tui to open it."),
        ("schema = 99999999999999999999", "uses schema 9999"),
    ],
)
def test_schema(schema: str, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        decode(f'{schema}\n[case]\nnumber = "A"\n'.encode(), "x.toml")
    assert str(caught.value).startswith("x.toml ")
    assert says in str(caught.value)


def test_a_case_file_is_named_after_its_number(cases: Path) -> None:
    path = cases / "CM26-0000002.toml"
    path.write_text(MINIMAL)
    with pytest.raises(
        BadInput,
        match=r"is not named after the case number in it, CM26-0000001.*Rename it to CM26-0",
    ):
        open_case(path)
    assert path.read_text() == MINIMAL


def make_link(path: Path) -> None:
    target = path.with_name("target.toml")
    target.write_text(MINIMAL)
    path.symlink_to(target)


def make_huge(path: Path) -> None:
    path.write_text(MINIMAL)
    os.truncate(path, safe_open.MAX_BYTES + 1)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (make_link, "could not be read: it is a link."),
        (lambda path: path.symlink_to("nowhere"), "could not be read: it is a link."),
        (os.mkfifo, "is not a regular file, so it was not opened."),
        (Path.mkdir, "is not a regular file, so it was not opened."),
        (make_huge, "is larger than 16,000,000 bytes, so it was not read."),
        (lambda path: None, "could not be read: no such file or directory."),
    ],
    ids=["link", "dangling link", "fifo", "folder", "huge", "missing"],
)
def test_only_regular_files_are_opened(cases: Path, make: Any, says: str) -> None:
    path = cases / f"{NUMBER}.toml"
    make(path)
    with pytest.raises(CannotStore) as caught:
        open_case(path)
    assert str(caught.value) == f"{path} {says}"


@pytest.mark.parametrize("make", [make_link, os.mkfifo, Path.mkdir, make_huge])
def test_a_refused_file_leaves_no_descriptor_open(cases: Path, make: Any) -> None:
    path = cases / f"{NUMBER}.toml"
    make(path)
    before = descriptors()
    for _ in range(5):
        with pytest.raises(CannotStore):
            open_case(path)
    assert descriptors() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_says_so(cases: Path) -> None:
    (path,) = saved(cases, a_case())
    path.chmod(0)
    with pytest.raises(CannotStore, match="permission denied"):
        open_case(path)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is not a case file: it has no line `schema = 1`"),
        (b"\n", "is not a case file: it has no line `schema = 1`"),
        (b"\x00" * 100, "is not valid TOML"),
        ("schema = 1\n# Núñez\n".encode("cp1252"), "is not UTF-8: byte 14 is 0xfa."),
        (MINIMAL.encode("utf-16"), "is not UTF-8: byte 0 is 0xff."),
        (b"schema = 1\na = " + b"[" * 100_000, "is too large or nested too deeply"),
        (b"schema = 1\n" + b"[case", "is not valid TOML"),
    ],
    ids=["empty", "blank", "zeros", "cp1252", "utf-16", "bomb", "cut off"],
)
def test_a_broken_file_is_refused_and_left(cases: Path, data: bytes, says: str) -> None:
    path = cases / f"{NUMBER}.toml"
    path.write_bytes(data)
    with pytest.raises(BadInput) as caught:
        open_case(path)
    assert str(caught.value).startswith(f"{path} {says}")
    assert path.read_bytes() == data


def test_a_file_is_read_up_to_a_limit(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = cases / f"{NUMBER}.toml"
    path.write_bytes(b"x" * 10)
    assert read_bytes(path, 10) == b"x" * 10
    path.write_bytes(b"x" * 11)
    with pytest.raises(CannotStore, match="larger than 10 bytes"):
        read_bytes(path, 10)
    # One that grows for ever is not read for ever.
    monkeypatch.setattr(os, "read", lambda descriptor, most: b"x" * min(most, 4))
    with pytest.raises(CannotStore, match="larger than 10 bytes"):
        read_bytes(path, 10)


# What a person wrote by hand

BY_HAND = [
    b"# my notes\n" + MINIMAL.encode(),
    MINIMAL.replace("\n", "\r\n").encode(),
    b"\xef\xbb\xbf" + MINIMAL.encode(),
    MINIMAL.replace("schema = 1", "schema=1").encode(),
    MINIMAL.encode() + b"[summary]\ntext = '''\nliteral'''  # and why\n",
]


@pytest.mark.parametrize("data", BY_HAND)
def test_a_text_by_hand_is_kept_once_with_its_bytes(cases: Path, data: bytes) -> None:
    path = cases / f"{NUMBER}.toml"
    path.write_bytes(data)
    opened = open_case(path)
    assert originals(cases) == []
    for text in ("one", "two"):
        opened.save(edits.set_summary(opened.case, text))
    (kept,) = originals(cases)
    assert kept.read_bytes() == data
    assert kept.name.startswith(f"{NUMBER}-")
    assert open_case(path).case.summary.text == "two"


def test_each_text_by_hand_is_kept_beside_the_others(cases: Path) -> None:
    path = cases / f"{NUMBER}.toml"
    for data in (*BY_HAND, BY_HAND[0]):
        path.write_bytes(data)
        opened = open_case(path)
        opened.save(opened.case)
    assert sorted(kept.read_bytes() for kept in originals(cases)) == sorted(BY_HAND)


def test_a_text_written_by_hand_meanwhile_is_not_lost(cases: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    opened = open_case(path)
    path.write_bytes(BY_HAND[0])
    with suppress(ImrError):
        opened.save(edits.set_summary(opened.case, "new"))
    assert BY_HAND[0] in [found.read_bytes() for found in (path, *originals(cases))]


def test_a_text_of_the_programs_own_is_not_kept(cases: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    opened = open_case(path)
    opened.save(edits.set_summary(opened.case, "new"))
    assert names(cases) == [path.name]


def test_what_cannot_be_kept_is_not_replaced(cases: Path) -> None:
    path = cases / f"{NUMBER}.toml"
    path.write_bytes(BY_HAND[0])
    opened = open_case(path)
    (cases / ".imr").write_text("in the way")
    with pytest.raises(CannotStore):
        opened.save(edits.set_summary(opened.case, "new"))
    assert path.read_bytes() == BY_HAND[0]
    (cases / ".imr").unlink()
    opened.save(edits.set_summary(opened.case, "new"))
    assert [kept.read_bytes() for kept in originals(cases)] == [BY_HAND[0]]


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
@pytest.mark.usefixtures("umask")
def test_only_the_owner_may_read(cases: Path, mask: int) -> None:
    os.umask(mask)
    path = cases / f"{NUMBER}.toml"
    path.write_bytes(BY_HAND[0])
    opened = open_case(path)
    opened.save(opened.case)
    (kept,) = originals(cases)
    assert (mode(path), mode(kept)) == (0o600, 0o600)
    assert (mode(kept.parent), mode(cases / ".imr")) == (0o700, 0o700)


def test_a_folder_that_is_gone_is_reported(cases: Path) -> None:
    (path,) = saved(cases, a_case())
    opened = open_case(path)
    shutil.rmtree(cases)
    with pytest.raises(CannotStore, match="no such file or directory"):
        opened.save(opened.case)
