"""Files that are damaged in any way: each is told with its reason, none is ever changed."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st

from imr_tui.checks import CheckSetup
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.maintenance.diagnose import examine
from imr_tui.store.worklist.listing import rows_of
from imr_tui.store.worklist.rows import BROKEN
from tests.builders import NUMBER, a_complete_case

pytestmark = pytest.mark.process

WHOLE = encode(a_complete_case(3))
OTHER = "CM26-0000002"


def told(cases: Path, data: bytes) -> str:
    """What the worklist says of a file that holds `data`; nothing if it is taken for a case."""
    path = cases / f"{NUMBER}.toml"
    path.write_bytes(data)
    other = encode(a_complete_case()).replace(NUMBER.encode(), OTHER.encode())
    (cases / f"{OTHER}.toml").write_bytes(other)
    rows = {row.number: row for row in rows_of(cases, CheckSetup())}
    assert rows[OTHER].state != BROKEN
    troubles = [each for each in examine(Folder(cases)) if "Users other than" not in each.says]
    says = rows[NUMBER].problem
    assert bool(says) == (rows[NUMBER].state == BROKEN)
    assert bool(says) == any(trouble.name == path.name for trouble in troubles)
    assert path.read_bytes() == data
    return says


@pytest.mark.slow
def test_every_beginning_of_a_file(cases: Path) -> None:
    taken = []
    for length in range(0, len(WHOLE), 7):
        if not told(cases, WHOLE[:length]):
            taken.append(length)
    # One that ends behind a whole line is a case with less in it, and nothing can show that.
    assert all(b"\n" in WHOLE[length - 1 : length + 1] for length in taken)


@pytest.mark.parametrize("seed", range(60))
def test_flipped_bits(cases: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(WHOLE)
    for _ in range(chance.randint(1, 4)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    told(cases, bytes(data))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no line `schema = 1`"),
        (b"\x00" * 4096, "is not valid TOML"),
        (b"\xff\xfe" + WHOLE.decode().encode("utf-16-le"), "is not UTF-8"),
        (WHOLE.replace(b"Massage", "Massagé".encode("cp1252")), "is not UTF-8"),
        (WHOLE.replace(b"schema = 1", b"schema = 2"), "Update imr-tui to open it"),
        (WHOLE.replace(b"schema = 1", b'schema = "1"'), "no line `schema = 1`"),
        (WHOLE.replace(b"schema = 1", b"schema = -1"), "no line `schema = 1`"),
        (WHOLE + b"a." * 20_000 + b"a = 1\n", "too many parts"),
        (WHOLE.replace(b"\n", b"\r"), "is not valid TOML"),
    ],
    ids=["empty", "nul", "utf-16", "cp1252", "newer", "text", "negative", "bomb", "cr"],
)
def test_each_gets_its_sentence(cases: Path, data: bytes, says: str) -> None:
    assert says in told(cases, data)


@pytest.mark.parametrize(
    "data",
    [WHOLE.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + WHOLE, b"# by hand\n" + WHOLE],
    ids=["crlf", "bom", "comment"],
)
def test_what_editors_do_is_a_case(cases: Path, data: bytes) -> None:
    assert told(cases, data) == ""


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    with TemporaryDirectory() as name:
        assert told(Path(name), data)
