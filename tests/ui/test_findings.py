"""What the rules find, as the reviewer meets it: counted, marked, led to, accepted."""

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from imr_tui import checks
from imr_tui.checks import CheckContext, Hit, Policy
from imr_tui.checks.rule import Severity
from imr_tui.domain.workflow import Place, Stage
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model import edits, evidence_edits
from imr_tui.model.case import Case
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.reasons import AcceptanceScreen
from imr_tui.ui.messages import Edited
from imr_tui.ui.widgets.finding_hints import FindingHints
from imr_tui.ui.widgets.line_input import Line
from imr_tui.ui.widgets.prose import Prose
from tests.ui.conftest import FRESH, NOW, SEED, MakeApp, on_disk, put
from tests.ui.driving import (
    go,
    leave,
    press,
    running,
    saved,
    screen_text,
    shown,
    the_app,
    until,
    write,
)

RATIONALE = Place("rationale", 0)
SUMMARY = Stage("summary")
DECISION = Stage("decision", 0)
REVIEW = Stage("review")
BAD = "forbidden"
"""The word that the rule of these tests is about."""
LINES = f"José has ½ of it.\n\nThis is {BAD} here.\nAnd no more."


def forbidden(draft: CheckContext) -> Iterator[Hit]:
    """A rationale or the summary holds the forbidden word."""
    texts = [(Place("summary.text"), draft.summary)]
    texts += [(Place("rationale", at), item.rationale) for at, item in enumerate(draft.items)]
    for place, text in texts:
        if (at := text.find(BAD)) >= 0:
            yield Hit(place, f"It says {BAD}.", (at, at + len(BAD)))


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> checks.Rule:
    """A rule of these tests' own, the only one that is run."""
    return register(monkeypatch, "warning")


def register(monkeypatch: pytest.MonkeyPatch, severity: Severity, **changes: Any) -> checks.Rule:
    made = checks.Rule(
        "IMR900", "word-forbidden", severity, "It is not done.", "Practice", forbidden, {}, {}
    )
    made = made._replace(**changes)
    monkeypatch.setitem(checks.RULES, "IMR900", made)
    return made


@pytest.fixture
def wrong(folder: Folder) -> Folder:
    """The fresh case with the forbidden word in its first rationale."""
    put(folder, edits.set_rationale(on_disk(folder), 0, LINES))
    return folder


