"""PDFs are read by a process of their own, and none takes more time or memory than it may."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, CannotStore
from imr_tui.letter.extract import pdf_child
from imr_tui.letter.extract.pdf_text import PdfTexts
from tests.pdfs import a_pdf, a_stream, assembled, drawn, encrypted, shared

pytestmark = pytest.mark.process

pytest.importorskip("pypdf", reason="reading PDFs needs imr-tui[pdf]")

SECONDS = 2
OVERRUN = 20.0
"""What a busy machine may add to the limit."""
INSTEAD = "Nothing was written. Extract its text with another program"
WHERE = "letter.pdf"


def nested_pages(levels: int) -> bytes:
    """Two to the power of `levels` pages, each of them the same."""
    kids = [
        b"<< /Type /Pages /Count 9 /Kids [%d 0 R %d 0 R] >>" % (number, number)
        for number in range(3, 3 + levels)
    ]
    page = b"<< /Type /Page /MediaBox [0 0 1 1] >>"
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", *kids, page])


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + count))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] >>" % kids]
    return assembled([*objects, *[b"<< /Type /Page >>"] * count])


def nested_forms(levels: int, times: int) -> bytes:
    """Forms that each draw the next one so often."""
    forms = [
        a_stream(
            b"/X Do " * times,
            b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] "
            b"/Resources << /XObject << /X %d 0 R >> >>" % number,
        )
        for number in range(7, 7 + levels)
    ]
    last = a_stream(b"BT /F1 9 Tf (x) Tj ET", b"/Subtype /Form /Resources 4 0 R")
    return shared(b"/X Do", 1, [*forms, last], b"/XObject << /X 6 0 R >>")


def with_cmap(cmap: bytes) -> bytes:
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 7 0 R >>"
    content = b"BT /F2 10 Tf <00410042> Tj ET"
    return shared(content, 1, [font, a_stream(cmap)], b"/Font << /F2 6 0 R >>").replace(
        b"/Font << /F1 3 0 R >> /Font", b"/Font"
    )


def filtered(data: bytes, filters: bytes) -> bytes:
    return one_page(data, b"/Filter [%s]" % filters)


def one_page(data: bytes, keys: bytes = b"") -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1 1] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        a_stream(data, keys),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return assembled(objects)


@cache
def bomb() -> bytes:
    return zlib.compress(b" " * 300_000_000, 9)


@cache
def slow() -> bytes:
    return shared(drawn(b"x", 30_000), 100)


@cache
def large() -> bytes:
    """15 MB of single words."""
    return one_page(drawn(b"some text", 650_000))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "one stream for a hundred pages": slow,
    "no text in it": lambda: shared(b"q Q " * 200_000, 100),
    "15 MB": large,
    "15 MB in one text": lambda: one_page(b"BT (%s) Tj ET" % (b"x" * 15_000_000)),
    "15 MB of numbers": lambda: shared(b"").replace(
        b"%%EOF", b"%%EOF" + b"1 0 obj 5 endobj\n" * 900_000
    ),
    "compressed": lambda: filtered(bomb(), b"/FlateDecode"),
    "compressed twice": lambda: filtered(zlib.compress(bomb(), 9), b"/FlateDecode /FlateDecode"),
    "run lengths": lambda: filtered(b"\x81 " * 7_000_000, b"/RunLengthDecode"),
    "run lengths, compressed": lambda: filtered(
        zlib.compress(b"\x81 " * 30_000_000, 9), b"/FlateDecode /RunLengthDecode"
    ),
    "in characters": lambda: filtered(b"z" * 15_000_000, b"/ASCII85Decode"),
    "deep lists": lambda: shared(b"[" * 300_000),
    "deep lists in operands": lambda: shared(b"[" * 300 + b"]" * 300 + b" TJ " * 300_000, 100),
    "deep tables": lambda: shared(b"").replace(b"/F1 3 0 R", b"/F1 " + b"<< /A " * 300_000),
    "deep objects": lambda: assembled([b"<< /Type /Catalog /Pages " + b"[" * 1_000_000]),
    "many pages": lambda: many_pages(200_000),
    "pages without end": lambda: nested_pages(60),
    "pages of themselves": lambda: assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>",
            b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 2 0 R] /Count 2 >>",
        ]
    ),
    "forms without end": lambda: nested_forms(60, 2),
    "wide forms": lambda: nested_forms(6, 40),
    "a form of itself": lambda: shared(
        b"/X Do",
        1,
        [
            a_stream(
                b"/X Do /X Do",
                b"/Subtype /Form /Resources << /XObject << /X 6 0 R >> >>",
            )
        ],
        b"/XObject << /X 6 0 R >>",
    ),
    "characters without end": lambda: with_cmap(
        b"begincmap 1 beginbfrange <00000000> <ffffffff> <0000> endbfrange endcmap"
    ),
    "long characters": lambda: with_cmap(
        b"begincmap 1 beginbfrange <0000> <ffff> <%s> endbfrange endcmap" % (b"0041" * 20_000)
    ),
    "a length of itself": lambda: shared(b"").replace(b"/Length", b"/Length 5 0 R /Old"),
    "a table of objects without end": lambda: a_pdf("x").replace(
        b"xref\n0 6", b"xref\n0 999999999"
    ),
    "a table behind itself": lambda: a_pdf("x").replace(b"/Root", b"/Prev 9 /Root"),
    "a stream of objects in itself": lambda: a_pdf("x").replace(
        b"<< /Type /Catalog", b"<< /Type /ObjStm /N 99999999 /First 9 /Extends 1 0 R /A /Catalog"
    ),
    "a huge picture": lambda: shared(
        b"/X Do BT /F1 10 Tf (x) Tj ET",
        100,
        [
            a_stream(
                bomb(),
                b"/Subtype /Image /Width 90000 /Height 90000 /ColorSpace /DeviceRGB "
                b"/BitsPerComponent 8 /Filter /FlateDecode",
            )
        ],
        b"/XObject << /X 6 0 R >>",
    ),
    "a picture between the words": lambda: shared(
        b"BI /W 9000 /H 9000 /BPC 8 /CS /RGB ID " + b"EI" * 5_000_000 + b" EI"
    ),
    "long numbers": lambda: shared(b"1" * 5_000_000 + b" Tz"),
    "a long name": lambda: shared(b"/" + b"#41" * 3_000_000 + b" Do"),
    "brackets in a text": lambda: shared(b"BT (" + b"(" * 2_000_000 + b") Tj ET"),
    "much text": lambda: shared(drawn(b"x" * 50_000, 2), 100),
    "wide spaces": lambda: shared(b"BT /F1 10 Tf " + b"(x) Tj 99999999 0 Td " * 1000 + b"ET", 100),
}


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_child, "MAX_SECONDS", SECONDS)


def megabytes(who: int) -> int:
    """The most memory that this process has had, or the largest of those that have ended."""
    return resource.getrusage(who).ru_maxrss // 1024


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.timeout(40)
def test_no_document_takes_the_time_or_the_memory(limits: None, name: str) -> None:
    data = HOSTILE[name]()
    before = megabytes(resource.RUSAGE_SELF)
    # That of another test may have been larger.
    largest = max(megabytes(resource.RUSAGE_CHILDREN) + 1, 700)
    begun = time.monotonic()
    with PdfTexts() as pdfs, suppress(BadInput):
        assert len(pdfs.text(data, WHERE)) <= pdf_child.MAX_TEXT
    assert time.monotonic() - begun < SECONDS + OVERRUN
    assert megabytes(resource.RUSAGE_SELF) < before + 60
    assert megabytes(resource.RUSAGE_CHILDREN) < largest


TOO_SLOW = f"Reading the PDF {WHERE} takes more than {SECONDS} seconds. {INSTEAD}"
UNREADABLE = rf"The PDF {WHERE} could not be read \("
REFUSED = {
    "one stream for a hundred pages": TOO_SLOW,
    "pages without end": f"{TOO_SLOW}|{UNREADABLE}",
    "compressed": f"{TOO_SLOW}|{UNREADABLE}",
    "many pages": f"{WHERE} has 200000 pages. A letter can have at most 100|{TOO_SLOW}",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED)
def test_the_limit_is_named(limits: None, name: str) -> None:
    with PdfTexts() as pdfs, pytest.raises(BadInput, match=f"^({REFUSED[name]})"):
        pdfs.text(HOSTILE[name](), WHERE)


@pytest.mark.timeout(60)
def test_too_much_text_is_told() -> None:
    says = f"^{WHERE} has more than 2,000,000 characters. {INSTEAD}"
    with PdfTexts() as pdfs, pytest.raises(BadInput, match=says):
        pdfs.text(shared(drawn(b"x" * 700_000, 3)), WHERE)


def test_too_little_memory_is_told_and_no_part_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_child, "MAX_MEMORY", 40_000_000)
    says = f"Reading the PDF {WHERE} needs more than 40 MB of memory. {INSTEAD}"
    with PdfTexts() as pdfs:
        with pytest.raises(BadInput) as caught:
            pdfs.text(large(), WHERE)
        assert str(caught.value).startswith(says)
        assert pdfs.text(a_pdf("It is fine."), WHERE).strip() == "It is fine."


SKIPPED = {
    "a compressed form": lambda: with_form(bomb()),
    "a form of lists": lambda: with_form(zlib.compress(b"[" * 2000 + b"]" * 2000 + b" TJ")),
    "forms without end": lambda: nested_forms(60, 2),
}


def with_form(data: bytes) -> bytes:
    """A page with a text, and a form whose own is skipped."""
    form = a_stream(data, b"/Subtype /Form /Filter /FlateDecode /Resources 4 0 R")
    content = b"BT /F1 10 Tf (shown) Tj ET /X Do"
    return shared(content, 1, [form], b"/XObject << /X 6 0 R >>")


@pytest.mark.slow
@pytest.mark.parametrize("name", SKIPPED)
def test_what_the_reader_skips_is_told_and_no_part_is_taken(name: str) -> None:
    # It logs what happens in a form, and goes on without it.
    says = f"^A part of the PDF {WHERE} is too large or nested too deeply. {INSTEAD}"
    with PdfTexts() as pdfs, pytest.raises(BadInput, match=says):
        pdfs.text(SKIPPED[name](), WHERE)


# One process


def children() -> list[int]:
    """The processes of this one that run now."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat[1]) == os.getpid() and stat[0] != "Z":
            found.append(int(path.name))
    return found


