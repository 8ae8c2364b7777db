"""Hostile files of phrases: each is refused with a line, or read; nothing is lost."""

import re
from pathlib import Path

import pytest

from imr_tui.errors import BadInput
from imr_tui.phrases.phrase import Phrase
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import make_account_folder
from imr_tui.store.config.phrase_files import FILE, load_phrases, own_phrases, save_phrases
from tests.commands import Run
from tests.phrases.hostile import Hostile, files

OWN = (Phrase("mine", "The grip is weak. {.taper}"),)
FILES = tuple(files())
WHOLE = ("larger than 2,000,000 bytes", "nested too deeply")
"""Refusals of a file as a whole, which name no line."""
LONGEST = 700
"""Characters of a refusal, apart from the path."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    path = tmp_path / "cases"
    path.mkdir(mode=0o700)
    folder = Folder(path)
    save_phrases(folder, OWN)
    return folder


def assert_refusal(message: str, file: Hostile, path: Path) -> None:
    assert file.says != ""
    if file.says != "?":
        assert file.says in message
    assert re.search(r"line \d+", message) or any(each in message for each in WHOLE), message
    assert len(message.replace(str(path), "")) <= LONGEST
    assert "Traceback" not in message


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.suffix} {file.name}")
def test_an_import_reads_a_file_whole_or_refuses_it_with_its_line(
    file: Hostile, folder: Folder, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / f"mine{file.suffix}"
    path.write_bytes(file.data)
    code, out, err = run("phrases", "import", str(path), "--folder", folder.path)
    assert out == ""
    if code == 0:
        assert file.says in ("", "?")
        assert own_phrases(folder)[0] == OWN[0]
        # Each of them can be expanded.
        load_phrases(folder)
    else:
        assert code in (3, 4)
        assert_refusal(err, file, path)
        assert own_phrases(folder) == OWN


@pytest.mark.parametrize(
    "file", [each for each in FILES if each.suffix == ".toml"], ids=lambda file: file.name
)
def test_a_file_of_phrases_is_read_whole_or_refused_with_its_line(
    file: Hostile, folder: Folder
) -> None:
    path = make_account_folder(folder.path) / FILE
    path.write_bytes(file.data)
    try:
        phrases = load_phrases(folder)
    except BadInput as error:
        assert_refusal(str(error), file, path)
    else:
        assert file.says in ("", "?")
        for phrase in phrases:
            assert phrases.fault(phrase) == ""


def test_there_are_a_hundred_of_them_besides_the_broken_ones() -> None:
    assert len([each for each in FILES if each.says != "?"]) >= 100
