"""What the organization sends for a case: new facts to decide about, and cases that it closes."""

from datetime import date

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from imr_tui.domain.workflow import Stage
from imr_tui.model import edits
from imr_tui.model.case import Case, Item
from imr_tui.session.events import IntakeChanged
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.folder import Folder
from imr_tui.store.intake.closing import Closing, close_case, reopen_case
from imr_tui.store.intake.new_facts import has_new_facts, keep_new_facts
from imr_tui.store.intake.received import keep_received, received
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.new_facts import NewFactsScreen
from imr_tui.ui.messages import SessionReported
from imr_tui.ui.stages.worklist import WorklistScreen
from tests.sealing import seal
from tests.ui.conftest import FRESH, MakeApp, on_disk
from tests.ui.driving import (
    leave,
    opened,
    press,
    rest,
    running,
    saved,
    screen_text,
    shown,
    the_app,
    told,
    until,
    write,
)

WITHDRAWN = Closing("withdrawn", "The claim was settled", date(2026, 11, 20))
SUMMARY = Stage("summary")
HOSTILE = "Other [/kg] [b] Freight"


def send(folder: Folder) -> Case:
    """Change the UR decision date and the employer of the fresh case; the reviewer wrote in it."""
    before = on_disk(folder)
    keep_received(folder.path, before)
    after = edits.set_date(before, "ur_decision_date", date(2026, 10, 22))
    after = edits.set_party(after, "employer", HOSTILE)
    keep_new_facts(folder.path, after)
    return after


async def look(pilot: Pilot[None]) -> ImrApp:
    """Let the app look at what was sent, as its poll does once a second."""
    app = the_app(pilot)
    app.post_message(SessionReported(IntakeChanged()))
    await rest(app)
    await pilot.pause()
    return app


# ── New facts ────────────────────────────────────────────────────────────────────────────────


async def test_new_facts_are_shown_from_the_worklist_and_decided_one_by_one(
    folder: Folder, make_app: MakeApp
) -> None:
    after = send(folder)
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: "NEW FACTS" in screen_text(app))
        await press(pilot, "end")
        says = "The organization changed: UR decision date and employer. f shows them."
        await until(pilot, lambda: says in shown(pilot))
        await press(pilot, "f")
        await until(pilot, lambda: isinstance(app.screen, NewFactsScreen))
        assert "Yours: 2026-10-20" in shown(pilot)
        assert "Organization: 2026-10-22" in shown(pilot)
        assert HOSTILE in shown(pilot)
        await press(pilot, "enter", "space", "y")
        assert "a accepts a fact, r keeps yours." in shown(pilot)
        assert on_disk(folder).parties == app.open_case.parties
        await press(pilot, "a")
        assert app.open_case.particulars.ur_decision_date == date(2026, 10, 22)
        assert "UR decision date" not in shown(pilot)
        await press(pilot, "r")
        await until(pilot, lambda: not isinstance(app.screen, NewFactsScreen))
        assert "You have decided about all new facts." in screen_text(app)
        await saved(pilot)
        await until(pilot, lambda: not has_new_facts(folder.path, FRESH))
        assert received(folder.path, FRESH) == after
        await leave(pilot)
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
        await until(pilot, lambda: "NEW FACTS" not in screen_text(app))
        await press(pilot, "f")
        assert "The organization changed no fact of this case." in screen_text(app)
    edited = [event.fields for event in AuditLog(folder.path).events() if event.event == "edited"]
    assert "case.ur_decision_date" in edited[0]
    kept = on_disk(folder)
    assert kept.particulars.ur_decision_date == date(2026, 10, 22)
    assert kept.parties.employer == "Sample Freight Company"


