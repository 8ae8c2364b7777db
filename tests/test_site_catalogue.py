"""The guidelines of a site: what they add and replace, and a hostile file, of which none counts."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from imr_tui.catalogue.catalogue import Catalogue, shipped
from imr_tui.catalogue.guidelines import Guideline, Topic
from imr_tui.catalogue.search import index
from imr_tui.errors import BadInput, CannotStore
from imr_tui.model.limits import MAX_ROWS
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.site_catalogue import MAX_BYTES, load_catalogue
from imr_tui.store.safety import safe_open
from tests.builders import descriptors

pytestmark = pytest.mark.process

AS_OF = "as_of = 2026-11-01\n"
WHOLE = AS_OF + dedent(
    """\
    [[mtus]]
    id = "mtus-2030-feet"
    title = "Feet Guideline"
    printed = "Feet"
    year = 2030
    section = "9792.23.7"
    effective_from = 2030-01-01

    [[other]]
    id = "sample-knees"
    title = "Guideline of the Sample Society on Knees"
    printed = "Sample Guideline on Knees"
    paged = "Sample Knees"
    organization = "Sample Society"
    year = 2020
    section = "Chapter 3"
    pages = "1-40, 50-60"
    effective_from = 2020-02-01
    effective_to = 2024-03-31
    end_known = false
    change_proposed = 2026-02-27
    aliases = ["knees", "SSK"]
    source = "The society's own edition"
    verified = true

    [[other.topics]]
    title = "Massage"
    pages = "12"
    aliases = ["rubbing"]

    [[other.topics]]
    title = "Exercise"
    """
)


def written(folder: Path, text: str | bytes) -> Path:
    """The site's file in `folder`."""
    (folder / ".imr").mkdir(mode=0o700, exist_ok=True)
    path = folder / ".imr" / "guidelines.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def loaded(folder: Path, text: str) -> Catalogue:
    written(folder, text)
    return load_catalogue(Folder(folder))


def row(kind: str = "other", **keys: str) -> str:
    """A row from line 2 of a file on, with TOML values; a blank value leaves its key out."""
    whole = {"id": '"sample"', "title": '"T"', "printed": '"T"'}
    if kind == "mtus":
        whole |= {"section": '"9792.24.2"', "year": "2020"}
    lines = [f"{key} = {value}" for key, value in (whole | keys).items() if value]
    return f"[[{kind}]]\n" + "\n".join(lines) + "\n"


def test_a_row_is_composed_as_cases_are(cases: Path) -> None:
    site = loaded(cases, AS_OF + row(title='"Me\u0301nie\u0300re"'))
    guideline = site.by_id("sample")
    assert guideline is not None
    assert guideline.title == "Ménière"


# What is added


def test_without_a_file_the_catalogue_is_the_shipped_one(cases: Path) -> None:
    assert load_catalogue(Folder(cases)) is shipped()


def test_a_sites_rows_are_added_at_the_end_and_marked(cases: Path) -> None:
    catalogue = loaded(cases, WHOLE)
    count = len(shipped().guidelines)
    assert catalogue.guidelines[:count] == shipped().guidelines
    assert catalogue.guidelines[count:] == (
        Guideline(
            id="mtus-2030-feet",
            kind="mtus",
            title="Feet Guideline",
            printed="Feet",
            year=2030,
            section="9792.23.7",
            effective_from=date(2030, 1, 1),
            source="",
            verified=False,
            as_of=date(2026, 11, 1),
            is_site=True,
        ),
        Guideline(
            id="sample-knees",
            kind="other",
            title="Guideline of the Sample Society on Knees",
            printed="Sample Guideline on Knees",
            paged="Sample Knees",
            organization="Sample Society",
            year=2020,
            section="Chapter 3",
            pages="1-40, 50-60",
            effective_from=date(2020, 2, 1),
            effective_to=date(2024, 3, 31),
            end_known=False,
            change_proposed=date(2026, 2, 27),
            aliases=("knees", "SSK"),
            source="The society's own edition",
            verified=True,
            topics=(
                Topic(title="Massage", pages="12", aliases=("rubbing",)),
                Topic(title="Exercise"),
            ),
            as_of=date(2026, 11, 1),
            is_site=True,
        ),
    )
    assert not any(guideline.is_site for guideline in shipped().guidelines)
    assert catalogue.as_of == shipped().as_of


