"""The manifest: one text for each meaning, and one meaning for each text."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from imr_tui.errors import BadInput
from imr_tui.signing.digest import Digest, digest_of, is_sha256
from imr_tui.signing.head import MAX_EVENTS, Head, parse_head
from imr_tui.signing.manifest import (
    MAX_BYTES,
    AcceptedWarning,
    Kind,
    Manifest,
    encode,
    parse,
    seal_statement,
)
from tests.rows import each_row
from tests.strategies import numbers, one_of, texts

A, B = digest_of(b"a"), digest_of(b"b")
MANIFEST = Manifest(
    case="CM26-0000001",
    revision=1,
    kind="original",
    signed_at=datetime(2026, 11, 30, 9, 5, 7, tzinfo=UTC),
    decision_date=date(2026, 11, 30),
    letter=A,
    content=B,
    template=A,
    findings=(AcceptedWarning("IMR206", 'Searched "again".\nfinding IMR301 "no"'),),
    program="imr-tui 0.2.0",
    log_head=Head(7, A.sha256),
)
TEXT = encode(MANIFEST)

digests = st.builds(digest_of, st.binary(max_size=40))
hashes = digests.map(lambda digest: digest.sha256)
manifests = st.builds(
    Manifest,
    case=numbers,
    revision=st.integers(1, 9_999),
    kind=one_of(Kind),
    signed_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
    ),
    decision_date=st.dates(),
    letter=digests,
    content=digests,
    template=digests,
    findings=st.lists(
        st.builds(AcceptedWarning, st.sampled_from(["IMR206", "IMR305-2"]), texts), max_size=4
    ).map(tuple),
    program=st.just("imr-tui 0.2.0"),
    previous=hashes | st.just(""),
    log_head=st.none() | st.builds(Head, st.integers(1, MAX_EVENTS), hashes),
)


def test_its_lines_are_in_a_fixed_order() -> None:
    names = [line.partition(" ")[0] for line in TEXT.decode().splitlines()]
    assert names == [
        *("imr-determination", "case", "revision", "kind", "meaning", "signed-at"),
        *("decision-date", "letter", "content", "template", "findings", "finding"),
        *("program", "previous", "log-head"),
    ]


@given(manifests)
def test_parsing_gives_what_was_encoded(manifest: Manifest) -> None:
    assert parse(encode(manifest)) == manifest


@given(st.integers(0, len(TEXT) - 1), st.integers(0, 255))
def test_a_changed_byte_never_means_the_same(at: int, byte: int) -> None:
    changed = TEXT[:at] + bytes((byte,)) + TEXT[at + 1 :]
    try:
        assert (parse(changed) == MANIFEST) == (changed == TEXT)
    except BadInput:
        assert changed != TEXT


@each_row(
    ("old", "new", "says"),
    [
        (b"imr-determination 1\n", b"imr-determination 2\n", "Line 1"),
        (b"revision 1\n", b"revision 0\n", "revision"),
        (b"revision 1\n", b"revision 01\n", "written the way"),
        (b"revision 1\n", b"revision 1\r\n", "revision"),
        (b"kind original\n", b"kind Original\n", "kind"),
        (b"case CM26-0000001\n", b"", "case"),
        (b"case CM26-0000001\n", b"case ../x\n", "case"),
        (b"09:05:07Z", b"09:05:07+00:00", "signed-at"),
        (b"09:05:07Z", b"9:5:7Z", "written the way"),
        (b"decision-date 2026-11-30", b"decision-date 2026-11-31", "decision-date"),
        (b"decision-date 2026-11-30", b"decision-date 20261130", "written the way"),
        (b"findings 1\n", b"findings 0\n", "program"),
        (b"findings 1\n", b"findings 2\n", "finding"),
        (b"previous -\n", b"previous  -\n", "previous"),
        (b"log-head 7 ", b"log-head 07 ", "log-head"),
        (A.sha256.encode(), A.sha256.upper().encode(), "letter"),
    ],
)
def test_another_form_is_refused(old: bytes, new: bytes, says: str) -> None:
    assert old in TEXT
    with pytest.raises(BadInput, match=says):
        parse(TEXT.replace(old, new, 1))


@each_row(
    "text",
    [
        b"",
        b"\n",
        TEXT[:-1],
        TEXT + b"\n",
        TEXT + b"more x\n",
        b"\xff" + TEXT,
        b" " * MAX_BYTES + TEXT,
    ],
)
def test_other_bytes_are_refused(text: bytes) -> None:
    with pytest.raises(BadInput):
        parse(text)


def test_a_reason_cannot_pass_for_a_line() -> None:
    assert TEXT.decode().count("\nfinding ") == 1


@given(st.integers(0, MAX_EVENTS * 10), hashes)
def test_a_head_is_read_as_it_is_written(seq: int, digest: str) -> None:
    head = Head(seq, digest)
    assert parse_head(str(head)) == (head if 0 < seq <= MAX_EVENTS else None)


@each_row("text", ["", "7", f"7  {A.sha256}", f" 7 {A.sha256}", f"٧ {A.sha256}", f"7 {A.sha256} "])
def test_another_head_is_refused(text: str) -> None:
    assert parse_head(text) is None


def test_a_digest_is_that_of_the_standard() -> None:
    # FIPS 180-4, the example for "abc".
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest_of(b"abc") == Digest(expected, 3)
    assert is_sha256(expected)
    assert not is_sha256(expected.upper())


def test_a_seal_is_for_one_manifest_and_one_signature() -> None:
    statements = {seal_statement(text, by) for text in (b"a", b"b") for by in (b"a", b"b")}
    assert len(statements) == 4