@pytest.fixture
def started() -> Iterator[list[int]]:
    """The processes that were there before; none is left behind."""
    before = children()
    yield before
    assert set(children()) <= set(before)


def test_several_documents_share_a_process(started: list[int]) -> None:
    with PdfTexts() as pdfs:
        for number in range(5):
            assert pdfs.text(a_pdf(f"Letter {number}"), WHERE).strip() == f"Letter {number}"
            (child,) = set(children()) - set(started)
        assert {child} == set(children()) - set(started)


def test_a_document_that_fails_does_no_harm_to_the_next(started: list[int]) -> None:
    with PdfTexts() as pdfs:
        for broken in (b"%PDF", a_pdf(*"x" * 101), encrypted(a_pdf("x"), "secret", "AES-256")):
            with pytest.raises(BadInput):
                pdfs.text(broken, WHERE)
            assert set(children()) == set(started)
            assert pdfs.text(a_pdf("fine"), WHERE).strip() == "fine"


def test_it_has_no_file_of_the_parent_and_no_environment(started: list[int]) -> None:
    with Path("/etc/hostname").open() as file, PdfTexts() as pdfs:
        os.set_inheritable(file.fileno(), True)
        pdfs.text(a_pdf("x"), WHERE)
        (child,) = set(children()) - set(started)
        descriptors = {int(path.name) for path in Path(f"/proc/{child}/fd").iterdir()}
        assert descriptors == {0, 1, 2, 3}
        targets = {str(Path(f"/proc/{child}/fd/{number}").readlink()) for number in descriptors}
        assert {target.partition(":")[0] for target in targets} == {"pipe", "/dev/null"}
        assert Path(f"/proc/{child}/environ").read_bytes() in (b"", b"LC_CTYPE=C.UTF-8\0")
        words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        assert words[1] == b"-I"
        assert Path(os.fsdecode(words[0])).is_absolute()
        assert Path(os.fsdecode(words[5])).is_absolute()
        limits = Path(f"/proc/{child}/limits").read_text()
        for kind in ("file size", "core file size"):
            line = next(line for line in limits.splitlines() if line.startswith(f"Max {kind}"))
            assert line.split()[-3:-1] == ["0", "0"]
        assert "Max address space         unlimited" not in limits
        assert "Max cpu time              unlimited" not in limits