def test_a_sites_rows_are_found(cases: Path) -> None:
    catalogue = loaded(cases, WHOLE)
    assert catalogue.by_id("sample-knees") in catalogue.guidelines
    assert catalogue.printed_as("SAMPLE guideline on knees", 2020) == "sample-knees"
    assert index(catalogue).search("ssk")[0].guideline.id == "sample-knees"
    assert shipped().by_id("sample-knees") is None
    assert index(shipped()).search("ssk") == []


def test_a_row_with_a_known_id_takes_the_place_of_the_shipped_one(cases: Path) -> None:
    text = AS_OF + row("mtus", id='"mtus-2009-chronicpain"', printed='"Ours"') + row(id='"mine"')
    catalogue = loaded(cases, text)
    before = [guideline.id for guideline in shipped().guidelines]
    assert [guideline.id for guideline in catalogue.guidelines] == [*before, "mine"]
    place = before.index("mtus-2009-chronicpain")
    assert catalogue.guidelines[place].printed == "Ours"
    assert catalogue.guidelines[place].is_site
    assert catalogue.by_id("mtus-2009-chronicpain") is catalogue.guidelines[place]
    assert catalogue.guidelines[place + 1 : -1] == shipped().guidelines[place + 1 :]
    unchanged = shipped().by_id("mtus-2009-chronicpain")
    assert unchanged is not None
    assert not unchanged.is_site


@pytest.mark.parametrize("kind", ["mtus", "acoem", "odg", "other"])
def test_the_name_of_a_table_is_the_kind(cases: Path, kind: str) -> None:
    guideline = loaded(cases, AS_OF + row(kind)).by_id("sample")
    assert guideline is not None
    assert (guideline.kind, guideline.is_mtus) == (kind, kind == "mtus")


def test_a_file_without_rows_adds_nothing(cases: Path) -> None:
    assert loaded(cases, AS_OF).guidelines == shipped().guidelines


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + AS_OF + row(),
        AS_OF.replace("\n", "\r\n") + row().replace("\n", "\r\n"),
        "# ours\n" + AS_OF + row(aliases="[]", topics="[]", year="2020", yearly="true"),
        AS_OF + row("mtus", section='"9792.24"'),
        AS_OF + row("mtus", section='"9792.23.10"'),
        AS_OF + row("mtus", section='"9792.23.1-9792.23.9"'),
        AS_OF + row(effective_from="2020-01-01", effective_to="2020-01-01"),
        AS_OF + row(pages='"1–127"'),
        AS_OF + row(id='"a"', title=f'"{"x" * 400}"'),
        AS_OF + row(id=f'"{"x" * 60}"'),
        AS_OF + row(title='"Übergröße, “quoted” [b] {{ x }}"'),
    ],
)
def test_what_is_allowed(cases: Path, text: str) -> None:
    assert loaded(cases, text).guidelines[-1].is_site


# What is refused

