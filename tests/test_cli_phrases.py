"""`imr-tui phrases`, and the files of phrases."""

from pathlib import Path

import pytest

from imr_tui.errors import BadInput
from imr_tui.phrases.phrase import MAX_LENGTH, Phrase
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import make_account_folder
from imr_tui.store.config.phrase_files import (
    FILE,
    MAX_PHRASES,
    load_phrases,
    own_phrases,
    save_phrases,
)
from tests.commands import Run


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    path = tmp_path / "cases"
    path.mkdir(mode=0o700)
    return Folder(path)


def test_the_list_shows_the_phrases_with_all_words(folder: Folder, run: Run) -> None:
    save_phrases(folder, (Phrase("grip", "The grip is weak.", about="Of a hand"),))
    code, out, _ = run("phrases", "search", "hand", "weak", "--folder", folder.path)
    assert (code, out) == (0, ".grip (own)  Of a hand\n    The grip is weak.\n")
    code, out, err = run("phrases", "nothing-like-it", "--folder", folder.path)
    assert (code, out) == (1, "")
    assert "No phrase has these words." in err


def test_the_export_can_be_read_again(folder: Folder, run: Run) -> None:
    own = (Phrase("one", 'A "quote"\nand \\ more.', ("summary",), "about"), Phrase("two", "{age}"))
    save_phrases(folder, own)
    _, out, _ = run("phrases", "export", "--folder", folder.path)
    (make_account_folder(folder.path) / FILE).write_text(out)
    assert own_phrases(folder) == own


def test_an_import_adds_phrases_and_replaces_only_if_asked(
    folder: Folder, tmp_path: Path, run: Run
) -> None:
    save_phrases(folder, (Phrase("one", "old"), Phrase("two", "kept")))
    file = tmp_path / "mine.txt"
    file.write_text(".one\nnew {.taper}\n.three\nx\n")
    code, _, err = run("phrases", "import", str(file), "--folder", folder.path)
    assert code == 3
    assert "You have phrases of these names: .one. Nothing was imported. Use --replace." in err
    assert own_phrases(folder)[0].text == "old"
    code, _, err = run("phrases", "import", "--replace", str(file), "--folder", folder.path)
    assert code == 0
    assert "2 phrases imported." in err
    assert [each.text for each in own_phrases(folder)] == ["new {.taper}", "kept", "x"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (".one\n{.nosuch}\n", ".one includes .nosuch, and there is no such phrase."),
        (".one\n{oops}\n", 'line 1: the snippet one has "{oops}"'),
    ],
)
def test_a_faulty_import_changes_nothing(
    folder: Folder, tmp_path: Path, text: str, says: str, run: Run
) -> None:
    file = tmp_path / "mine.txt"
    file.write_text(text)
    code, _, err = run("phrases", "import", str(file), "--folder", folder.path)
    assert code == 3
    assert says in err
    assert "Nothing was imported." in err
    assert own_phrases(folder) == ()


def test_an_export_can_be_imported_by_another_account(
    folder: Folder, tmp_path: Path, run: Run
) -> None:
    own = (Phrase("one", "A {a|b}\nand ***.", ("summary",), "about"), Phrase("two", "{age}"))
    save_phrases(folder, own)
    file = tmp_path / "mine.toml"
    file.write_text(run("phrases", "export", "--folder", folder.path).out)
    save_phrases(folder, ())
    assert run("phrases", "import", str(file), "--folder", folder.path).code == 0
    assert own_phrases(folder) == own


def test_an_import_leaves_the_phrases_readable_that_are_there(
    folder: Folder, tmp_path: Path, run: Run
) -> None:
    own = (Phrase("one", "{.two}"), Phrase("two", "x"))
    save_phrases(folder, own)
    file = tmp_path / "mine.txt"
    file.write_text(".two\n{.one}\n")
    code, _, err = run("phrases", "import", "--replace", str(file), "--folder", folder.path)
    assert (code, own_phrases(folder)) == (3, own)
    assert ".one includes itself, through .two. Nothing was imported." in err
    file.write_text("".join(f".n{at}\nx\n" for at in range(MAX_PHRASES - 1)))
    code, _, err = run("phrases", "import", str(file), "--folder", folder.path)
    assert (code, own_phrases(folder)) == (3, own)
    assert "You can have 1,000 phrases, not 1,001. Your phrases were not changed." in err


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ((Phrase("long", "x" * (MAX_LENGTH + 1)),), ".long has more than 20,000 characters"),
        (tuple(Phrase(f"n{at}", "x" * MAX_LENGTH) for at in range(101)), "2,000,000 bytes"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(
    folder: Folder, own: tuple[Phrase, ...], says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        save_phrases(folder, own)
    assert own_phrases(folder) == ()


# ── The files ────────────────────────────────────────────────────────────────────────────────


def test_the_reviewers_phrase_replaces_the_sites_and_the_shipped_one(
    folder: Folder, tmp_path: Path
) -> None:
    site = tmp_path / FILE
    site.write_text('[[phrase]]\nname = "taper"\ntext = "of the site"\n')
    site.chmod(0o644)
    found = load_phrases(folder, site).get("taper", "rationale")
    assert found == Phrase("taper", "of the site", origin="site")
    save_phrases(folder, (Phrase("taper", "mine"),))
    assert load_phrases(folder, site).get("taper", "rationale") == Phrase("taper", "mine")


def test_the_sites_file_must_be_roots(folder: Folder, tmp_path: Path) -> None:
    site = tmp_path / FILE
    site.write_text("")
    site.chmod(0o666)
    with pytest.raises(BadInput, match="must belong to root") as error:
        load_phrases(folder, site)
    assert "Its phrases were not used." in str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[phrase]]\nname = "one"\n', "line 1: phrase 1 text is missing"),
        ('[[phrase]]\nname = "One"\ntext = "x"\n', "line 2: phrase 1 name"),
        ('[[phrase]]\nname = "one"\ntext = ""\n', "line 3: phrase 1 text"),
        ('[[phrase]]\nname = "one"\ntext = "x"\nfields = ["letter"]\n', "line 4: phrase 1 fields"),
        ('[[phrase]]\nname = "one"\ntext = "{x}"\n', 'line 3: .one has "{x}"'),
        ('[[phrase]]\nname = "one"\ntext = "{.two}"\n', "line 3: .one includes .two"),
        ('[[phrase]]\nname = "one"\ntext = "x"\nrun = "ls"\n', "line 4: phrase 1 run is not"),
        ('[[phrase]]\nname = "ab"\ntext = "x"\n' * 2, "line 5: .ab is there twice"),
        ("phrase = 3\n", "line 1: phrase"),
        ("[[phrase\n", "not valid TOML"),
    ],
)
def test_a_faulty_file_is_refused_whole(folder: Folder, text: str, says: str) -> None:
    (make_account_folder(folder.path) / FILE).write_text(text)
    with pytest.raises(BadInput) as error:
        load_phrases(folder)
    assert says in str(error.value)
    assert str(error.value).endswith("Its phrases were not used.")
