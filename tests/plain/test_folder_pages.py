"""Versions, statistics, new cases, imports, new facts and the profile in plain mode."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from imr_tui.model import edits
from imr_tui.plain.command import Command, Page
from imr_tui.plain.importing import import_letter
from imr_tui.plain.new_case import new_case
from imr_tui.plain.new_facts_page import show_new_facts
from imr_tui.plain.profile_page import ProfilePage, ask_profile
from imr_tui.plain.session import PlainSession
from imr_tui.plain.statistics_page import StatisticsPage
from imr_tui.plain.versions_page import VersionsPage
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.profile import load_profile, save_profile
from imr_tui.store.intake.new_facts import has_new_facts, keep_new_facts
from imr_tui.store.intake.received import keep_received
from tests.builders import NOW, NUMBER, a_complete_case
from tests.plain.talking import put, talk
from tests.test_letter import GOLDEN


class Before:
    """The page from which another one was entered."""

    title = "Page before"

    def __init__(self, commands: Sequence[Command] = ()) -> None:
        self._commands = commands

    def lines(self) -> Sequence[str]:
        return ()

    def prompt(self) -> str:
        return self.title

    def commands(self) -> Sequence[Command]:
        return self._commands


def back() -> Page:
    return Before()


def stay(session: PlainSession) -> Page:
    return Before()


def then(work: Callable[[PlainSession], object]) -> Callable[[PlainSession], Page]:
    """A page after some work is done."""

    def make(session: PlainSession) -> Page:
        work(session)
        return Before()

    return make


@pytest.fixture
def folder(cases: Path) -> Folder:
    """A folder with one case."""
    return put(Folder(cases), a_complete_case())


# ── Versions ─────────────────────────────────────────────────────────────────────────────────


def versions(session: PlainSession) -> Page:
    return VersionsPage(session, back)


def test_a_version_is_compared_and_restored(folder: Folder) -> None:
    before = folder.open(NUMBER).case.summary.text

    def edit(session: PlainSession) -> None:
        session.edit(lambda case: edits.set_summary(case, "Other words."))

    talk(folder, stay)
    done = talk(folder, versions, "c 1", "r 1", prepare=edit)
    assert "- is that version, + is the current case." in done.output
    assert "+ Other words." in done.output
    assert done.case.summary.text == before
    assert done.page.title == "Page before"


@pytest.mark.parametrize(
    ("line", "says"),
    [("c", "Type the number of a version after the command."), ("r 99", "has no earlier versions")],
)
def test_a_version_that_is_not_there_is_an_error(folder: Folder, line: str, says: str) -> None:
    (error,) = talk(folder, versions, line).errors
    assert says in error


# ── Statistics ───────────────────────────────────────────────────────────────────────────────


def test_the_determinations_are_counted_by_each_grouping(folder: Folder) -> None:
    folder.write_letter(NUMBER, "A letter.\n", folder.open(NUMBER).case, NOW)
    done = talk(folder, lambda session: StatisticsPage(session, back), *"cpmgra", "b")
    assert done.output.count("1 determination with 1 item") == 6
    assert done.output.count("Reading the cases.") == 2
    assert done.page.title == "Page before"


# ── New cases and letters ────────────────────────────────────────────────────────────────────


def test_a_case_is_created_by_its_number_and_request(folder: Folder) -> None:
    made: list[str] = []
    done = talk(
        folder,
        then(lambda session: made.append(new_case(session))),
        "no number/",
        "CM26-0000555",
        "An MRI",
    )
    assert made == ["CM26-0000555"]
    assert [item.request for item in folder.open(made[0]).case.items] == ["An MRI"]
    assert len(done.errors) == 1
    assert "such as CM26-0190442." in done.errors[0]


def test_an_existing_case_is_not_created_again(folder: Folder) -> None:
    made: list[str] = []
    done = talk(folder, then(lambda session: made.append(new_case(session, NUMBER))), "")
    assert made == [""]
    assert len(done.errors) == 1


def test_a_letter_is_imported(folder: Folder) -> None:
    done = talk(folder, then(lambda session: import_letter(session)), str(GOLDEN), "n")
    assert "Imported CM14-0187654." in done.output
    assert folder.open("CM14-0187654").case.items


@pytest.mark.parametrize("path", ["/no/such/letter.txt", "~nobody-here/letter.txt"])
def test_a_letter_that_cannot_be_read_is_an_error(folder: Folder, path: str) -> None:
    done = talk(folder, then(lambda session: import_letter(session, path)), "n")
    assert "letter.txt" in done.errors[0]
    assert len(list(folder.path.glob("*.toml"))) == 1


def test_restricted_mode_imports_nothing(folder: Folder) -> None:
    done = talk(
        folder,
        then(lambda session: import_letter(session, str(GOLDEN))),
        host=Host(restricted=True),
    )
    assert done.errors == ["Restricted mode opens this folder only, so no letter can be imported."]


# ── New facts ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def changed(folder: Folder) -> Folder:
    """The organization changed a date and the employer since the case was received."""
    case = folder.open(NUMBER).case
    keep_received(folder.path, case)
    new = edits.set_date(case, "date_of_injury", date(2024, 1, 2))
    keep_new_facts(folder.path, edits.set_party(new, "employer", "Another Employer"))
    return folder


def facts(session: PlainSession) -> Page:
    return show_new_facts(session, back) or Before()


def test_each_new_fact_is_accepted_or_rejected(changed: Folder) -> None:
    done = talk(changed, facts, "a 1", "r 1")
    assert done.case.particulars.date_of_injury == date(2024, 1, 2)
    assert "Sample Employer" in done.case.parties.employer
    assert "You have decided about all new facts. undo reverts what you accepted." in done.said
    assert not has_new_facts(changed.path, NUMBER)


def test_all_new_facts_are_accepted_at_once(changed: Folder) -> None:
    done = talk(changed, facts, "all")
    assert done.case.parties.employer == "Another Employer"
    assert not has_new_facts(changed.path, NUMBER)


def test_facts_that_are_not_decided_wait(changed: Folder) -> None:
    talk(changed, facts, "a 2", "b")
    assert has_new_facts(changed.path, NUMBER)


def test_without_new_facts_that_is_said(folder: Folder) -> None:
    done = talk(folder, facts)
    assert "The organization changed nothing that this case states otherwise." in done.said


# ── The profile ──────────────────────────────────────────────────────────────────────────────


def profile(session: PlainSession) -> Page:
    return ProfilePage(session, back)


def test_a_new_account_is_asked_for_its_profile(folder: Folder) -> None:
    answers = ("TX, Florida", "Pain Management", "Avery Sampleton", "1234", "1234")
    talk(folder, then(ask_profile), *answers)
    kept = load_profile(folder)
    assert kept is not None
    assert kept.licenses == ("Texas", "Florida")
    assert (kept.specialties, kept.name) == (("Pain Management",), "Avery Sampleton")
    assert kept.opens_with("1234")


def test_an_entry_that_is_not_known_is_questioned_once(folder: Folder) -> None:
    done = talk(folder, then(ask_profile), "Texaz", "Texaz", ".", "")
    assert done.errors == [
        '"Texaz" is not a known state. Did you mean Texas? Type it again to keep it.'
    ]
    kept = load_profile(folder)
    assert kept is not None
    assert kept.licenses == ("Texaz",)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (("12", "12"), "A PIN has at least 4 characters."),
        (("1234", "1243"), "The two PINs differ. Type the PIN twice."),
    ],
)
def test_a_pin_is_typed_twice(folder: Folder, answers: tuple[str, ...], says: str) -> None:
    save_profile(folder, Profile(licenses=("Texas",)))
    done = talk(folder, profile, "pin", *answers)
    assert done.errors == [says]
    kept = load_profile(folder)
    assert kept is not None
    assert not kept.pin


def test_the_current_pin_is_asked_before_another_one(folder: Folder) -> None:
    save_profile(folder, Profile(licenses=("Texas",)))
    talk(folder, profile, "pin", "1234", "1234")
    wrong = talk(folder, profile, "pin", "4321", "9999", "9999")
    assert "Wrong PIN." in wrong.errors[0]
    right = load_profile(folder)
    assert right is not None
    assert right.opens_with("1234")


def stay_at(session: PlainSession) -> Page:
    """A page from which `o` enters the profile, so that it is said."""
    return Before([Command("o", "profile", lambda _: profile(session))])


def test_the_page_says_the_profile_and_the_settings(folder: Folder) -> None:
    save_profile(folder, Profile(licenses=("Texas",), specialties=("Pain Management",)))
    done = talk(folder, stay_at, "o", "settings")
    assert "State(s) of licensure: Texas" in done.said
    assert "PIN: none" in done.said
    assert "idle_minutes = " in done.output
