"""Only characters and colours of the terminal are painted, and the cursor is at the text."""

import asyncio
import re
import sys
import unicodedata
from itertools import chain

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Size
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from imr_tui.store.cases.folder import Folder
from imr_tui.terminal.capabilities import Capabilities
from imr_tui.terminal.filters import AsciiFallback, Sanitizer, reduce_style
from imr_tui.terminal.text_area import PartialTextArea
from imr_tui.terminal.widgets import SteadyInput
from imr_tui.text.sanitize import UNPAINTABLE, clean
from imr_tui.text.transliteration import TRANSLITERATION
from tests.rows import each_row
from tests.ui.conftest import MakeApp, put
from tests.ui.driving import running, screen_text, the_app, until
from tests.ui.test_hostile import DIALOGS, NUMBER, case_of

TURNS = 100
BLACK = Color(0, 0, 0)
UNSAFE_KINDS = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
IGNORABLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u2065\u3164\ufe00\ufe0f\ufff0\uffa0\U000e0100"

UNSAFE = re.compile(UNPAINTABLE)
IN_ASCII = AsciiFallback(TRANSLITERATION)


# ── The last net ─────────────────────────────────────────────────────────────────────────


def test_the_net_knows_every_character_that_commands_or_hides() -> None:
    # Above, there is nothing between but letters, and what is for private use.
    ranges = (range(0x20000), range(0xE0000, 0xE1100), (sys.maxunicode,))
    characters = map(chr, chain.from_iterable(ranges))
    kinds = {char: unicodedata.category(char) for char in characters}
    wanted = {char for char, kind in kinds.items() if kind in UNSAFE_KINDS} | {*IGNORABLE}
    caught = {char for char in kinds if UNSAFE.match(char)}
    assert wanted <= caught
    cleaned = {char for char in caught if clean(char) == char}
    assert cleaned == {"\t", "\n"}
    seen = {char for char in caught - wanted if kinds[char] not in {"Cn", "Mn", "Lo"}}
    assert seen == set()


@given(st.lists(st.text(max_size=12), max_size=4))
def test_the_net_lets_nothing_through_and_keeps_the_width(texts: list[str]) -> None:
    segments = [Segment(text, Style(bold=True)) for text in texts]
    caught = Sanitizer(UNPAINTABLE).apply(segments, BLACK)
    shown = "".join(text for text, _, _ in caught)
    assert not UNSAFE.search(shown)
    assert cell_len(shown) == sum(cell_len(text) for text in texts)


def test_the_net_marks_what_it_catches_and_leaves_the_rest() -> None:
    caught = Sanitizer(UNPAINTABLE).apply([Segment("a\x1b[31mb  ", Style(bold=True))], BLACK)
    assert "".join(text for text, _, _ in caught) == "a?[31mb "
    assert [bool(style and style.reverse) for _, style, _ in caught] == [False, True, False]
    usual = [Segment("naïve 漢字 ½")]
    assert Sanitizer(UNPAINTABLE).apply(usual, BLACK) is usual


class Raw(Widget):
    """A widget that paints what it likes."""

    def render_line(self, y: int) -> Strip:
        return Strip([Segment("\x1b]0;title\x07\u202eabc" if y == 0 else "")])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1


async def test_every_line_that_is_painted_goes_through_the_net(make_app: MakeApp) -> None:
    """Where this fails, Textual has changed: nothing in front of the terminal filters any more."""
    async with running(make_app()) as pilot:
        await the_app(pilot).screen.mount(Raw())
        await pilot.pause()
        assert "?]0;title??abc" in screen_text(pilot.app)


# ── ASCII, and few colours ───────────────────────────────────────────────────────────────


@given(st.text(max_size=20))
def test_a_text_in_ascii_takes_the_same_cells(text: str) -> None:
    text = UNSAFE.sub("", text)
    shown = IN_ASCII.replaced(text)
    assert shown.isascii()
    assert len(shown) == cell_len(text)


def test_marks_have_a_form_that_says_the_same_or_none() -> None:
    assert IN_ASCII.replaced("“naïve” – 5×2 µg … │─┌┼▌") == '"naive" - 5x2 ug ~ |-++|'
    assert IN_ASCII.replaced("10² ≤ ½ ± 漢") == "10? ? ? ? ??"


