"""`imr-tui import`: documents of every kind, what is said of each, and what lies there then."""

import os
import pty
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from imr_tui.letter.dialects.final_determination import FINAL_DETERMINATION as DIALECT
from imr_tui.letter.extract import pdf_child
from imr_tui.letter.parse.round_trip import compare
from imr_tui.letter.render.renderer import render
from imr_tui.model.case import Case, Item, Particulars, Summary
from imr_tui.model.evidence import Citation
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import Holder
from imr_tui.store.safety.safe_open import MAX_BYTES
from imr_tui.text.layout import one_line
from tests.builders import NUMBER, a_case, a_complete_case, an_item, names, saved
from tests.commands import Run, assert_refused
from tests.pdfs import a_pdf, assembled, drawn, encrypted, pages_of, shared
from tests.terminal.driver import unignored

pytestmark = pytest.mark.process

HOW = DIALECT.how

pypdf = pytest.importorskip("pypdf", reason="reading PDFs needs imr-tui[pdf]")

OTHER_NUMBER = "CM26-0000002"
DAY = date(2026, 11, 9)
CITED = (Citation(title="Knee Complaints", year=2004, sections=("Braces",), standard="A"),)
ITEMS = (
    an_item("Knee brace: hinged", citations=CITED, administrator_citations=CITED),
    an_item("6 visits", decision="overturned", citations=()),
)


def files_in(folder: Path) -> list[str]:
    """The names in a folder of cases, but for the program's own."""
    return [name for name in names(folder) if name != ".imr"]


@pytest.fixture
def take(run: Run, cases: Path) -> Run:
    """Runs `imr-tui import` into the folder of cases."""
    return lambda *arguments, stdin=b"": run("import", "--folder", cases, *arguments, stdin=stdin)


def a_letter(number: str = NUMBER, *items: Item) -> str:
    """The letter of a synthetic case, with its header."""
    head = Particulars(
        number=number,
        date_of_injury=DAY,
        date_assigned=DAY,
        ur_decision_date=DAY,
        application_received=DAY,
        decision_date=DAY,
    )
    summary = Summary(text="A worker hurt the knee - once.\n\nIt was treated with rest.")
    return render(a_complete_case(items or ITEMS, particulars=head, summary=summary))


def without_header(letter: str) -> str:
    return letter[letter.index(HOW) :]


