"""The modes of a stage, and the answers to keys in the last line."""

from tests.ui.conftest import FRESH, MakeApp
from tests.ui.driving import press, running, screen_text, the_app, until


def last_line(app: object) -> str:
    """What the line of the keys says."""
    return screen_text(app).split("\n")[-1].strip()


async def test_a_hint_stands_in_the_last_line_until_the_next_key(make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        app.hint("Undone: summary, 3 words (^y redoes)")
        await until(pilot, lambda: last_line(app) == "Undone: summary, 3 words (^y redoes)")
        await press(pilot, "down")
        assert "F1 Help" in last_line(app)


async def test_a_locked_screen_shows_no_hint(make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        app.hint("Something of a case")
        await press(pilot, "f8")
        await until(pilot, lambda: app.is_locked)
        app.hint("Something of a case")
        assert app.hint_shown == ""
        assert "Something" not in screen_text(app)
