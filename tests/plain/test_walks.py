"""Cases worked in plain mode as a reviewer works them, on a real terminal, from facts to letter."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from imr_tui.model.case import Case, Item, Reviewer, Summary
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.profile import load_profile, save_profile
from tests.bench.samples import APP, FRESH, SEED, make_folder, on_disk
from tests.plain.walking import Walk, not_lines
from tests.terminal.driver import Terminal
from tests.terminal.test_walk import (
    OTHER_SOURCE,
    RATIONALES,
    SUMMARY,
    Reviewer as AppReviewer,
    letter_of,
)
from tests.test_letter import GOLDEN

pytestmark = pytest.mark.process

AUTHOR = Profile(
    licenses=("Texas", "Florida"), specialties=("Orthopaedic Surgery",), name="Avery Sampleton"
)


def as_received(case: Case) -> Case:
    """A case as it was before the reviewer began: its facts alone."""
    items = tuple(
        Item(
            request=item.request,
            original=item.original,
            authorized=item.authorized,
            follows=item.follows,
            administrator_citations=item.administrator_citations,
        )
        for item in case.items
    )
    return case.but(reviewer=Reviewer(), summary=Summary(), items=items, acknowledged={})


def introduce(walk: Walk) -> None:
    """Answer what a new account is asked."""
    walk.wait_for("licensure, blank now: ")
    walk.type("Texas, Florida", "Specialty, blank now: ")
    walk.type("Orthopaedic Surgery", "optional, blank now: ")
    walk.type("Avery Sampleton", "New PIN, not shown")
    walk.type("")


def attest(walk: Walk) -> None:
    """Give all six attestations."""
    for number in "123456":
        walk.type(number)


def decide(walk: Walk, word: str, rationale: Sequence[str]) -> None:
    """Go to the next decision, state its reasons, and go to its citations."""
    walk.type("n")
    walk.type(word)
    walk.write(rationale)
    walk.type("n")


def cite(walk: Walk, words: str, sections: str = ".") -> None:
    """Cite the first source that is found, with sections or without."""
    walk.type(f"a {words}", "Number to cite")
    walk.type("1", "Sections (A; B)")
    if sections != ".":
        walk.type(sections, "Pages, blank now")
    walk.type(".", "Prints: ")
    walk.wait_for()
    walk.type("d")


def cite_words(walk: Walk, words: str) -> None:
    """Cite words as they are, and say later why the MTUS does not decide."""
    said = walk.type(f"a {words}", "Number to cite")
    (number,) = re.findall(r"(\d+)\. Cite these words as they are", said)
    walk.type(number, "Words, now")
    walk.type(".", "Prints: ")
    walk.wait_for()
    walk.type("d", "Reason, 1 to 2")
    walk.type("")


def write_letter(walk: Walk, *, has_warnings: bool) -> None:
    """Write the letter at Review, after a question if the case has warnings, and end."""
    assert "Review of" in walk.type("n")
    if has_warnings:
        walk.type("w", "Write the letter anyway? y yes, n no: ")
    walk.type("y" if has_warnings else "w", "Letter written")
    walk.wait_for()
    assert "Worklist" in walk.type("q")
    walk.type("q", "All is saved.")
    assert walk.end() == 0


@pytest.mark.slow
def test_the_seed_case_is_worked_to_the_golden_letter(tmp_path: Path) -> None:
    # Without the word that marks the texts of other tests: the golden letter lacks it.
    path = make_folder(tmp_path) / SEED.name
    path.write_bytes(SEED.read_bytes())
    path.chmod(0o600)
    seed = on_disk(path)
    open_case(path).save(as_received(seed))
    with Walk([path], tmp_path) as walk:
        walk.wait_for()
        walk.type("states Texas, Florida", "Correct your profile")
        walk.type("n")
        walk.type("specialties Anesthesiology, Pain Management", "Correct your profile")
        walk.type("n")
        attest(walk)
        walk.type("n")
        walk.write([seed.summary.text])
        decide(walk, "u", [seed.items[0].rationale])
        mtus, other = seed.items[0].citations
        walk.type("a chronic pain medical treatment guidelines 2009", "Number to cite")
        walk.type("1", "Pages, ")
        walk.type(mtus.pages, "Standard, ")
        walk.type("", "Prints: ")
        walk.wait_for()
        walk.type("d")
        cite_words(walk, other.text)
        write_letter(walk, has_warnings=False)
        assert not_lines(walk.text) == []
    assert path.with_suffix(".txt").read_bytes() == GOLDEN.read_bytes()


@pytest.mark.slow
def test_the_case_of_three_items_is_worked_to_the_letter_of_the_app(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, FRESH, profile=False)
    with Walk([folder], tmp_path) as walk:
        introduce(walk)
        walk.type("o 1")
        attest(walk)
        walk.type("n")
        walk.write(SUMMARY)
        decide(walk, "u", RATIONALES[0])
        cite(walk, "shoulder 2023", "Rotator Cuff Tears")
        decide(walk, "o", RATIONALES[1])
        cite(walk, "shoulder 2023")
        decide(walk, "u", RATIONALES[2])
        cite_words(walk, OTHER_SOURCE)
        write_letter(walk, has_warnings=True)
        assert not_lines(walk.text) == []
    letter = (folder / f"{FRESH.stem}.txt").read_bytes()
    assert letter == letter_of(folder / FRESH.name)
    assert letter == letter_of_the_app(tmp_path / "app", load_profile(Folder(folder)))


def letter_of_the_app(place: Path, profile: Profile | None) -> bytes:
    """The letter of the same case, worked by keys on a screen."""
    assert profile == AUTHOR
    folder = make_folder(place, FRESH)
    save_profile(Folder(folder), profile)
    with Terminal([*APP, str(folder)], place) as terminal:
        terminal.wait_for(FRESH.stem)
        terminal.settle()
        AppReviewer(terminal).work_at_three_items()
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    return (folder / f"{FRESH.stem}.txt").read_bytes()
