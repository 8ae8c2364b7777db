"""The PDF of a letter: its words, its pages, and bytes that depend on the text only."""

import hashlib
import io
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from imr_tui.errors import BadInput, CannotStore
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.letter.extract.document import text_of
from imr_tui.letter.extract.pdf_text import PdfTexts
from imr_tui.letter.parse.parser import parse
from imr_tui.letter.pdf import toolkit
from imr_tui.letter.pdf.document import (
    ADVANCE,
    MARGIN,
    MAX_COLUMNS,
    PAGE,
    layout_of,
    pages_of,
    pdf_of,
)
from imr_tui.letter.pdf.toolkit import FONT, FONT_FILE
from imr_tui.letter.render.renderer import render
from imr_tui.model.case import Case
from imr_tui.services.import_letters import Options, read_and_compare
from tests.builders import NUMBER, a_complete_case
from tests.strategies import complete_cases
from tests.test_letters import EXPECTED, LETTERS

pytestmark = pytest.mark.process

pypdf = pytest.importorskip("pypdf", reason="PDFs need imr-tui[pdf]")
pytest.importorskip("reportlab", reason="PDFs need imr-tui[pdf]")

GOLDEN = Path(__file__).with_name("golden") / "CM14-0187654.txt"
MARK = "DRAFT - NOT SIGNED"


@cache
def a_long_letter() -> str:
    """A letter of several pages."""
    return render(a_complete_case(12))


def page_texts(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def without_page_numbers(data: bytes) -> list[str]:
    """The lines of a PDF, without the last one of each page."""
    lines = []
    pages = page_texts(data)
    for at, page in enumerate(pages, 1):
        *text, last = page.splitlines()
        assert last.strip() == f"Page {at} of {len(pages)}"
        lines += [line.rstrip() for line in text]
    return lines


# The words


@pytest.mark.parametrize("width", [60, 95, 200])
def test_the_lines_come_back_as_they_were(width: int) -> None:
    text = render(a_complete_case(12), Letterhead(width=width))
    assert without_page_numbers(pdf_of(text, NUMBER)) == text.splitlines()


@pytest.mark.slow
@given(complete_cases(), st.sampled_from([60, 95, 140, 200]), st.integers(1, 12))
def test_a_letter_of_any_length_comes_back_as_the_same_case(
    case: Case, width: int, times: int
) -> None:
    text = render(case.but(items=(case.items * times)[:40]), Letterhead(width=width))
    read = "\f".join(page_texts(pdf_of(text, NUMBER)))
    assert parse(read, NUMBER) == parse(text, NUMBER)


# A blank at the end of a line is not drawn, and a letter has none.
printable_lines = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=200)


@pytest.mark.slow
@given(st.lists(printable_lines.map(str.rstrip), min_size=1, max_size=30))
def test_every_printable_character_comes_back(lines: list[str]) -> None:
    lines = ["First.", *lines, "Last."]
    found = without_page_numbers(pdf_of("\n".join(lines), NUMBER))
    assert [line.split() for line in found] == [line.split() for line in lines]


def test_the_golden_letter_comes_back_as_its_case(tmp_path: Path) -> None:
    path = tmp_path / "CM14-0187654.pdf"
    path.write_bytes(pdf_of(GOLDEN.read_text(), path.stem))
    assert text_of(path.read_bytes(), path.name).splitlines()[0].strip().startswith("HOW THE IMR")
    with PdfTexts() as pdfs:
        letter = read_and_compare(str(path), pdfs)
    assert letter.comparison.is_equal
    assert letter.case == parse(GOLDEN.read_text(), path.stem)
    assert [line.text for line in letter.comparison.left_out] == ["Page 1 of 1"]


@pytest.mark.slow
@pytest.mark.skipif(not EXPECTED, reason="the published letters are not here")
@pytest.mark.parametrize("width", [60, 95, 200])
def test_the_published_letters_come_back_word_for_word(width: int, tmp_path: Path) -> None:
    with PdfTexts() as pdfs:
        for number in EXPECTED:
            case = parse((LETTERS / f"{number}.txt").read_text(), number)
            text = render(case, Letterhead(width=width), draft=True)
            path = tmp_path / f"{number}.pdf"
            path.write_bytes(pdf_of(text, number))
            letter = read_and_compare(str(path), pdfs, Options(number=number))
            assert letter.comparison.is_equal, number
            assert letter.case == case, number
            assert without_page_numbers(path.read_bytes()) == text.splitlines(), number


# The pages


def test_a_mark_stands_on_each_page() -> None:
    pages = page_texts(pdf_of(a_long_letter(), NUMBER, mark=MARK))
    assert len(pages) > 2
    assert [page.count(MARK) for page in pages] == [1] * len(pages)
    assert MARK not in "".join(page_texts(pdf_of(a_long_letter(), NUMBER)))


lines_of_text = st.lists(st.sampled_from(["", "A sentence.", "A heading", "and more"]), max_size=60)


@given(lines_of_text, st.integers(2, 12))
def test_pages_hold_all_lines_and_no_more_than_fit(lines: list[str], rows: int) -> None:
    pages = [list(page) for page in pages_of(lines, rows)]
    assert [line for page in pages for line in page] == lines
    # Blank lines stay with what is above them, so that paragraphs come back.
    assert all(page[0] for page in pages[1:])
    for page in pages:
        shown = len(page) - next((at for at, line in enumerate(reversed(page)) if line), len(page))
        assert shown <= rows


