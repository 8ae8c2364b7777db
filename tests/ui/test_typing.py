"""No key waits for the rules, the letter or the disk, and none repaints what was not typed into."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from textual import events
from textual.widget import Widget
from textual.widgets import Input

from imr_tui import checks
from imr_tui.checks import Finding
from imr_tui.domain.workflow import Stage
from imr_tui.letter.render.preview import Preview
from imr_tui.store.cases.folder import Folder
from imr_tui.store.safety import atomic
from imr_tui.terminal.background import IsStopped
from imr_tui.terminal.text_area import PartialTextArea
from imr_tui.ui.dialogs.citation_form import CitationForm
from imr_tui.ui.dialogs.record import RecordScreen
from imr_tui.ui.features import checking, saving
from imr_tui.ui.stages.review import ReviewScreen
from tests.ui.conftest import FRESH, SEED, MakeApp, on_disk
from tests.ui.driving import (
    go,
    opened,
    press,
    rest,
    running,
    saved,
    screen_text,
    the_app,
    until,
    write,
)

SENTENCE = "Twenty keys and more"
KEY_SECONDS = 0.05


class Held:
    """A piece of work that goes on until it is let go."""

    def __init__(self, *, is_busy: bool = False) -> None:
        self.has_begun = threading.Event()
        self.has_ended = False
        self._is_busy = is_busy
        self._goes_on = threading.Event()

    def __call__(self, *_: object) -> None:
        self.has_begun.set()
        while not self._goes_on.is_set():
            # One kind sleeps, the other takes the interpreter whenever it gets it.
            if not self._is_busy:
                self._goes_on.wait(1)
        self.has_ended = True

    def find_nothing(self, *_: object) -> tuple[Finding, ...]:
        """Checks that take as long as this work."""
        self()
        return ()

    def let_go(self) -> None:
        self._goes_on.set()


@pytest.fixture(params=[False, True], ids=["asleep", "busy"])
def held(request: pytest.FixtureRequest) -> Iterator[Held]:
    """Work that is let go at the end whatever comes."""
    work = Held(is_busy=request.param)
    yield work
    work.let_go()


@pytest.mark.slow
async def test_keys_are_shown_while_the_rules_look(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, held: Held
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, Stage("summary"))
        monkeypatch.setattr(checks, "run", held.find_nothing)
        await write(pilot, "a")
        await until(pilot, held.has_begun.is_set)
        await write(pilot, SENTENCE)
        await until(pilot, lambda: f"a{SENTENCE}" in screen_text(app))
        assert not held.has_ended
        held.let_go()
        await until(pilot, lambda: app.findings == ())


@pytest.mark.slow
async def test_keys_are_shown_while_the_disk_works(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, held: Held
) -> None:
    swap = atomic.swap

    def slowly(*arguments: Any) -> None:
        held()
        swap(*arguments)

    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        monkeypatch.setattr(atomic, "swap", slowly)
        await write(pilot, "a")
        await until(pilot, held.has_begun.is_set)
        await write(pilot, SENTENCE)
        await until(pilot, lambda: f"a{SENTENCE}" in screen_text(app))
        assert not held.has_ended
        held.let_go()
        await saved(pilot)
        assert on_disk(folder).summary.text == f"a{SENTENCE}"


@pytest.mark.slow
async def test_no_letter_is_made_while_keys_are_typed_over_it(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(make_app(SEED)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, Stage("review"))
        made: list[Preview] = []
        preview = app.parts.output.preview

        def counted(is_stopped: IsStopped, *, draft: bool) -> Preview:
            made.append(preview(is_stopped, draft=draft))
            return made[-1]

        monkeypatch.setattr(app.parts.output, "preview", counted)
        await press(pilot, "ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, RecordScreen))
        app.screen.query_one("#date_of_injury", Input).focus()
        before = app.findings
        await press(pilot, "end", "backspace")
        app.screen.query_one("#application_received", Input).value = "1/1/1990"
        await until(pilot, lambda: app.findings != before)
        assert not made
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen) and bool(made))


async def test_rules_that_look_at_what_was_before_a_key_look_no_further(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, held: Held
) -> None:
    run, looked = checks.run, []

    def slowly(draft: Any, policy: Any, step: Any) -> tuple[Finding, ...]:
        held()
        step()
        looked.append(draft.summary)
        return run(draft, policy, step)

    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, Stage("summary"))
        monkeypatch.setattr(checks, "run", slowly)
        await write(pilot, "a")
        await until(pilot, held.has_begun.is_set)
        await write(pilot, "b")
        held.let_go()
        await until(pilot, lambda: bool(looked))
        assert looked == ["ab"]


@pytest.mark.slow
async def test_review_is_left_and_entered_while_the_rules_look(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, held: Held
) -> None:
    async with running(make_app(SEED)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, Stage("decision", 0))
        monkeypatch.setattr(checks, "run", held.find_nothing)
        await write(pilot, "a")
        app.parts.navigation.show_stage(Stage("review"))
        await until(pilot, lambda: "Checking..." in screen_text(app))
        await until(pilot, held.has_begun.is_set)
        # Nothing is written of which it is not known whether it may be.
        assert not app.screen.active_bindings["w"].enabled
        await press(pilot, "ctrl+p", "ctrl+n")
        await until(pilot, lambda: "Checking..." in screen_text(app))
        assert not held.has_ended
        held.let_go()
        await until(pilot, lambda: "w writes the letter to" in screen_text(app))
        assert app.screen.active_bindings["w"].enabled


async def test_keys_are_taken_while_a_letter_is_made(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, held: Held
) -> None:
    async with running(make_app(SEED)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        preview = app.parts.output.preview

        def slowly(is_stopped: IsStopped, *, draft: bool) -> Preview:
            held()
            return preview(is_stopped, draft=draft)

        monkeypatch.setattr(app.parts.output, "preview", slowly)
        app.parts.navigation.show_stage(Stage("review"))
        await until(pilot, held.has_begun.is_set)
        app.post_message(events.Key("ctrl+p", None))
        await until(pilot, lambda: not isinstance(app.screen, ReviewScreen))
        assert not held.has_ended
        held.let_go()
        await rest(app)


# ── What a key repaints ──────────────────────────────────────────────────────────────────


@pytest.fixture
def refreshed(monkeypatch: pytest.MonkeyPatch) -> list[Widget]:
    """Every widget that asks to be drawn, time after time."""
    asked: list[Widget] = []
    refresh = Widget.refresh

    def noted(self: Widget, *regions: Any, **options: Any) -> Widget:
        asked.append(self)
        return refresh(self, *regions, **options)

    for kind in (Widget, PartialTextArea):
        monkeypatch.setattr(kind, "refresh", noted)
    return asked


FIELDS = [
    ("summary", "#summary-text"),
    ("decision", "#rationale"),
    ("credentials", "#reviewer-licenses"),
    ("record", "#providers"),
    ("record", "#date_of_injury"),
    ("item", "#request"),
    ("citation", "#section"),
]
"""Where one types, and into what."""
KEYS = {"record": ["ctrl+r"], "item": ["e"], "citation": ["e"]}
"""What opens the dialog of this name."""
STAGES = {
    "credentials": Stage("credentials"),
    "summary": Stage("summary"),
    "citation": Stage("citations", 0),
}


@pytest.mark.slow
@pytest.mark.parametrize(("place", "field"), FIELDS)
async def test_a_key_repaints_only_what_it_is_typed_into(
    make_app: MakeApp,
    monkeypatch: pytest.MonkeyPatch,
    refreshed: list[Widget],
    place: str,
    field: str,
) -> None:
    # However long a save takes here.
    monkeypatch.setattr(saving, "OVERDUE_SECONDS", 60)
    async with running(make_app(SEED), (120, 40)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, STAGES.get(place, Stage("decision", 0)))
        if place in KEYS:
            app.set_focus(app.screen.query("#citations").first() if place == "citation" else None)
            await press(pilot, *KEYS[place])
        await until(pilot, lambda: bool(app.screen.query(field)))
        entry = app.screen.query_one(field)
        entry.focus()
        # The first key may bring a word of what is wrong with the field.
        await write(pilot, "x")
        await saved(pilot)
        await until(
            pilot, lambda: app.parts.checking.findings_current and app.settled_case is app.case
        )
        await rest(app)
        await pilot.pause(2 * checking.PAUSE_SECONDS)
        # From now on no pause is long enough.
        monkeypatch.setattr(checking, "PAUSE_SECONDS", 60)
        refreshed.clear()
        for char in "one two three":
            app.post_message(events.Key("space" if char == " " else char, char))
            await asyncio.sleep(KEY_SECONDS)
        await saved(pilot)
        await pilot.pause()
        assert entry in refreshed
        assert [each for each in refreshed if entry not in each.ancestors_with_self] == []


async def test_what_follows_the_text_does_so_once_the_typing_pauses(make_app: MakeApp) -> None:
    async with running(make_app(SEED)) as pilot:
        app = the_app(pilot)
        await go(pilot, Stage("citations", 0))
        await press(pilot, "e")
        await until(pilot, lambda: isinstance(app.screen, CitationForm))
        app.screen.query_one("#pages", Input).value = "7"
        await until(pilot, lambda: "Page(s): 7." in screen_text(app))