@asynccontextmanager
async def opened(folder: Folder, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    """The app on the fresh case, with only the rule of these tests."""
    app = ImrApp(folder, Letterhead(), lambda: NOW, FRESH, Policy(select=["IMR900"]))
    async with running(app, size) as pilot:
        await until(pilot, lambda: app.findings is not None)
        yield pilot


def found(pilot: Pilot[None]) -> list[tuple[str, bool]]:
    """The places of what is found, each with whether it is open."""
    findings = getattr(pilot.app, "findings", None) or ()
    return [(finding.place.path, finding.is_open) for finding in findings]


def marks(pilot: Pilot[None]) -> str:
    """What the lines below the form say."""
    return str(pilot.app.screen.query_one(FindingHints).content)


async def accept(pilot: Pilot[None], reason: str) -> None:
    """Accept the warning in view on Review."""
    await go(pilot, REVIEW)
    await press(pilot, "a")
    await write(pilot, reason)
    await press(pilot, "enter")
    await saved(pilot)


# The rail and the list


@pytest.mark.parametrize(
    ("severity", "mark"),
    [("error", "! Review 1 error"), ("warning", "? Review 1 warning"), ("info", "✓ Review")],
)
async def test_the_rail_counts_what_is_open(
    severity: Severity, mark: str, wrong: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(monkeypatch, severity)
    async with opened(wrong) as pilot:
        await until(pilot, lambda: mark in screen_text(pilot.app))


async def test_the_rail_marks_the_stage_that_is_done_but_for_a_finding(
    folder: Folder, rule: checks.Rule
) -> None:
    put(folder, edits.set_summary(on_disk(folder), BAD))
    async with opened(folder) as pilot:
        await until(pilot, lambda: "? Summary" in screen_text(pilot.app))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_review_lists_the_finding(
    size: tuple[int, int], wrong: Folder, rule: checks.Rule
) -> None:
    async with opened(wrong, size) as pilot:
        await go(pilot, REVIEW)
        assert f"IMR900 warning item 1: It says {BAD}." in shown(pilot)
        assert "Ready. 1 warning to resolve: Enter shows it, a accepts it." in shown(pilot)


# Writing the letter with warnings


async def test_w_with_an_unresolved_warning_asks_first(wrong: Folder, rule: checks.Rule) -> None:
    path = wrong.path / f"{FRESH}.txt"
    async with opened(wrong) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "w")
        says = "1 warning is not resolved. w writes the letter anyway, esc goes back."
        assert says in shown(pilot)
        await press(pilot, "escape")
        await saved(pilot)
        assert not path.exists()
        await press(pilot, "w", "w")
        await until(pilot, path.exists)
        await until(pilot, lambda: f"to {FRESH}.txt. 1 warning not resolved." in shown(pilot))


async def test_review_shows_what_became_of_the_letter(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(SEED)) as pilot:
        await until(pilot, lambda: the_app(pilot).case is not None)
        await go(pilot, REVIEW)
        # It is late, and no sentence above a warning may say that nothing is missing.
        assert "IMR601 warning" in shown(pilot)
        await until(pilot, lambda: f"Ready: w writes the letter to {SEED}.txt." in shown(pilot))
        await press(pilot, "w")
        await until(pilot, lambda: f"Letter written {NOW:%H:%M} to {SEED}.txt." in shown(pilot))
        await until(pilot, lambda: "late" not in shown(pilot) and "IMR601" not in shown(pilot))
        assert f"{SEED} standard letter written" in shown(pilot)
        app = the_app(pilot)
        app.post_message(Edited(partial(edits.set_rationale, index=0, text="Another rationale.")))
        await until(
            pilot, lambda: f"Changed since the letter was written {NOW:%H:%M}." in shown(pilot)
        )


async def test_a_case_can_be_left_from_review_once_its_letter_is_written(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(SEED)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        await go(pilot, REVIEW)
        await until(pilot, lambda: "Ready: w writes the letter" in shown(pilot))
        await press(pilot, "w")
        await until(pilot, lambda: "Letter written" in shown(pilot))
        await leave(pilot)
        await until(pilot, lambda: app.case is None)
        assert app.is_running


async def test_review_says_that_nothing_is_missing(folder: Folder, make_app: MakeApp) -> None:
    put(folder, edits.set_date(on_disk(folder, SEED), "decision_date", date(2014, 12, 8)))
    async with running(make_app(SEED)) as pilot:
        await until(pilot, lambda: the_app(pilot).case is not None)
        await go(pilot, REVIEW)
        says = f"Ready. Nothing is missing: w writes the letter to {SEED}.txt."
        await until(pilot, lambda: says in shown(pilot))


# Going to the words


async def test_enter_goes_to_the_words_and_selects_them(wrong: Folder, rule: checks.Rule) -> None:
    async with opened(wrong) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "enter")
        assert pilot.app.screen.query_one(Prose).selected_text == BAD


async def test_enter_goes_from_claim_to_claim(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def claims(draft: CheckContext) -> Iterator[Hit]:
        first, second = ((Place("rationale", at), (0, len(BAD))) for at in (0, 1))
        yield Hit(first[0], "It says so twice.", first[1], also=(second,))

    register(monkeypatch, "warning", function=claims, once=True)
    case = edits.set_rationale(on_disk(folder), 0, BAD)
    put(folder, edits.set_rationale(case, 1, f"{BAD}, too"))
    async with opened(folder) as pilot:
        for item in (0, 1, 0):
            await go(pilot, REVIEW)
            await press(pilot, "enter")
            assert getattr(pilot.app.screen, "stage", None) == Stage("decision", item)
            assert pilot.app.screen.query_one(Prose).selected_text == BAD


async def test_typing_after_the_jump_replaces_nothing(wrong: Folder, rule: checks.Rule) -> None:
    async with opened(wrong) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "enter", "i")
        await write(pilot, " or not")
        await saved(pilot)
    assert on_disk(wrong).items[0].rationale == LINES.replace(BAD, f"{BAD} or not")


async def test_enter_twice_loses_no_word(wrong: Folder, rule: checks.Rule) -> None:
    async with opened(wrong) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "enter", "enter")
        await saved(pilot)
    assert BAD in on_disk(wrong).items[0].rationale