def test_no_heading_ends_a_page() -> None:
    body = ["Text of a paragraph.", ""] * 6
    lines = [*body, "A HEADING", "", "Its text", "continues.", "", "The end."]
    for rows in (13, 14):
        first, second, *_ = pages_of(lines, rows)
        assert (list(first), second[0]) == (body, "A HEADING")
    # A paragraph may continue on the next page.
    assert [len(page) for page in pages_of(lines, 15)] == [15, 3]


def test_the_longest_line_fits_between_the_margins() -> None:
    for columns in range(1, MAX_COLUMNS + 1):
        layout = layout_of(["x" * columns])
        assert columns * ADVANCE * layout.size <= PAGE[0] - 2 * MARGIN
        assert 4 <= layout.size <= 10
    assert layout_of(["x" * 95]).rows > 50


def test_a_line_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadInput, match="Line 2 of the letter has 201 characters"):
        pdf_of(f"x\n{'y' * (MAX_COLUMNS + 1)}\n", NUMBER)


def test_the_font_has_every_character_at_one_width() -> None:
    from reportlab.pdfbase import pdfmetrics

    pdf_of("x", NUMBER)
    font = pdfmetrics.getFont(FONT)
    printable = [chr(code) for code in range(0x20, 0x7F)]
    assert [char for char in printable if ord(char) not in font.face.charToGlyph] == []
    assert {round(font.stringWidth(char, 1), 3) for char in printable} == {ADVANCE}


def test_the_font_is_the_released_file_and_its_licence_lies_beside_it() -> None:
    digest = hashlib.sha256(FONT_FILE.read_bytes()).hexdigest()
    assert digest == "b4a6c3e4faab8773f4ff761d56451646409f29abedd68f05d38c2df667d3c582"
    assert "Bitstream Vera" in FONT_FILE.with_name("LICENSE").read_text()


# The bytes


def test_the_properties_are_the_title_alone() -> None:
    data = pdf_of("A letter.\n", NUMBER)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert dict(reader.metadata or {}) == {"/Title": NUMBER}
    assert reader.xmp_metadata is None
    for word in (
        b"Date",
        b"Author",
        b"Producer",
        b"Creator",
        b"/Filter",
        os.fsencode(FONT_FILE.parent),
    ):
        assert word not in data
    assert data == pdf_of("A letter.\n", NUMBER)
    assert (
        reader.trailer["/ID"] != pypdf.PdfReader(io.BytesIO(pdf_of("B.\n", NUMBER))).trailer["/ID"]
    )


SCRIPT = """
import os, sys
from imr_tui.letter.pdf.document import pdf_of
if len(sys.argv) > 2:
    # Everything is loaded before, as the other user may not read the place of Python.
    pdf_of("x", "y")
    os.setgroups([]), os.setgid(int(sys.argv[2])), os.setuid(int(sys.argv[2]))
sys.stdout.buffer.write(pdf_of(sys.stdin.read(), sys.argv[1], mark="DRAFT"))
"""


def in_a_process(home: Path, *arguments: str, **variables: str) -> bytes:
    """The PDF that another process makes of the long letter."""
    env = {"PATH": os.defpath, "HOME": str(home), **variables}
    command = [sys.executable, "-c", SCRIPT, NUMBER, *arguments]
    done = subprocess.run(
        command, input=a_long_letter().encode(), capture_output=True, env=env, check=False, cwd="/"
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def hostile_home(folder: Path) -> Path:
    """A home with settings of reportlab, which leave a trace if they are run."""
    trace = folder / "trace"
    (folder / ".reportlab_settings").write_text(f"open({str(trace)!r}, 'w')\ninvariant = 0\n")
    return trace


def test_the_bytes_do_not_depend_on_user_place_or_time(tmp_path: Path) -> None:
    trace = hostile_home(tmp_path)
    made = in_a_process(
        tmp_path,
        LANG="de_DE.UTF-8",
        TZ="Asia/Tokyo",
        PYTHONHASHSEED="1",
        SOURCE_DATE_EPOCH="86400",
        RL_invariant="0",
        RL_pageCompression="1",
        RL_ttfAsciiReadable="0",
        RL_documentLang="de",
        RL_useA85="maybe",
    )
    assert made == pdf_of(a_long_letter(), NUMBER, mark="DRAFT")
    assert not trace.exists()


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "en_US.ISO-8859-1", "tr_TR.UTF-8"])
@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Chatham"])
@pytest.mark.parametrize("seed", ["0", "4294967295"])
def test_the_bytes_are_the_same_everywhere(
    tmp_path: Path, locale: str, zone: str, seed: str
) -> None:
    made = in_a_process(tmp_path, LC_ALL=locale, TZ=zone, PYTHONHASHSEED=seed)
    assert made == pdf_of(a_long_letter(), NUMBER, mark="DRAFT")


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_the_bytes_are_those_of_every_user(tmp_path: Path) -> None:
    made = in_a_process(tmp_path, "65534", USER="nobody", LOGNAME="nobody")
    assert made == pdf_of(a_long_letter(), NUMBER, mark="DRAFT")


def test_the_environment_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = ("RL_invariant", "SOURCE_DATE_EPOCH")
    for name, value in zip(hidden, ("0", "nonsense"), strict=True):
        monkeypatch.setenv(name, value)
    pdf_of("x", NUMBER)
    assert [os.environ[name] for name in hidden] == ["0", "nonsense"]


def test_without_reportlab_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    toolkit._load.cache_clear()
    monkeypatch.setitem(sys.modules, "reportlab.pdfgen.canvas", None)
    with pytest.raises(CannotStore, match=r"reportlab is not installed. Install `imr-tui\[pdf\]`"):
        pdf_of("x", NUMBER)