def test_it_takes_the_signals_that_the_app_blocks(started: list[int]) -> None:
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM, signal.SIGHUP))
    try:
        with PdfTexts() as pdfs:
            pdfs.text(a_pdf("x"), WHERE)
            (child,) = set(children()) - set(started)
            status = Path(f"/proc/{child}/status").read_text()
            assert "SigBlk:\t0000000000000000" in status
            os.kill(child, signal.SIGTERM)
            while is_alive(child):
                time.sleep(0.01)
            assert pdfs.text(a_pdf("fine"), WHERE).strip() == "fine"
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def test_a_process_that_is_killed_is_told(started: list[int]) -> None:
    def kill() -> None:
        time.sleep(1.0)
        for child in set(children()) - set(started):
            os.kill(child, signal.SIGSEGV)

    threading.Thread(target=kill).start()
    with PdfTexts() as pdfs, pytest.raises(BadInput, match="crashed the program that reads PDFs"):
        pdfs.text(slow(), WHERE)


PARENT = """
import sys
from imr_tui.letter.extract.pdf_text import PdfTexts
from tests.test_pdf_text import slow
def told(where, done, count):
    print(done, flush=True)
with PdfTexts(told) as pdfs:
    pdfs.text(slow(), "letter.pdf")
"""


def test_it_ends_with_the_parent() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    parent.stdout.readline()
    of_parent = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    assert of_parent
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 5
    while any(is_alive(int(child)) for child in of_parent):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_reading_is_stopped(started: list[int]) -> None:
    stopped = threading.Event()
    threading.Timer(1.0, stopped.set).start()
    begun = time.monotonic()
    with PdfTexts(is_stopped=stopped.is_set) as pdfs, pytest.raises(BadInput, match="was stopped"):
        pdfs.text(slow(), WHERE)
    assert time.monotonic() - begun < 30