@pytest.mark.slow
async def test_facts_that_come_while_one_types_wait_behind_a_notice(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        await opened(pilot, SUMMARY)
        await write(pilot, "Typed.")
        after = send(folder)
        app = await look(pilot)
        await until(pilot, lambda: "F2 Show" in screen_text(app))
        assert "The organization changed: UR decision date and employer." in shown(pilot)
        await write(pilot, " ar")
        assert app.open_case.summary.text.endswith("Typed. ar")
        await press(pilot, "f2")
        assert isinstance(app.screen, NewFactsScreen)
        await press(pilot, "A")
        await until(pilot, lambda: not isinstance(app.screen, NewFactsScreen))
        await saved(pilot)
        await until(pilot, lambda: not has_new_facts(folder.path, FRESH))
        kept = on_disk(folder)
        assert kept.parties == after.parties
        assert kept.summary.text.endswith("Typed. ar")
        assert "F2 Show" not in screen_text(app)
        await press(pilot, "escape", "ctrl+z")
        await saved(pilot)
        assert on_disk(folder).parties.employer == "Sample Freight Company"


@pytest.mark.slow
async def test_esc_decides_nothing_and_newer_facts_are_listed_at_once(
    folder: Folder, make_app: MakeApp
) -> None:
    after = send(folder)
    async with running(make_app(FRESH)) as pilot:
        await opened(pilot, SUMMARY, types=False)
        app = await look(pilot)
        await press(pilot, "f2", "r", "escape")
        assert has_new_facts(folder.path, FRESH)
        await until(pilot, lambda: "F2 Show" in screen_text(app))
        await press(pilot, "f2")
        assert app.screen.query_one(OptionList).option_count == 1
        keep_new_facts(folder.path, edits.set_case_line(after, "diagnosis", "M54.5"))
        await look(pilot)
        await until(pilot, lambda: "M54.5" in screen_text(app))
        await press(pilot, "escape")
        await saved(pilot)
    assert on_disk(folder).particulars.diagnosis == ""


@pytest.mark.slow
async def test_an_item_with_a_decision_is_removed_only_by_a_second_key(
    folder: Folder, make_app: MakeApp
) -> None:
    before = on_disk(folder)
    keep_received(folder.path, before)
    keep_new_facts(folder.path, before.but(items=before.items[1:]))
    count = len(before.items)
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("decision", 0), types=False)
        await press(pilot, "u")
        await look(pilot)
        await press(pilot, "f2", "A")
        assert len(app.open_case.items) == count
        await press(pilot, "a")
        assert "Accepting removes the decision" in shown(pilot)
        await press(pilot, "down", "a")
        assert len(app.open_case.items) == count
        await press(pilot, "a")
        assert len(app.open_case.items) == count - 1
        await saved(pilot)
    assert len(on_disk(folder).items) == count - 1


@pytest.mark.slow
async def test_facts_that_the_case_states_already_are_settled_without_a_question(
    folder: Folder, make_app: MakeApp
) -> None:
    after = send(folder)
    keep_received(folder.path, after.but(items=(Item(request="Other"),)))
    keep_new_facts(folder.path, on_disk(folder))
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, SUMMARY, types=False)
        await until(pilot, lambda: not has_new_facts(folder.path, FRESH))
        assert "F2 Show" not in screen_text(app)


@pytest.mark.slow
async def test_the_facts_of_a_signed_case_can_only_be_rejected(
    folder: Folder, make_app: MakeApp
) -> None:
    seal(folder.path, on_disk(folder))
    before = (folder.path / f"{FRESH}.toml").read_bytes()
    send(folder)
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: "NEW FACTS" in screen_text(app))
        await press(pilot, "end")
        await until(pilot, lambda: "f shows them." in shown(pilot))
        await press(pilot, "f")
        await until(pilot, lambda: isinstance(app.screen, NewFactsScreen))
        await press(pilot, "a")
        assert "SIGNED 2026-11-29: read-only." in shown(pilot)
        await press(pilot, "A", "r", "r")
        await until(pilot, lambda: not has_new_facts(folder.path, FRESH))
        assert not isinstance(app.screen, NewFactsScreen)
    assert (folder.path / f"{FRESH}.toml").read_bytes() == before


# ── Closed cases ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
async def test_a_closed_case_is_listed_with_its_reason_and_read_only_on_every_screen(
    folder: Folder, make_app: MakeApp
) -> None:
    close_case(folder.path, FRESH, WITHDRAWN)
    before = (folder.path / f"{FRESH}.toml").read_bytes()
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: "closed" in screen_text(app))
        await press(pilot, "end")
        says = "The application was withdrawn on 2026-11-20: The claim was settled."
        await until(pilot, lambda: says in shown(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: app.case is not None)
        assert "CLOSED: withdrawn" in screen_text(app)
        assert says in told(pilot)
        for stage in (Stage("decision", 0), SUMMARY, Stage("citations", 0), Stage("review")):
            app.parts.navigation.show_stage(stage)
            await rest(app)
            await pilot.pause()
            await press(pilot, *"iuoaxdmw", "escape")
        await saved(pilot)
        assert "CLOSED: withdrawn" in screen_text(app)
    assert (folder.path / f"{FRESH}.toml").read_bytes() == before
    assert not (folder.path / f"{FRESH}.txt").exists()


@pytest.mark.slow
@pytest.mark.parametrize("in_dialog", [False, True])
async def test_a_case_that_is_closed_while_one_types_keeps_the_text_and_opens_again(
    in_dialog: bool, folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, SUMMARY)
        await write(pilot, "Typed before.")
        if in_dialog:
            await press(pilot, "escape", "ctrl+r")
        close_case(folder.path, FRESH, Closing("authorized"))
        await look(pilot)
        await until(pilot, lambda: "CLOSED: authorized" in screen_text(app))
        assert on_disk(folder).summary.text.endswith("Typed before.")
        await write(pilot, "After.")
        assert app.read_only.startswith("CLOSED: read-only.")
        assert "All disputed services were authorized." in app.read_only
        reopen_case(folder.path, FRESH)
        if not in_dialog:
            # Otherwise the app finds it by itself, about a second later.
            await look(pilot)
        await until(pilot, lambda: not app.read_only)
        await rest(app)
        await opened(pilot, SUMMARY)
        await write(pilot, "!")
        await saved(pilot)
    text = on_disk(folder).summary.text
    assert "!" in text
    assert "After" not in text