@pytest.mark.slow
async def test_backspace_after_the_jump_removes_the_words(wrong: Folder, rule: checks.Rule) -> None:
    async with opened(wrong) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "enter", "i", "backspace")
        await saved(pilot)
    assert on_disk(wrong).items[0].rationale == LINES.replace(BAD, "")


async def test_words_far_down_come_into_view(folder: Folder, rule: checks.Rule) -> None:
    put(folder, edits.set_rationale(on_disk(folder), 0, "All is well.\n" * 80 + BAD))
    async with opened(folder) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "enter")
        await until(pilot, lambda: BAD in screen_text(pilot.app).replace(f"says {BAD}", ""))


async def test_words_of_a_request_are_selected_in_its_form(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def requested(draft: CheckContext) -> Iterator[Hit]:
        yield Hit(Place("request", 0), "The request is wrong.", (0, 12))

    register(monkeypatch, "warning", function=requested)
    async with opened(folder) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen.focused, Line))
        entry = pilot.app.screen.focused
        assert isinstance(entry, Line)
        assert entry.selected_text == "Arthroscopic"


async def test_a_citation_is_highlighted(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def cited(draft: CheckContext) -> Iterator[Hit]:
        yield Hit(Place("administrator_citations[1]", 0), "The citation is wrong.")

    case = on_disk(folder)
    for citation in case.items[0].administrator_citations:
        other = citation.but(year=2004)
        put(folder, evidence_edits.add_citation(case, 0, "administrator_citations", other))
    register(monkeypatch, "warning", function=cited)
    async with opened(folder) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "enter")
        listed = pilot.app.screen.focused
        assert isinstance(listed, OptionList)
        assert (listed.id, listed.highlighted) == ("administrator_citations", 1)


# Accepting


async def test_a_reason_accepts_the_warning_and_is_kept(wrong: Folder, rule: checks.Rule) -> None:
    async with opened(wrong) as pilot:
        await accept(pilot, "It is meant so.")
        await until(pilot, lambda: found(pilot) == [(RATIONALE.path, False)])
        assert "Accepted: It is meant so." in shown(pilot)
        await until(pilot, lambda: "✓ Review" in screen_text(pilot.app))
    given = on_disk(wrong).acknowledged["IMR900-1"]
    assert given.reason == "It is meant so."
    assert given.at == NOW
    assert len(given.digest) == 64


@pytest.mark.slow
async def test_a_change_of_the_text_brings_it_back(wrong: Folder, rule: checks.Rule) -> None:
    async with opened(wrong) as pilot:
        await accept(pilot, "It is meant so.")
        await go(pilot, DECISION, RATIONALE)
        await write(pilot, "x")
        await until(pilot, lambda: found(pilot) == [(RATIONALE.path, True)])
        await until(pilot, lambda: "? Review 1 warning" in screen_text(pilot.app))
        await press(pilot, "backspace")
        await until(pilot, lambda: found(pilot) == [(RATIONALE.path, False)])


@pytest.mark.slow
async def test_accepting_is_undone_and_taken_back(wrong: Folder, rule: checks.Rule) -> None:
    async with opened(wrong) as pilot:
        await accept(pilot, "It is meant so.")
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: found(pilot) == [(RATIONALE.path, True)])
        await press(pilot, "ctrl+y")
        await until(pilot, lambda: found(pilot) == [(RATIONALE.path, False)])
        await press(pilot, "x")
        await until(pilot, lambda: found(pilot) == [(RATIONALE.path, True)])
        await saved(pilot)
    assert on_disk(wrong).acknowledged == {}