def test_the_pages_are_told() -> None:
    told: list[tuple[str, int, int]] = []
    with PdfTexts(lambda *page: told.append(page)) as pdfs:
        pdfs.text(a_pdf("a", "b"), WHERE)
    assert told == [(WHERE, 0, 2), (WHERE, 1, 2), (WHERE, 0, 0)]


def test_where_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with PdfTexts() as pdfs, pytest.raises(CannotStore, match=f"{WHERE} was not read, because"):
        pdfs.text(a_pdf("x"), WHERE)


def test_an_answer_that_is_none_is_a_crash(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, started: list[int]
) -> None:
    child = tmp_path / "child.py"
    for says in ("b'T\\xff\\xff\\xff\\xffx'", "b'F\\0\\0'", "b''"):
        child.write_text(f"import os, time; os.write(1, {says}); time.sleep(0.2)")
        with monkeypatch.context() as patched:
            patched.setattr(pdf_child, "__file__", str(child))
            with (
                PdfTexts() as pdfs,
                pytest.raises(BadInput, match="crashed the program that reads"),
            ):
                pdfs.text(a_pdf("x"), WHERE)


def test_the_parent_does_not_load_the_reader() -> None:
    code = (
        "import sys\nfrom imr_tui.letter.extract.document import text_of\n"
        "from tests.pdfs import a_pdf\n"
        "assert 'Hello' in text_of(a_pdf('Hello'), 'x')\nassert 'pypdf' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
