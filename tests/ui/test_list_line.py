"""A field for a list completes what is typed, and asks for what is known no sooner."""

from textual.app import App, ComposeResult

from imr_tui.ui.widgets.list_input import ListInput


async def test_what_is_known_is_asked_for_with_the_first_key() -> None:
    asked: list[str] = []

    def known() -> tuple[str, ...]:
        asked.append("states")
        return "Tennessee", "Texas"

    class Page(App[None]):
        AUTO_FOCUS = None

        def compose(self) -> ComposeResult:
            yield ListInput("Texas", id="states", known=known)

    async with Page().run_test() as pilot:
        await pilot.pause()
        assert not asked
        line = pilot.app.query_one(ListInput).focus()
        await pilot.press("end", "comma", "space", *"ten", "right")
        assert asked
        assert line.value == "Texas, Tennessee"