@each_row("has_colours", [True, False])
@each_row(
    ("style", "shown"),
    [
        (Style(color="#ffffff", bgcolor="#000000"), Style()),
        (Style(color="#000000", bgcolor="#ffffff", bold=True), Style(reverse=True, bold=True)),
        (Style(color="#ffffff", bgcolor="#000000", reverse=True), Style(reverse=True)),
        (Style(color="#000000", bgcolor="#ffffff", reverse=True), Style()),
        (Style(color="#ffffff", bgcolor="#0000a0"), Style(underline=True)),
        (Style(color="#ff0000", bgcolor="#ffffff"), Style(reverse=True)),
        (Style(color="#666666", dim=True, italic=True, strike=True), Style()),
        (Style(reverse=True), Style(reverse=True)),
    ],
)
def test_a_shade_becomes_an_attribute(style: Style, shown: Style, has_colours: bool) -> None:
    assert reduce_style(style, has_colours) == shown


@pytest.mark.parametrize(
    ("color", "hue"), [("#ff0000", "red"), ("#ffff00", "yellow"), ("#00ff00", "green")]
)
def test_a_state_keeps_its_hue_where_there_are_colours(color: str, hue: str) -> None:
    style = Style(color=color, bgcolor="#000000")
    assert reduce_style(style, has_colours=True) == Style(color=hue)
    assert reduce_style(style, has_colours=False) == Style()


# ── The cursor ───────────────────────────────────────────────────────────────────────────


def reversed_cells(pilot: Pilot[None], widget: Widget) -> set[tuple[int, int]]:
    """The cells inside `widget` that are painted in reverse."""
    cells = set()
    for y, strip in enumerate(pilot.app.screen._compositor.render_strips()):
        x = 0
        for text, style, _ in strip:
            for _ in range(cell_len(text)):
                if style and style.reverse and widget.content_region.contains(x, y):
                    cells.add((x, y))
                x += 1
    return cells


async def caret_is_painted_there(pilot: Pilot[None], entry: Input | TextArea) -> bool:
    """Whether the terminal's cursor comes to be where the widget paints its own."""
    app = the_app(pilot)
    entry.focus()
    for _ in range(TURNS):
        await asyncio.sleep(0.005)
        caret = app.io.display.caret if app.focused is entry else None
        if caret is not None and tuple(caret) in reversed_cells(pilot, entry):
            return caret == app.cursor_position
    return False


async def entries_with_the_caret_elsewhere(pilot: Pilot[None]) -> list[str]:
    """The text widgets of this screen, each written to, that the cursor is not in."""
    elsewhere = []
    for entry in pilot.app.screen.query("Input, TextArea"):
        assert isinstance(entry, Input | TextArea)
        if not (entry.focusable and all(node.display for node in entry.ancestors_with_self)):
            continue
        if isinstance(entry, Input):
            # From its start to its end, so that it scrolls.
            entry.cursor_position = 0
            entry.cursor_position = len(entry.value)
        else:
            entry.move_cursor(entry.document.end)
        if not await caret_is_painted_there(pilot, entry):
            elsewhere.append(f"{entry!r} {the_app(pilot).io.display.caret}")
    return elsewhere


@pytest.mark.slow
async def test_the_cursor_is_at_the_caret_of_every_text_widget(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stock widgets paint a caret, which is where the terminal's cursor has to be."""
    monkeypatch.delattr(PartialTextArea, "_draw_cursor")
    monkeypatch.delattr(SteadyInput, "validate__cursor_visible")
    case = case_of("words and 漢字 that are longer than the field they are in " * 3)
    put(folder, case)
    app = make_app(NUMBER)
    app.io.display.apply(Capabilities("none"))
    async with running(app) as pilot:
        await until(pilot, lambda: app.case is not None)
        elsewhere = await entries_with_the_caret_elsewhere(pilot)
        for name, dialog in DIALOGS.items():
            await app.push_screen(dialog(case))
            await pilot.pause()
            elsewhere += [
                f"{name}: {each}" for each in await entries_with_the_caret_elsewhere(pilot)
            ]
            app.screen.dismiss(None)
            await pilot.pause()
    assert elsewhere == []