TWICE = ", ".join(["{id = 'sample', title = 'T', printed = 'T'}"] * 2)
MANY = '"a", ' * (MAX_ROWS + 1)
REFUSED: list[tuple[str, str, str]] = [
    (
        "an unknown key",
        AS_OF + row(tytle='"T"'),
        ", line 6: other 1 tytle is not a known key, did you mean 'title'",
    ),
    (
        "an unknown key of a topic",
        AS_OF + row() + '[[other.topics]]\ntitle = "T"\npage = "1"\n',
        ", line 8: other 1 topics 1 page is not a known key, did you mean 'pages'",
    ),
    (
        "an unknown table",
        AS_OF + row("mtsu"),
        ", line 2: mtsu is not a known key, did you mean 'mtus'",
    ),
    (
        "a key that the program sets",
        AS_OF + row(is_site="true"),
        ", line 6: other 1 is_site is not a known key",
    ),
    (
        "the second row",
        AS_OF + row() + row(id='"b"', yaer="2020"),
        ", line 10: other 2 yaer is not a known key, did you mean 'year'",
    ),
    ("text for a year", AS_OF + row(year='"2020"'), ", line 6: other 1 year must be a whole"),
    ("true for a year", AS_OF + row(year="true"), ", line 6: other 1 year must be a whole number"),
    ("a year too early", AS_OF + row(year="1899"), ", line 6: other 1 year is not valid"),
    ("a year too late", AS_OF + row(year="2101"), ", line 6: other 1 year is not valid"),
    ("a number for text", AS_OF + row(title="5"), ", line 4: other 1 title must be text in quotes"),
    (
        "text for a date",
        AS_OF + row(effective_from='"2020-01-01"'),
        ", line 6: other 1 effective_from must be a date",
    ),
    ("text for true", AS_OF + row(verified='"yes"'), ", line 6: other 1 verified is not valid"),
    ("text for a list", AS_OF + row(aliases='"knees"'), ", line 6: other 1 aliases must be a list"),
    ("a table for a list", AS_OF + "[other]\n", ", line 2: other must be a list"),
    (
        "text for a topic",
        AS_OF + row(topics='["T"]'),
        ", line 6: other 1 topics 1 must be a table",
    ),
    ("a text for the day", "as_of = '2026-11-01'\n", ", line 1: as_of must be a date"),
    ("a time for the day", "as_of = 2026-11-01T10:00:00Z\n", ", line 1: as_of "),
    ("no id", AS_OF + row(id=""), ", line 2: other 1 id is missing"),
    ("no printed title", AS_OF + row(printed=""), ", line 2: other 1 printed is missing"),
    ("a blank title", AS_OF + row(title='""'), ", line 4: other 1 title is not valid"),
    ("a title of spaces", AS_OF + row(title='"  "'), ", line 4: other 1 title is not valid"),
    ("a blank alias", AS_OF + row(aliases='["a", ""]'), ", line 6: other 1 aliases 2 is not valid"),
    *(
        (f"the id {wrong}", AS_OF + row(id=wrong), ", line 3: other 1 id is not valid")
        for wrong in (
            *('""', '"Sample"', '"a b"', '"-a"', '"a-"', '"a--b"', '"a/b"', '"../a"', '"a.b"'),
            *('"a\\n"', '"ä"', '"[b]"', '"１"'),
        )
    ),
    ("a long id", AS_OF + row(id=f'"{"x" * 61}"'), ", line 3: other 1 id is too long"),
    ("a long title", AS_OF + row(title=f'"{"x" * 401}"'), ", line 4: other 1 title is too long"),
    (
        "many aliases",
        AS_OF + row(aliases=f"[{MANY}]"),
        ", line 6: other 1 aliases has too many entries",
    ),
    ("an id twice", AS_OF + row() + row(), ", line 7: the id sample is used twice"),
    (
        "an id twice in two tables",
        AS_OF + row("other") + row("mtus"),
        ", line 3: the id sample is used twice",
    ),
    (
        "an id twice on one line",
        AS_OF + f"other = [{TWICE}]\n",
        ", line 2: the id sample is used twice",
    ),
    (
        "an end before the start",
        AS_OF + row(effective_from="2020-02-01", effective_to="2020-01-31"),
        ", line 2: other 1 is not valid: effective_to is before effective_from",
    ),
    (
        "an end without a start",
        AS_OF + row(effective_to="2020-01-31"),
        ", line 2: other 1 is not valid: effective_to needs effective_from",
    ),
    *(
        (
            f"the pages {wrong}",
            AS_OF + row(pages=f'"{wrong}"'),
            ', line 6: other 1 pages is not valid: write pages as in "1-127"',
        )
        for wrong in ("all", "1-", "x1", ",", " ", "iv-x", "123456")
    ),
    (
        "pages backwards",
        AS_OF + row(pages='"9-1"'),
        ", line 6: other 1 pages is not valid: 9-1 runs backwards",
    ),
    (
        "pages of a topic backwards",
        AS_OF + row() + '[[other.topics]]\ntitle = "T"\npages = "1, 9-3"\n',
        ", line 8: other 1 topics 1 pages is not valid: 9-3 runs backwards",
    ),
    *(
        (
            f"the character {wrong}",
            AS_OF + row(title=f'"a{wrong}b"'),
            ", line 4: other 1 title is not valid: it contains a control",
        )
        for wrong in ("\\u001b[31m", "\\u0000", "\\n", "\\t", "\\u202e", "\\u200b", "\\ue000")
    ),
    (
        "a control character of an alias",
        AS_OF + row(aliases='["a\\u001b"]'),
        ", line 6: other 1 aliases 1 is not valid: it contains a control",
    ),
    (
        "a control character of a heading",
        AS_OF + row() + '[[other.topics]]\ntitle = "a\\u001b"\n',
        ", line 7: other 1 topics 1 title is not valid: it contains a control",
    ),
    *(
        (
            f"the section {wrong}",
            AS_OF + row("mtus", section=f'"{wrong}"'),
            ", line 6: mtus 1 section is not valid",
        )
        for wrong in (
            *("", " ", "Chapter 3", "9792", "9792.2", "9793.24", "24.2", "9792.x"),
            *("see 9792.24.2", "9792.24.2 and others", "9792.245", "9792.24.2.", "19792.24"),
        )
    ),
    ("no section", AS_OF + row("mtus", section=""), ", line 2: mtus 1 section is missing"),
    ("no year", AS_OF + row("mtus", year=""), ", line 2: mtus 1 year is missing"),
    ("no day", row(), ": as_of is missing"),
    ("an empty file", "", ": as_of is missing"),
    ("several faults", AS_OF + row(a="1", b="1", c="1", d="1"), "(1 more)"),
    (
        "a syntax error",
        AS_OF + "[[other]]\nid = \n",
        " is not valid TOML: Invalid value (at line 3",
    ),
    ("a line cut off", AS_OF + '[[other]]\nid = "a', " is not valid TOML"),
    ("a key twice", AS_OF + AS_OF, " is not valid TOML"),
    ("deep nesting", "a = " + "[" * 100_000, " is too large or nested too deeply"),
    ("deep tables", f"{AS_OF}[{'a.' * 400_000}b]\n", ", line 2: a key has too many parts"),
]


