"""Text leaves the app only through the folder of cases; restricted mode opens nothing else."""

import io
from pathlib import Path

import pytest

from imr_tui.domain.workflow import Stage
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.store.cases import saver
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.paths import ImportScreen, RescueScreen
from imr_tui.ui.features.palette import BindingsProvider
from imr_tui.ui.messages import LetterGiven
from imr_tui.ui.stages.worklist import WorklistScreen
from tests.ui.conftest import FRESH, NOW, MakeApp, fill_disk
from tests.ui.driving import opened, press, running, screen_text, shown, the_app, told, until, write


@pytest.fixture
def restricted_app(folder: Folder) -> ImrApp:
    """The app as a login starts it."""
    return ImrApp(folder, Letterhead(), lambda: NOW, host=Host(restricted=True))


def files(place: Path) -> set[Path]:
    """What is in `place`, but for what the program keeps for itself."""
    return {path for path in place.rglob("*") if ".imr" not in path.parts}


async def test_what_would_carry_the_screen_away_is_refused(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        before = files(tmp_path)
        for action in ("screenshot", "app.screenshot('a.svg')", "suspend_process"):
            await app.run_action(action)
        app.open_url("https://example.org")
        app.deliver_screenshot()
        app.deliver_text(io.StringIO("text"))
        app.deliver_binary(io.BytesIO(b"text"))
        with pytest.raises(RuntimeError):
            app.save_screenshot("a.svg", str(tmp_path))
        await pilot.pause(0.3)
        assert "writes only to the folder of cases" in told(pilot)
        assert files(tmp_path) == before
        assert app.fault is None
        offered = [each if isinstance(each, type) else each() for each in app.COMMANDS]
        assert offered == [BindingsProvider]


async def test_what_is_copied_stays_inside(make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await write(pilot, "kept")
        await press(pilot, "shift+home", "ctrl+c")
        assert app.clipboard == "kept"
        assert told(pilot) == ""
        await press(pilot, "end", "ctrl+c")
        assert "^q quits" in told(pilot)
        assert app.clipboard == "kept"
        await press(pilot, "ctrl+v")
        assert app.open_case.summary.text == "keptkept"


async def test_restricted_imports_nothing(restricted_app: ImrApp, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("IMR Case Number: CM13-0000001\n", encoding="ascii")
    async with running(restricted_app) as pilot:
        app = the_app(pilot)
        assert app.restricted
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
        bindings = app.screen.active_bindings.values()
        assert "worklist.import" not in {each.binding.id for each in bindings}
        await press(pilot, "i")
        assert not isinstance(app.screen, ImportScreen)
        before = files(app.folder.path)
        app.post_message(LetterGiven(str(letter)))
        await pilot.pause(0.2)
        assert files(app.folder.path) == before


@pytest.mark.slow
async def test_restricted_offers_no_other_folder_for_what_the_disk_does_not_take(
    restricted_app: ImrApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(saver, "FLUSH_SECONDS", 0.1)
    restricted_app.parts.navigation.first = FRESH
    async with running(restricted_app, (100, 30)) as pilot:
        app = await opened(pilot, Stage("summary"))
        with monkeypatch.context() as broken:
            fill_disk(broken)
            await write(pilot, "abc")
            await press(pilot, "ctrl+q")
            await until(pilot, lambda: [each.kind for each in app.notices] == ["rescue"])
            await press(pilot, "f2")
            await until(pilot, lambda: isinstance(app.screen, RescueScreen))
            assert not app.screen.query("Input")
            assert "The program tries again every second." in shown(pilot)
            assert "no space left on device" in shown(pilot)
            await press(pilot, "enter")
            assert app.is_running
            await press(pilot, "escape")
        await until(pilot, lambda: "Saved 14:02:07" in screen_text(app))
