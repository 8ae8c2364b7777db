"""The tour of a demonstration: it follows the reviewer, and takes no key."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from imr_tui.domain.demo_case import NUMBER, OPEN_ITEM, demo_case
from imr_tui.domain.workflow import Stage
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.services.demo import demo_host, set_up_demo
from imr_tui.services.open_case import open_folder
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.demo_mark import MARK, UNSIGNED
from imr_tui.store.config.machine_policy import Host
from imr_tui.ui.app import ImrApp
from imr_tui.ui.features.tour_steps import STEPS, Seen, shown
from imr_tui.ui.widgets.tour_panel import TourPanel
from tests.animation import asciicast
from tests.animation.__main__ import CAST
from tests.animation.script import NOW, SIZE, Scene, script
from tests.ui.driving import go, press, running, screen_text, until

UNRESOLVED = re.compile(r"[{}]|\b(?:worklist|decision|text|walk|citations?|picker)\.[a-z]")
"""The id of a binding that the screen does not have."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """The folder of a demonstration."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = set_up_demo(NOW.date())
    yield Folder(made.cases)
    made.remove()


@pytest.fixture
def demo(folder: Folder) -> ImrApp:
    """The app on a demonstration."""
    letterhead = open_folder(folder, restricted=False).letterhead
    return ImrApp(folder, letterhead, lambda: NOW, host=demo_host(Host()))


async def play(pilot: Pilot[None], scene: Scene) -> None:
    """Press the keys of a scene, and wait for what it shows."""
    await press(pilot, *scene.keys)
    await until(pilot, lambda: scene.is_shown(screen_text(pilot.app)))


def lines(pilot: Pilot[None]) -> list[str]:
    return [line.rstrip() for line in screen_text(pilot.app).split("\n")]


@pytest.mark.slow
async def test_the_tour_is_walked_and_the_animation_shows_what_the_app_shows(demo: ImrApp) -> None:
    """If only the frames differ, `make animation` writes them anew."""
    frames = list(asciicast.read(CAST.read_text(encoding="utf-8")))
    differs = []
    async with running(demo, SIZE) as pilot:
        for scene, frame in zip(script(), frames, strict=True):
            await play(pilot, scene)
            assert not UNRESOLVED.search(panel(demo)), scene.shows
            try:
                await until(pilot, lambda: lines(pilot) == frame.lines)  # noqa: B023
            except AssertionError as error:
                differs.append(f"frame of {scene.shows!r}: {error}")
    assert differs == []
    assert (demo.folder.path / f"{NUMBER}.txt").read_text(encoding="ascii").startswith(MARK)
    assert demo.folder.open(NUMBER).case.items[OPEN_ITEM].decision == "overturned"


@pytest.mark.slow
async def test_a_tour_that_is_over_does_not_begin_again(demo: ImrApp) -> None:
    async with running(demo, SIZE) as pilot:
        for scene in script():
            await play(pilot, scene)
        await press(pilot, "escape", "escape")
        await until(pilot, lambda: demo.case is None)
        assert "the tour is over" in screen_text(demo)


def panel(app: ImrApp) -> str:
    """What the panel says."""
    (found,) = app.screen.query(TourPanel)
    return str(found.render()) if found.display else ""


async def test_undoing_goes_back_a_step(demo: ImrApp) -> None:
    async with running(demo, SIZE) as pilot:
        await press(pilot, "enter", "o")
        await until(pilot, lambda: "step 3 of 6" in screen_text(demo))
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "step 2 of 6" in screen_text(demo))


async def test_the_panel_is_hidden_everywhere_and_shown_again(demo: ImrApp) -> None:
    async with running(demo, SIZE) as pilot:
        await until(pilot, lambda: "step 1 of 6 (T hides this)" in screen_text(demo))
        await press(pilot, "T", "enter")
        await until(pilot, lambda: demo.case is not None)
        assert "DEMO:" not in screen_text(demo)
        await press(pilot, "T")
        await until(pilot, lambda: "step 2 of 6" in screen_text(demo))
        await press(pilot, "i", "T")
        assert "T" in str(demo.open_case.items[OPEN_ITEM].rationale)[:1]
        assert "hides this" not in screen_text(demo)


@pytest.mark.slow
async def test_the_tour_finds_its_way_from_every_stage(demo: ImrApp) -> None:
    async with running(demo, SIZE) as pilot:
        await press(pilot, "enter")
        await until(pilot, lambda: demo.case is not None)
        for stage in (Stage("credentials"), Stage("citations", 0), Stage("review")):
            await go(pilot, stage)
            assert "Choose Decision 2" in screen_text(demo)


async def test_a_dialog_that_the_tour_says_nothing_about_has_no_panel(demo: ImrApp) -> None:
    async with running(demo, SIZE) as pilot:
        await press(pilot, "enter", "ctrl+g")
        await until(pilot, lambda: demo.screen.query(TourPanel).first().is_attached)
        assert panel(demo) == ""


@pytest.mark.slow
async def test_the_tour_takes_no_key(folder: Folder, demo: ImrApp) -> None:
    """Without the mark, the app has the same keys on each screen, but for the tour's own."""
    without = ImrApp(folder, Letterhead(), lambda: NOW)
    assert await keys_of_screens(demo) == await keys_of_screens(without)


async def keys_of_screens(app: ImrApp) -> dict[str, dict[str, str]]:
    """The action of each key on some screens of the app."""
    seen = {}
    async with running(app, SIZE) as pilot:
        await until(pilot, lambda: NUMBER in screen_text(app))
        seen["worklist"] = bound(app)
        await press(pilot, "enter")
        await until(pilot, lambda: app.case is not None)
        for stage in (Stage("decision", OPEN_ITEM), Stage("citations", 0), Stage("review")):
            await go(pilot, stage)
            seen[stage.name] = bound(app)
        await press(pilot, "ctrl+g")
        seen["dialog"] = bound(app)
    return seen


def bound(app: ImrApp) -> dict[str, str]:
    """The action of each key, without the tour's own."""
    active = app.screen.active_bindings
    return {key: each.binding.action for key, each in active.items() if key != "T"}


async def test_a_case_of_a_demonstration_cannot_be_signed(demo: ImrApp) -> None:
    async with running(demo, (120, 40)) as pilot:
        await press(pilot, "enter")
        await until(pilot, lambda: demo.case is not None)
        await go(pilot, Stage("review"))
        await until(pilot, lambda: demo.parts.signing.why_no_key == UNSIGNED)


async def test_without_the_mark_there_is_no_panel(folder: Folder) -> None:
    app = ImrApp(folder, Letterhead(), lambda: NOW)
    async with running(app, SIZE) as pilot:
        await until(pilot, lambda: NUMBER in screen_text(app))
        assert not app.screen.query(TourPanel)
        await press(pilot, "T", "enter")
        await until(pilot, lambda: app.case is not None)
        assert not app.screen.query(TourPanel)


def test_another_case_is_at_the_first_step() -> None:
    other = demo_case(NOW.date())
    other = other.but(particulars=other.particulars.but(number="CM26-0000001"))
    assert shown(Seen("summary", case=other)).title == "DEMO: step 1 of 6"


def test_there_are_six_steps_with_advice_for_every_place() -> None:
    assert len(STEPS) == 6
    case = demo_case(NOW.date())
    for place in ("worklist", "credentials", "summary", "decision", "citations", "review"):
        for is_typing in (False, True):
            for opened_case in (None, case):
                seen = Seen(place, OPEN_ITEM, is_typing=is_typing, case=opened_case)
                assert shown(seen).says
