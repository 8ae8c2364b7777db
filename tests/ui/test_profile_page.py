"""`p` on the worklist: one page to edit the profile and to read the settings."""

from pathlib import Path

import pytest
from textual.widgets import Input

from imr_tui.services import settings_list
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile, machine_policy
from imr_tui.store.config.account_folder import account_folder
from imr_tui.store.config.profile import load_profile
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.profile import ProfileScreen
from imr_tui.ui.stages.worklist import WorklistScreen
from imr_tui.ui.widgets.settings_view import Page
from tests.ui.conftest import MakeApp
from tests.ui.driving import press, running, screen_text, the_app, until, write

SETTINGS = 'width = 80\nmedical_director = "[Robin] Sample, M.D."\n'


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The machine's file, which sets when the screen locks."""
    path = tmp_path / "imr-tui.toml"
    path.write_text("idle_minutes = 15\n")
    monkeypatch.setattr(machine_policy, "require_root", lambda path, kept: None)
    monkeypatch.setattr(
        settings_list.read_settings, "__kwdefaults__", {"restricted": False, "host_path": path}
    )
    return path


def put_settings(folder: Folder, content: str) -> Path:
    path = folder.own("settings.toml")
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_text(content)
    return path


def content(path: Path) -> str:
    return path.read_text()


def settings_shown(app: ImrApp) -> str:
    return str(app.screen.query_one("#settings").render())


async def test_one_page_shows_the_profile_and_each_setting_with_its_origin(
    folder: Folder, make_app: MakeApp
) -> None:
    put_settings(folder, SETTINGS)
    async with running(make_app(), (100, 40)) as pilot:
        app = the_app(pilot)
        await press(pilot, "p")
        await until(pilot, lambda: isinstance(app.screen, ProfileScreen))
        assert "Your profile and settings" in screen_text(app)
        assert app.screen.query_one("#licenses", Input).value == "Texas"
        lines = settings_shown(app).split("\n")
        assert "idle_minutes = 15 (site)" in lines
        assert "width = 80 (folder)" in lines
        assert 'medical_director = "[Robin] Sample, M.D." (folder)' in lines
        assert "mouse = false (default)" in lines
        assert "Minutes without a key after which the screen locks." in settings_shown(app)


async def test_the_profile_is_changed_on_disk_and_the_settings_are_not(
    folder: Folder, make_app: MakeApp, machine: Path
) -> None:
    put_settings(folder, SETTINGS)
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "p")
        await press(pilot, "end", *", Nevada")
        app.screen.query_one("#name").focus()
        await write(pilot, "Jane Doe")
        await press(pilot, "pagedown", "pagedown", "pageup", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
        assert "Profile saved." in screen_text(app)
    assert load_profile(folder) == Profile(
        licenses=("Texas", "Nevada"), specialties=("Pain Medicine",), name="Jane Doe"
    )
    assert content(account_folder(folder.path) / "profile.toml") == (
        'licenses = [\n    "Texas",\n    "Nevada",\n]\n'
        'specialties = [\n    "Pain Medicine",\n]\n'
        'name = "Jane Doe"\n'
    )
    assert content(folder.own("settings.toml")) == SETTINGS
    assert content(machine) == "idle_minutes = 15\n"


async def test_esc_leaves_the_profile_on_disk_as_it_was(folder: Folder, make_app: MakeApp) -> None:
    file = account_folder(folder.path) / "profile.toml"
    before = file.read_bytes()
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "p", "end", *", Nevada", "pagedown", "escape")
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
    assert file.read_bytes() == before


async def test_page_down_shows_the_settings_and_typing_shows_the_field_again(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "p")
        await until(pilot, lambda: isinstance(app.screen, ProfileScreen))
        assert "State(s) of licensure" in screen_text(app)
        assert "PgDn Settings" in screen_text(app)
        await press(pilot, *["pagedown"] * 20)
        assert "State(s) of licensure" not in screen_text(app)
        assert "The severity of a rule, by its id" in screen_text(app)
        # The keys of the page stay in view.
        assert "PgDn Settings" in screen_text(app)
        await write(pilot, "x")
        assert "State(s) of licensure" in screen_text(app)
        await press(pilot, *["pagedown"] * 3, *["pageup"] * 5)
        await until(pilot, lambda: app.screen.query_one(Page).scroll_y == 0)


async def test_at_the_first_start_only_the_profile_is_asked_for(
    folder: Folder, make_app: MakeApp
) -> None:
    (account_folder(folder.path) / "profile.toml").unlink()
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: isinstance(app.screen, ProfileScreen))
        assert not app.screen.query(Page)
        assert "PgDn" not in screen_text(app)
        await press(pilot, "pagedown", "pageup", *["enter"] * 6)
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
    assert load_profile(folder) == Profile()


async def test_settings_that_cannot_be_read_are_explained_and_the_profile_can_be_edited(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        put_settings(folder, "width = 80\nmouse = 1\n")
        await press(pilot, "p")
        await until(pilot, lambda: isinstance(app.screen, ProfileScreen))
        assert "settings.toml, line 2" in settings_shown(app)
        app.screen.query_one("#name").focus()
        await write(pilot, "Jane Doe")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, WorklistScreen))
    profile = load_profile(folder)
    assert profile is not None
    assert profile.name == "Jane Doe"


@pytest.mark.slow
@pytest.mark.parametrize("width", [60, 80, 120])
async def test_no_line_of_the_settings_is_cut(
    folder: Folder, make_app: MakeApp, width: int
) -> None:
    put_settings(folder, f'{SETTINGS}organization = "{"Sample " * 20}"\n')
    async with running(make_app(), (width, 24)) as pilot:
        app = the_app(pilot)
        await press(pilot, "p")
        await until(pilot, lambda: isinstance(app.screen, ProfileScreen))
        view = app.screen.query_one("#settings")
        assert view.size.width > 40
        assert max(map(len, settings_shown(app).split("\n"))) <= view.size.width