async def test_without_a_reason_nothing_is_accepted(wrong: Folder, rule: checks.Rule) -> None:
    async with opened(wrong) as pilot:
        await accept(pilot, "  ")
        assert isinstance(pilot.app.screen, AcceptanceScreen)
        await press(pilot, "escape")
        await saved(pilot)
        assert found(pilot) == [(RATIONALE.path, True)]
    assert on_disk(wrong).acknowledged == {}


@pytest.mark.slow
async def test_a_reason_that_was_not_given_is_there_again(wrong: Folder, rule: checks.Rule) -> None:
    async with opened(wrong) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "a")
        await write(pilot, "Half a rea")
        await press(pilot, "escape", "a")
        assert "Half a rea" in shown(pilot)


@pytest.mark.slow
async def test_the_dialog_shows_all_the_words(wrong: Folder, rule: checks.Rule) -> None:
    async with opened(wrong) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "a")
        assert f"item 1 rationale: José has ½ of it. This is {BAD} here." in shown(pilot)


async def test_the_help_shows_the_words_of_every_field_of_a_finding(
    wrong: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def contradicted(draft: CheckContext) -> Iterator[Hit]:
        at = draft.items[0].rationale.index(BAD)
        start = draft.summary.index("allowed")
        summary, review = Place("summary.text"), Place("case.ur_decision_date")
        also = ((summary, (start, start + 7)), (review, None), (Place("citations[0]", 1), None))
        yield Hit(RATIONALE, "The summary says otherwise.", (at, at + len(BAD)), also=also)

    register(monkeypatch, "warning", function=contradicted)
    put(wrong, edits.set_summary(on_disk(wrong), "On 10/14/2026 all of this was allowed again."))
    async with opened(wrong, (120, 40)) as pilot:
        await go(pilot, REVIEW)
        await until(pilot, lambda: len(found(pilot)) == 1)
        await press(pilot, "f1")
        told = str(pilot.app.screen.query_one("#help-text").render())
        assert "The summary says otherwise." in told
        assert f"item 1 rationale: José has ½ of it. This is >>{BAD}<< here. And no more." in told
        assert "summary: On 10/14/2026 all of this was >>allowed<< again." in told
        assert "UR decision date: 2026-10-20" in told
        assert "item 2 citation 1:" in told
        assert "IMR900 word-forbidden (warning)" in told
        assert f">>{BAD}<<" in screen_text(pilot.app)


@pytest.mark.parametrize("severity", ["error", pytest.param("info", marks=pytest.mark.slow)])
async def test_only_a_warning_can_be_accepted(
    severity: Severity, wrong: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(monkeypatch, severity)
    async with opened(wrong) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "home", "a")
        assert not isinstance(pilot.app.screen, AcceptanceScreen)


@pytest.mark.slow
async def test_one_reason_answers_a_rule_that_is_answered_once(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(monkeypatch, "warning", once=True)
    case = edits.set_rationale(on_disk(folder), 0, BAD)
    put(folder, edits.set_rationale(case, 1, f"{BAD}, too"))
    async with opened(folder) as pilot:
        await accept(pilot, "Both are meant.")
        await until(pilot, lambda: [is_open for _, is_open in found(pilot)] == [False, False])
    assert list(on_disk(folder).acknowledged) == ["IMR900"]


@pytest.mark.slow
async def test_a_moved_item_takes_its_acceptance_along(wrong: Folder, rule: checks.Rule) -> None:
    async with opened(wrong) as pilot:
        await accept(pilot, "It is meant so.")
        await press(pilot, "ctrl+t", "J", "escape")
        await until(pilot, lambda: found(pilot) == [("items[1].rationale", False)])
        await saved(pilot)
    assert list(on_disk(wrong).acknowledged) == ["IMR900-2"]


# Beside the field


async def test_a_word_is_not_marked_while_it_is_typed_but_when_the_field_is_left(
    folder: Folder, rule: checks.Rule
) -> None:
    async with opened(folder) as pilot:
        await go(pilot, SUMMARY)
        await write(pilot, f"It is {BAD}")
        await until(pilot, lambda: found(pilot) == [("summary.text", True)])
        await pilot.pause()
        assert marks(pilot) == ""
        await press(pilot, "escape")
        await until(pilot, lambda: f"? IMR900 It says {BAD}." in marks(pilot))


async def test_a_mark_goes_while_its_fault_is_mended(folder: Folder, rule: checks.Rule) -> None:
    put(folder, edits.set_summary(on_disk(folder), BAD))
    async with opened(folder) as pilot:
        await go(pilot, SUMMARY)
        await until(pilot, lambda: "IMR900" in marks(pilot))
        await press(pilot, "delete")
        await until(pilot, lambda: marks(pilot) == "")


async def test_blank_fields_are_not_marked(folder: Folder) -> None:
    app = ImrApp(folder, Letterhead(), lambda: NOW, FRESH, Policy(select=["IMR10"]))
    async with running(app) as pilot:
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, DECISION)
        assert marks(pilot) == ""


# Never in the way of a key


async def test_no_rule_runs_while_keys_come_in(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def counting(draft: CheckContext) -> Iterator[Hit]:
        looked.append(draft.summary)
        return iter(())

    register(monkeypatch, "warning", function=counting)
    async with opened(folder) as pilot:
        await go(pilot, SUMMARY)
        looked.clear()
        await write(pilot, "A text of some length.")
        await until(pilot, lambda: bool(looked))
    assert looked == ["A text of some length."]


async def test_a_key_does_not_wait_for_the_rules(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    told: list[bool] = []

    def slow(draft: CheckContext) -> Iterator[Hit]:
        if draft.summary:
            begun.set()
            told.append(go_on.wait(30))
        return iter(())

    register(monkeypatch, "warning", function=slow)
    async with opened(folder) as pilot:
        await go(pilot, SUMMARY)
        await write(pilot, "a")
        await until(pilot, begun.is_set)
        await write(pilot, "bc")
        await press(pilot, "escape", "ctrl+n")
        case: Case | None = getattr(pilot.app, "case", None)
        assert case is not None
        assert case.summary.text == "abc"
        assert getattr(pilot.app.screen, "stage", None) == DECISION
        go_on.set()
        await until(pilot, lambda: bool(told))
        assert all(told)


# F1


async def test_f1_on_a_finding_explains_its_rule(wrong: Folder, rule: checks.Rule) -> None:
    async with opened(wrong) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "f1")
        assert "IMR900 word-forbidden (warning)" in shown(pilot)
        assert "Why: It is not done." in shown(pilot)


async def test_f1_elsewhere_shows_the_keys(wrong: Folder, rule: checks.Rule) -> None:
    async with opened(wrong) as pilot:
        await go(pilot, DECISION)
        await press(pilot, "f1")
        assert "word-forbidden" not in shown(pilot)


# Reading only


async def test_nothing_is_accepted_in_a_case_that_is_only_read(
    wrong: Folder, rule: checks.Rule
) -> None:
    async with opened(wrong) as pilot:
        pilot.app.read_only = "READ ONLY"  # type: ignore[attr-defined]
        await go(pilot, REVIEW)
        await press(pilot, "a")
        assert not isinstance(pilot.app.screen, AcceptanceScreen)


@pytest.mark.parametrize(
    "text",
    [
        "[/kg] [b]",
        pytest.param("\\[red]", marks=pytest.mark.slow),
        pytest.param("漢字 {BAD}", marks=pytest.mark.slow),
    ],
)
async def test_words_are_never_markup(text: str, folder: Folder, rule: checks.Rule) -> None:
    put(folder, edits.set_rationale(on_disk(folder), 0, f"{text} {BAD} {text}"))
    async with opened(folder) as pilot:
        await accept(pilot, text)
        await until(pilot, lambda: found(pilot) == [(RATIONALE.path, False)])
        await press(pilot, "a")
        assert text in shown(pilot)