def put(folder: Path, name: str, data: bytes | str) -> Path:
    """A document in `folder`."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def case_in(cases: Path, number: str = NUMBER) -> Case:
    return open_case(cases / f"{number}.toml").case


# All is well


def test_a_letter_becomes_a_case(take: Run, cases: Path, tmp_path: Path) -> None:
    source = put(tmp_path, "letter.txt", a_letter())
    done = take(source)
    assert done.code == 0
    assert done.out == f"{source}: {NUMBER}, 2 items: upheld, overturned\n"
    assert done.err == "imr-tui: 1 of 1 letters imported.\n"
    assert files_in(cases) == [f"{NUMBER}.toml"]
    case = case_in(cases)
    assert case.particulars.imported
    assert case.items[0].citations[0].sections == ("Braces",)
    assert source.read_text() == a_letter()


def test_the_letter_of_an_imported_case_is_the_same_letter(
    run: Run, take: Run, cases: Path, tmp_path: Path
) -> None:
    take(put(tmp_path, "letter.txt", a_letter()))
    done = run("letter", cases / f"{NUMBER}.toml")
    assert (done.code, done.out) == (0, a_letter())


def test_the_letter_of_one_without_a_header_has_none(
    run: Run, take: Run, cases: Path, tmp_path: Path
) -> None:
    take("--number", NUMBER, put(tmp_path, "letter.txt", without_header(a_letter())))
    done = run("letter", cases / f"{NUMBER}.toml")
    assert done.code == 0
    assert done.out.split() == without_header(a_letter()).split()


def test_the_list_says_that_a_case_was_imported(
    run: Run, take: Run, cases: Path, tmp_path: Path
) -> None:
    saved(cases, a_case(particulars=Particulars(number=OTHER_NUMBER)))
    take(put(tmp_path, "letter.txt", a_letter()))
    own, imported = run("list", cases).out.splitlines()[-2:]
    assert NUMBER in imported
    assert "imported" in imported
    assert "imported" not in own


def test_an_imported_case_has_no_error(run: Run, take: Run, cases: Path, tmp_path: Path) -> None:
    take(put(tmp_path, "letter.txt", a_letter()))
    done = run("check", cases / f"{NUMBER}.toml")
    assert " error " not in done.out


# Several


def test_one_line_for_each_letter_and_a_summary(take: Run, cases: Path, tmp_path: Path) -> None:
    first = put(tmp_path, "b.txt", a_letter())
    second = put(tmp_path, "a.pdf", a_pdf(a_letter(OTHER_NUMBER)))
    done = take(first, second)
    assert done.code == 0
    assert [line.partition(": ")[0] for line in done.out.splitlines()] == [str(first), str(second)]
    assert done.err == "imr-tui: 2 of 2 letters imported.\n"
    assert files_in(cases) == [f"{NUMBER}.toml", f"{OTHER_NUMBER}.toml"]


def test_a_folder_of_letters(take: Run, cases: Path, tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir(mode=0o700)
    (letters / "deeper.txt").mkdir(mode=0o700)
    put(letters, "b.TXT", a_letter())
    put(letters, "a.pdf", a_pdf(a_letter(OTHER_NUMBER)))
    put(letters, "notes.md", "not a letter")
    done = take(letters)
    assert [line.split(": ")[1].split(",")[0] for line in done.out.splitlines()] == [
        OTHER_NUMBER,
        NUMBER,
    ]
    assert files_in(cases) == [f"{NUMBER}.toml", f"{OTHER_NUMBER}.toml"]


def test_an_empty_folder_is_nothing_to_import(take: Run, cases: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir(mode=0o700)
    done = take(tmp_path / "letters")
    assert done.out == ""
    assert "0 of 0 letters imported" in done.err


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        ("good", 0),
        ("bad", 3),
        ("taken", 5),
        ("gone", 4),
        ("good bad", 3),
        ("bad good", 3),
        ("bad gone", 4),
        ("taken bad good", 5),
        ("bad taken", 5),
        ("gone taken", 5),
    ],
)
def test_the_exit_code_is_the_worst(
    take: Run, cases: Path, tmp_path: Path, kinds: str, code: int
) -> None:
    saved(cases, a_case())
    documents = {
        "good": put(tmp_path, "good.txt", a_letter(OTHER_NUMBER)),
        "bad": put(tmp_path, "bad.txt", "Dear Sample Worker,"),
        "taken": put(tmp_path, "taken.txt", a_letter()),
        "gone": tmp_path / "gone.txt",
    }
    done = take(*(documents[kind] for kind in kinds.split()))
    assert done.code == code
    assert (cases / f"{OTHER_NUMBER}.toml").exists() == ("good" in kinds)
    assert len(done.out.splitlines()) == kinds.count("good")
    assert len(done.err.splitlines()) == len(kinds.split()) - kinds.count("good") + 1
    assert case_in(cases) == a_case()


def test_the_same_letter_twice_is_imported_once(take: Run, cases: Path, tmp_path: Path) -> None:
    source = put(tmp_path, "letter.txt", a_letter())
    done = take(source, source)
    assert done.code == 5
    assert "1 of 2 letters imported" in done.err


def test_a_name_with_control_characters_is_shown_harmlessly(take: Run, tmp_path: Path) -> None:
    done = take(put(tmp_path, "\x1b[31mred.txt", "no letter"))
    assert done.code == 3
    assert "<U+001B>[31mred.txt" in done.err


# Options


def test_an_existing_case_is_not_overwritten(take: Run, cases: Path, tmp_path: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    before = path.read_bytes()
    done = take(put(tmp_path, "letter.txt", a_letter()))
    assert_refused(done, 5, "already exists. It was not changed")
    assert path.read_bytes() == before
    assert files_in(cases) == [f"{NUMBER}.toml"]


def test_a_number_in_other_letters_is_the_same_case(take: Run, cases: Path, tmp_path: Path) -> None:
    saved(cases, a_case(particulars=Particulars(number=NUMBER.lower())))
    done = take(put(tmp_path, "letter.txt", a_letter()))
    assert_refused(done, 5, "already exists. It was not changed")


@pytest.mark.parametrize("data", [b"\n", b"own words, no case\n", b"\xff\x00"])
def test_replacing_keeps_the_bytes_that_were_there(
    take: Run, cases: Path, tmp_path: Path, data: bytes
) -> None:
    path = cases / f"{NUMBER}.toml"
    path.write_bytes(data)
    done = take("--replace", put(tmp_path, "letter.txt", a_letter()))
    assert (done.code, case_in(cases).particulars.imported) == (0, True)
    imported, replaced = Versions(cases, NUMBER).all()
    assert (imported.event, replaced.event) == (Event.IMPORTED, Event.REPLACED)
    assert replaced.path.read_bytes() == data
    assert imported.path.read_bytes() == path.read_bytes()


def test_replacing_again_keeps_every_former_case(take: Run, cases: Path, tmp_path: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    first = path.read_bytes()
    take("--replace", put(tmp_path, "one.txt", a_letter()))
    second = path.read_bytes()
    take("--replace", put(tmp_path, "two.txt", a_letter(NUMBER, an_item("Another"))))
    kept = [version.path.read_bytes() for version in Versions(cases, NUMBER).all()]
    assert kept == [path.read_bytes(), second, first]


def test_replacing_what_is_not_there_makes_a_case(take: Run, cases: Path, tmp_path: Path) -> None:
    assert take("--replace", put(tmp_path, "letter.txt", a_letter())).code == 0
    assert files_in(cases) == [f"{NUMBER}.toml"]


def test_letters_are_of_the_reviewer_only_if_they_say_so(
    take: Run, cases: Path, tmp_path: Path
) -> None:
    letter = put(tmp_path, "letter.txt", a_letter())
    assert take(letter).code == 0
    path = cases / f"{NUMBER}.toml"
    assert open_case(path).case.particulars.own is None
    assert take("--own", "--replace", letter).code == 0
    assert open_case(path).case.particulars.own
    assert "imported = true\nown = true\n" in path.read_text()


def test_a_case_that_is_open_elsewhere_is_not_replaced(
    take: Run, cases: Path, tmp_path: Path
) -> None:
    (path,) = saved(cases, a_complete_case())
    before = path.read_bytes()
    other = claim(cases, NUMBER, Holder(who="drjane", host="ward"))
    done = take("--replace", put(tmp_path, "letter.txt", a_letter()))
    assert_refused(done, 5, "drjane on ward.* has .* open")
    assert path.read_bytes() == before
    other.release()
    assert take("--replace", put(tmp_path, "letter.txt", a_letter())).code == 0


def test_replacing_does_not_touch_a_case_for_what_is_no_letter(
    take: Run, cases: Path, tmp_path: Path
) -> None:
    (path,) = saved(cases, a_complete_case())
    before = path.read_bytes()
    source = put(tmp_path, f"{NUMBER}.txt", "no letter")
    assert_refused(take("--replace", source), 3, "is not an IMR determination letter")
    assert path.read_bytes() == before
    assert files_in(cases) == [f"{NUMBER}.toml"]


def test_a_report_writes_nothing(take: Run, cases: Path, tmp_path: Path) -> None:
    saved(cases, a_case())
    before = (cases / f"{NUMBER}.toml").read_bytes()
    done = take("--report", put(tmp_path, "letter.txt", a_letter()))
    assert done.code == 0
    assert done.err == "imr-tui: 1 of 1 letters can be imported.\n"
    assert "citations read into fields: MTUS 2 of 2, others 0 of 0" in done.out
    assert "text: same as the letter" in done.out
    assert files_in(cases) == [f"{NUMBER}.toml"]
    assert (cases / f"{NUMBER}.toml").read_bytes() == before


def test_page_furniture_is_left_out_and_listed(take: Run, cases: Path, tmp_path: Path) -> None:
    pages = pages_of(a_letter(NUMBER, *ITEMS, *(an_item(f"{n} visits") for n in range(2, 9))), 30)
    footed = [f"{page}\n\nPage {at} of {len(pages)}\n" for at, page in enumerate(pages, 1)]
    source = put(tmp_path, "letter.txt", "\f".join(footed))
    done = take("--report", source)
    assert done.code == 0
    first = 1 + footed[0].split("\n").index(f"Page 1 of {len(pages)}")
    listed = f"  skipped: line {first}, page number, as in Page 3 of 7: Page 1 of {len(pages)}\n"
    assert listed in done.out
    assert done.out.count("skipped: line") == len(pages)
    assert "text: same as the letter" in done.out
    done = take(source)
    told = f"  skipped: {len(pages)} lines of page headers and footers (--report lists them)\n"
    assert told in done.out
    assert "Page 1" not in (cases / f"{NUMBER}.toml").read_text()


@pytest.mark.parametrize("length", [30, 41])
def test_the_page_numbers_of_a_pdf_are_no_words(
    take: Run, cases: Path, tmp_path: Path, length: int
) -> None:
    pages = pages_of(a_letter(), length)
    footed = [f"{page}\n{at}" for at, page in enumerate(pages, 1)]
    assert take(put(tmp_path, "letter.pdf", a_pdf(*footed))).code == 0
    assert compare(a_letter(), case_in(cases)).is_equal


def test_a_report_needs_no_folder(run: Run, tmp_path: Path) -> None:
    source = put(tmp_path, "letter.txt", a_letter())
    assert run("import", "--report", "--folder", tmp_path / "none", source).code == 0
    assert names(tmp_path) == ["letter.txt"]


def test_a_report_of_what_is_no_letter(take: Run, tmp_path: Path) -> None:
    done = take("--report", put(tmp_path, "letter.txt", "no letter"))
    assert_refused(done, 3, r"no heading 'HOW.*\nimr-tui: 0 of 1 letters can be imported\.\n$")


def test_words_that_do_not_come_back_are_named(take: Run, tmp_path: Path) -> None:
    letter = a_letter().replace("Services sent the complete", "Services mailed the complete")
    done = take("--report", put(tmp_path, "letter.txt", letter))
    assert done.code == 0
    assert "text: differs from the letter" in done.out
    assert "missing: mailed" in done.out
    assert "added: sent" in done.out


def test_the_number_of_a_letter_without_a_header(take: Run, cases: Path, tmp_path: Path) -> None:
    source = put(tmp_path, "no number.txt", without_header(a_letter()))
    assert_refused(take(source), 3, r"Give it with --number")
    assert files_in(cases) == []
    assert take("--number", OTHER_NUMBER, source).code == 0
    assert files_in(cases) == [f"{OTHER_NUMBER}.toml"]


def test_the_number_may_be_the_name_of_the_file(take: Run, cases: Path, tmp_path: Path) -> None:
    assert take(put(tmp_path, f"{OTHER_NUMBER}.txt", without_header(a_letter()))).code == 0
    assert files_in(cases) == [f"{OTHER_NUMBER}.toml"]


@pytest.mark.parametrize("number", ["../CM26", "a b", "x" * 41, "-"])
def test_a_number_that_is_none(take: Run, cases: Path, tmp_path: Path, number: str) -> None:
    done = take("--number", number, put(tmp_path, "letter.txt", without_header(a_letter())))
    assert_refused(done, 3, "case number")
    assert files_in(cases) == []
    assert names(tmp_path) == ["cases", "letter.txt"]


def test_the_number_goes_with_one_letter(take: Run, cases: Path, tmp_path: Path) -> None:
    source = put(tmp_path, "letter.txt", without_header(a_letter()))
    assert_refused(
        take("--number", NUMBER, source, source), 3, "--number works with a single letter"
    )
    assert files_in(cases) == []


@pytest.mark.parametrize("as_pdf", [False, True])
def test_a_letter_on_standard_input(take: Run, cases: Path, as_pdf: bool) -> None:
    data = a_pdf(*pages_of(a_letter())) if as_pdf else a_letter().encode()
    done = take("-", stdin=data)
    assert (done.code, done.out.partition(":")[0]) == (0, "standard input")
    assert files_in(cases) == [f"{NUMBER}.toml"]


def test_a_letter_on_standard_input_may_need_a_number(take: Run, cases: Path) -> None:
    data = without_header(a_letter()).encode()
    assert_refused(take("-", stdin=data), 3, "--number")
    assert take("--number", NUMBER, "-", stdin=data).code == 0


def test_nothing_on_standard_input(take: Run) -> None:
    assert_refused(take("-"), 3, r"^imr-tui: standard input.* contains no text")


def test_loose_takes_what_is_certain(run: Run, take: Run, cases: Path, tmp_path: Path) -> None:
    text = f"Case Number: {NUMBER}\nDate of Injury: 11/09/2026\n\nNOTICE\n\nUpheld in part.\n"
    source = put(tmp_path, "notice.txt", text)
    assert_refused(take(source), 3, "is not an IMR determination letter")
    assert take("--loose", source).code == 0
    case = case_in(cases)
    assert case.particulars.date_of_injury == DAY
    assert one_line(case.summary.text) == one_line(text)
    assert case.items == ()


def test_without_a_document_the_usage_is_told(take: Run) -> None:
    assert take().code == 2


def test_a_folder_of_cases_that_is_not_there(run: Run, tmp_path: Path) -> None:
    source = put(tmp_path, "letter.txt", a_letter())
    done = run("import", "--folder", tmp_path / "none", source)
    assert_refused(done, 4, "There is no folder")


# Encodings


ACCENTED = a_letter().replace("treated with rest", "treated with caf\u00e9 \u2013 rest")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings(take: Run, cases: Path, tmp_path: Path, encoding: str, newline: str) -> None:
    data = ACCENTED.replace("\n", newline).encode(encoding)
    assert take(put(tmp_path, "letter.txt", data)).code == 0
    case = case_in(cases)
    assert "caf\u00e9 \u2013 rest" in case.summary.text
    assert compare(ACCENTED, case).is_equal


UNREADABLE = {
    "utf-16": (a_letter().encode("utf-16"), "is neither text nor a PDF"),
    "utf-16-be": (a_letter().encode("utf-16-be"), "is neither text nor a PDF"),
    "empty": (b"", "contains no text"),
    "blank": (b" \r\n\f\n", "contains no text"),
    "binary": (bytes(range(256)) * 8, "is neither text nor a PDF"),
    "no encoding": (a_letter().encode() + b"\x81\xff", "has an unknown encoding"),
    "image": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is neither text nor a PDF"),
    "other text": (b"Dear Sample Worker,\n", "is not an IMR determination letter"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_text(take: Run, cases: Path, tmp_path: Path, name: str) -> None:
    data, says = UNREADABLE[name]
    done = take(put(tmp_path, "letter.txt", data))
    assert_refused(done, 3, says)
    assert done.err.startswith(f"imr-tui: {tmp_path / 'letter.txt'}")
    assert files_in(cases) == []


def test_a_document_that_is_too_large(take: Run, cases: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "letter.txt", "")
    with path.open("r+b") as file:
        file.truncate(MAX_BYTES + 1)
    assert_refused(take(path), 4, "is larger than")


def test_a_text_that_is_too_long(take: Run, cases: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "letter.txt", a_letter() + "-\n" * 1_000_000)
    assert_refused(
        take(path), 3, r"letter\.txt is too long for a letter: over 2,000,000 characters"
    )
    assert files_in(cases) == []


def test_a_link_is_not_followed(take: Run, cases: Path, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(put(tmp_path, "letter.txt", a_letter()))
    assert take(tmp_path / "link.txt").code == 4
    assert files_in(cases) == []


# PDFs


def test_a_pdf_gives_the_case_that_its_text_gives(take: Run, cases: Path, tmp_path: Path) -> None:
    letter = a_letter(NUMBER, *ITEMS, *(an_item(f"{n} visits") for n in range(2, 9)))
    pages = pages_of(letter)
    assert len(pages) > 1
    assert take(put(tmp_path, "letter.pdf", a_pdf(*pages))).code == 0
    assert compare(letter, case_in(cases)).is_equal


@pytest.mark.parametrize("length", range(20, 50, 3))
def test_where_the_pages_of_a_pdf_end_changes_no_word(
    take: Run, cases: Path, tmp_path: Path, length: int
) -> None:
    source = put(tmp_path, "letter.pdf", a_pdf(*pages_of(a_letter(), length)))
    assert take(source).code == 0
    case = case_in(cases)
    assert compare(a_letter(), case).is_equal
    assert [item.request for item in case.items] == [item.request for item in ITEMS]


def test_a_pdf_is_known_by_its_beginning(take: Run, cases: Path, tmp_path: Path) -> None:
    assert take(put(tmp_path, "letter.txt", b"\n " + a_pdf(a_letter()))).code == 0
    assert files_in(cases) == [f"{NUMBER}.toml"]


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_with_an_empty_password_opens(
    take: Run, cases: Path, tmp_path: Path, algorithm: str
) -> None:
    pdf = encrypted(a_pdf(*pages_of(a_letter())), "", algorithm)
    assert take(put(tmp_path, "letter.pdf", pdf)).code == 0
    assert compare(a_letter(), case_in(cases)).is_equal


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_with_a_password_is_refused(
    take: Run, cases: Path, tmp_path: Path, algorithm: str
) -> None:
    pdf = encrypted(a_pdf(a_letter()), "secret", algorithm)
    assert_refused(
        take(put(tmp_path, "letter.pdf", pdf)), 3, r"letter\.pdf is a PDF that needs a password"
    )
    assert files_in(cases) == []


LOOP = assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] >>"])
HOSTILE = {
    "blank pages": (a_pdf("", ""), "contains no text. Scanned pages need OCR first"),
    "101 pages": (a_pdf(*["x"] * 101), r"has 101 pages. A letter can have at most 100"),
    "no pages": (a_pdf(), "contains no text|could not be read"),
    "garbage": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "could not be read"),
    "only its beginning": (b"%PDF", "could not be read"),
    "without a root": (assembled([b"null"]), "could not be read"),
    "pages of itself": (LOOP, "could not be read|contains no text"),
    "other text": (a_pdf("Dear Sample Worker,"), "is not an IMR determination letter"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_pdf_that_is_no_letter(take: Run, cases: Path, tmp_path: Path, name: str) -> None:
    data, says = HOSTILE[name]
    done = take(put(tmp_path, "letter.pdf", data))
    assert_refused(done, 3, says)
    assert done.err.startswith(f"imr-tui: {tmp_path / 'letter.pdf'}")
    assert files_in(cases) == []


def test_a_hundred_pages_are_read(take: Run, cases: Path, tmp_path: Path) -> None:
    pages = [*pages_of(a_letter()), *["It is so."] * 98]
    assert take(put(tmp_path, "letter.pdf", a_pdf(*pages[:100]))).code == 0


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_pdf_makes_no_case_of_a_part(
    take: Run, cases: Path, tmp_path: Path, share: float
) -> None:
    pdf = a_pdf(*pages_of(a_letter()))
    done = take(put(tmp_path, "letter.pdf", pdf[: int(len(pdf) * share)]))
    assert done.code in (0, 3)
    if done.code == 0:
        assert compare(a_letter(), case_in(cases)).is_equal
    else:
        assert_refused(done, 3, r"letter\.pdf")
        assert files_in(cases) == []


@pytest.mark.slow
def test_a_damaged_pdf_never_ends_the_command(take: Run, cases: Path, tmp_path: Path) -> None:
    pdf = a_pdf(a_letter())
    for at in range(0, len(pdf), len(pdf) // 40):
        broken = pdf[:at] + b"<<>>[]" + pdf[at + 6 :]
        done = take("--report", put(tmp_path, "letter.pdf", broken))
        assert done.code in (0, 3)


SLOW = shared(drawn(b"x", 30_000), 100)


@pytest.mark.slow
def test_a_pdf_that_takes_long_is_refused_and_the_next_one_read(
    take: Run, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_child, "MAX_SECONDS", 2)
    slow = put(tmp_path, "a.pdf", SLOW)
    fine = put(tmp_path, "b.pdf", a_pdf(*pages_of(a_letter())))
    done = take(slow, fine)
    assert done.code == 3
    assert f"Reading the PDF {slow} takes more than 2 seconds. Nothing was written." in done.err
    assert "1 of 2 letters imported" in done.err
    assert files_in(cases) == [f"{NUMBER}.toml"]


@pytest.mark.slow
def test_a_slow_pdf_is_told_by_check_too(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_child, "MAX_SECONDS", 2)
    for arguments, stdin in ((put(tmp_path, "a.pdf", SLOW), b""), ("-", SLOW)):
        done = run("check", arguments, stdin=stdin)
        assert done.code == 3
        assert "takes more than 2 seconds" in done.err


@pytest.mark.slow
@pytest.mark.parametrize("command", ["import", "check"])
def test_on_a_terminal_the_pages_are_told_and_ctrl_c_ends_it(
    tmp_path: Path, cases: Path, command: str
) -> None:
    source = put(tmp_path, "letter.pdf", SLOW)
    words = [sys.executable, "-m", "imr_tui", command, str(source)]
    with unignored():
        pid, line = pty.fork()
        if pid == 0:
            os.chdir(tmp_path)
            os.execv(words[0], words)
    said = b""
    while b"letter.pdf: page 2 of 100" not in said:
        said += os.read(line, 1000)
    begun = time.monotonic()
    os.write(line, b"\x03")
    while True:
        try:
            said += os.read(line, 1000)
        except OSError:
            break
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 130
    assert time.monotonic() - begun < 20
    assert b"Traceback" not in said
    assert said.rstrip(b"\r").endswith(b" ")
    os.close(line)
    assert files_in(cases) == []


@pytest.mark.slow
def test_without_a_terminal_no_page_is_told(take: Run, tmp_path: Path) -> None:
    source = put(tmp_path, "letter.pdf", shared(drawn(b"x", 30_000), 3))
    assert "page" not in take(source).err
