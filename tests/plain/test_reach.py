"""Every action of the app can be reached in plain mode, or is listed here with the reason."""

import importlib
import io
import os
import pkgutil
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from imr_tui import plain
from imr_tui.domain.workflow import Stage
from imr_tui.model.evidence import Citation
from imr_tui.plain.app import PlainApp
from imr_tui.plain.case_commands import CaseCommands
from imr_tui.plain.command import Command, Page
from imr_tui.plain.items_page import ItemsPage
from imr_tui.plain.letter_page import LetterPage
from imr_tui.plain.new_facts_page import NewFactsPage
from imr_tui.plain.notices import Notice
from imr_tui.plain.page_table import STAGES, stage_page, worklist
from imr_tui.plain.pages.citation_form import CitationPage
from imr_tui.plain.pages.weighing import WeighingPage
from imr_tui.plain.profile_page import ProfilePage
from imr_tui.plain.record_page import RecordPage
from imr_tui.plain.session import PlainSession
from imr_tui.plain.session_commands import session_commands
from imr_tui.plain.signing_page import SigningPage
from imr_tui.plain.statistics_page import StatisticsPage
from imr_tui.plain.versions_page import VersionsPage
from imr_tui.session.citing.citation_drafts import Place
from imr_tui.session.received_facts import ReceivedFacts
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.settings import load_settings
from imr_tui.store.locking.holder import Holder
from tests.builders import NOW, NUMBER, a_complete_case
from tests.plain.talking import put
from tests.ui.test_keys import declared
from tests.ui.to_sign import to_sign

_NO_DIALOG = "There is no dialog over a page: b goes back, and ctrl+c leaves a question."
_QUESTION = "A question is answered by a number or a word, and a blank line keeps the value."
_PAGE = "Every page of plain mode has the command itself."
SCREEN_ONLY = {
    "app.help": "? at every prompt lists its commands.",
    "app.commands": "? at every prompt lists its commands.",
    "app.redraw": "Nothing is painted over, so nothing has to be painted again.",
    "app.tour": "A demonstration opens the app only.",
    "app.copy": "The terminal selects and copies what it shows.",
    "dialog.close": _NO_DIALOG,
    "choice.next": _QUESTION,
    "choice.previous": _QUESTION,
    "stages.down": "g lists the stages with numbers.",
    "stages.up": "g lists the stages with numbers.",
    "stages.go": "g asks for the number of a stage.",
    "request.give": "answer asks the question.",
    "request.keep": "answer asks the question.",
    "choice.mine": "answer asks the question.",
    "choice.theirs": "answer asks the question.",
}
"""The bindings of the app that no command stands for, each with the reason."""
ASIDE = frozenset({"demo", "tour"})
"""The areas of bindings that only a demonstration has."""


def stop() -> Page:
    raise AssertionError("no page follows in this test")


@pytest.fixture
def session(cases: Path) -> Iterator[PlainSession]:
    """A session with an open case, which another session could ask for."""
    folder = put(Folder(cases), a_complete_case())
    read, write = os.pipe()
    os.close(write)
    app = PlainApp(read, io.StringIO(), folder, load_settings(folder), Host(), lambda: NOW)
    made = app.session
    assert made.open(NUMBER)
    yield made
    assert made.leave()
    os.close(read)


def pages(session: PlainSession) -> Iterator[Page]:
    """A page of each kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(session.sharing), "is_on", True)
        yield worklist(session)
    for kind in STAGES:
        yield stage_page(session, Stage(kind, 0 if kind in ("decision", "citations") else None))
    yield ItemsPage(session)
    yield RecordPage(session)
    yield CitationPage(session, Place(0, "citations", None), Citation(title="A source"), stop)
    yield WeighingPage(session, 0, stop)
    yield LetterPage(session, "A letter.\n", stop)
    prepared = to_sign(session.case)
    yield SigningPage(session, None, prepared, None, stop)  # type: ignore[arg-type]
    yield VersionsPage(session, stop)
    yield NewFactsPage(session, ReceivedFacts(), stop)
    yield StatisticsPage(session, stop)
    yield ProfilePage(session, stop)


def commands(session: PlainSession) -> Iterator[Command]:
    """The commands of all pages, and those that every page has."""
    for page in pages(session):
        # At once: whether the machine has a shared store is pretended for the worklist only.
        yield from [*page.commands(), *CaseCommands(session).commands(page)]
    session.held_by = Holder()
    session.notices.tell(Notice("facts", "The organization changed a fact.", lambda: None))
    yield from session_commands(session, stop, stop)


@cache
def wanted() -> frozenset[str]:
    """The ids of the bindings of the app."""
    return frozenset(str(each.id) for each in declared())


def test_every_action_of_the_app_is_reached(session: PlainSession) -> None:
    named = set(chain.from_iterable(each.does for each in commands(session)))
    missing = {each for each in wanted() - named - set(SCREEN_ONLY)}
    assert {each for each in missing if each.partition(".")[0] not in ASIDE} == set()


def test_commands_name_only_actions_of_the_app(session: PlainSession) -> None:
    named = set(chain.from_iterable(each.does for each in commands(session)))
    assert named - wanted() == set()


def test_what_only_a_screen_has_is_there_and_has_no_command(session: PlainSession) -> None:
    named = set(chain.from_iterable(each.does for each in commands(session)))
    assert set(SCREEN_ONLY) - wanted() == set()
    assert named & set(SCREEN_ONLY) == set()
    assert all(reason.endswith(".") for reason in SCREEN_ONLY.values())


def test_every_page_is_looked_at(session: PlainSession) -> None:
    found = set()
    for module in pkgutil.walk_packages(plain.__path__, f"{plain.__name__}."):
        members = vars(importlib.import_module(module.name)).values()
        own = (each for each in members if getattr(each, "__module__", "") == module.name)
        found |= {each for each in own if isinstance(each, type) and _is_page(each)}
    assert {type(page) for page in pages(session)} == found - {Page}


def _is_page(kind: type) -> bool:
    return all(hasattr(kind, name) for name in ("lines", "prompt", "commands"))


def test_no_word_of_a_page_is_taken_twice(session: PlainSession) -> None:
    for page in pages(session):
        words = [each.word for each in page.commands()]
        assert len(words) == len(set(words)), page.title