def assert_refused(path: Path, says: str) -> None:
    """That the file at `path` is refused, is left, and nothing of it counts."""
    before = path.read_bytes()
    catalogue_access = shipped().guidelines
    with pytest.raises(BadInput) as caught:
        load_catalogue(Folder(path.parent.parent))
    assert str(caught.value).startswith(str(path))
    assert says in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 10_000
    assert path.read_bytes() == before
    assert shipped().guidelines is catalogue_access


@pytest.mark.parametrize(
    ("text", "says"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_a_faulty_file_is_refused_whole(cases: Path, text: str, says: str) -> None:
    path = written(cases, text)
    assert_refused(path, f"{path}{says}" if says[0] in ",: " else says)


@pytest.mark.parametrize("text", [AS_OF + row(tytle="1"), AS_OF + row() + row(), "a = ", "\xff"])
def test_a_refusal_says_that_nothing_of_the_file_was_used(cases: Path, text: str) -> None:
    written(cases, text.encode("latin-1"))
    with pytest.raises(BadInput, match=r"Its guidelines were not used\.$"):
        load_catalogue(Folder(cases))


def test_a_good_row_beside_a_bad_one_does_not_count(cases: Path) -> None:
    path = written(cases, WHOLE + row(id='"b"', tytle='"T"'))
    assert_refused(path, "other 2 tytle is not a known key")
    assert shipped().by_id("sample-knees") is None
    assert load_catalogue(Folder(cases.parent)) is shipped()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("as_of = 2026-11-01 # Núñez".encode("cp1252"), " is not UTF-8: byte 22 is 0xfa."),
        (AS_OF.encode("utf-16"), " is not UTF-8: byte 0 is 0xff."),
        (b"\x00" * 100, " is not valid TOML"),
    ],
    ids=["cp1252", "utf-16", "zeros"],
)
def test_bytes_that_are_no_text_are_refused(cases: Path, data: bytes, says: str) -> None:
    path = written(cases, data)
    assert_refused(path, f"{path}{says}")


def test_a_file_over_its_limit_is_refused(cases: Path) -> None:
    text = AS_OF + row()
    room = MAX_BYTES - len(text)
    assert loaded(cases, text + "#" * room).by_id("sample") is not None
    path = written(cases, text + "#" * (room + 1))
    assert_refused(path, f"{path} is larger than 1,000,000 bytes. It was not used.")


def make_link(path: Path) -> None:
    target = path.with_name("target.toml")
    target.write_text(WHOLE)
    path.symlink_to(target)


def make_huge(path: Path) -> None:
    path.write_text(WHOLE)
    os.truncate(path, safe_open.MAX_BYTES + 1)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (make_link, "could not be read: it is a link."),
        (lambda path: path.symlink_to("nowhere"), "could not be read: it is a link."),
        (Path.mkdir, "is not a regular file, so it was not opened."),
        (os.mkfifo, "is not a regular file, so it was not opened."),
        (make_huge, "is larger than 16,000,000 bytes, so it was not read."),
    ],
    ids=["link", "dangling link", "folder", "fifo", "huge"],
)
def test_what_is_no_file_is_refused(cases: Path, make: Callable[[Path], None], says: str) -> None:
    (cases / ".imr").mkdir(mode=0o700)
    path = cases / ".imr" / "guidelines.toml"
    make(path)
    before = descriptors()
    with pytest.raises(CannotStore) as caught:
        load_catalogue(Folder(cases))
    assert str(caught.value) == f"{path} {says}"
    assert descriptors() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_says_so(cases: Path) -> None:
    written(cases, WHOLE).chmod(0)
    with pytest.raises(CannotStore, match="permission denied"):
        load_catalogue(Folder(cases))
