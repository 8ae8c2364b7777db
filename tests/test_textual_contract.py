"""Contract with Textual: the private names that imr_tui uses exist and behave as it expects.

`pyproject.toml` allows every Textual 8.x, whose private names may change with any release. A new
name needs a line in PRIVATE with the reason why no public one serves.
"""

import ast
import importlib
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pytest
from rich.color import ColorSystem
from rich.console import Console
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._compositor import (
    ChopsUpdate,
    Compositor,
    CompositorUpdate,
    InlineUpdate,
    LayoutUpdate,
)
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.css.stylesheet import Stylesheet
from textual.document._wrapped_document import WrappedDocument
from textual.dom import DOMNode
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input, OptionList, TextArea

import imr_tui
from imr_tui.terminal.damage import Damage, damage_of
from imr_tui.terminal.focus import TEXT_AREA_MODULE, is_text_area
from imr_tui.terminal.support import TerminalSupport
from tests.rows import each_row

pytestmark = pytest.mark.process

PRIVATE: dict[type, dict[str, str]] = {
    App: {
        "_background_screens": "renders a held screen with those that show through it",
        "_batch_count": "nothing is painted inside batch_update",
        "_clipboard": "the public setter also sends the text to the terminal",
        "_closed": "nothing is painted after the end",
        "_context": "makes the app the active one for work that a signal starts",
        "_display": "the only place that every frame passes on its way to the driver",
        "_register": "gives every screen the compositor that renders fewer lines",
        "_driver": "frames and the cursor are written to it",
        "_fatal_error": "renders local variables, which hold health information",
        "_handle_exception": "ends the app with a fault of another thread or of a task",
        "_set_pointer_shape": "writes a sequence that old terminals print",
        "_sync_available": "whether the terminal knows synchronized output",
    },
    DOMNode: {
        "_bindings": "the stock key map gives no key for texts to an action that has a letter",
        "_inherit_bindings": "whether a class has the keys of its bases, too",
    },
    Screen: {
        "_compositor": "renders a screen that was held until it was complete",
        "_extend_compose": "adds notifications, which must not show above the lock",
        "_get_breakpoint_classes": "gives a screen the classes of its size before it is styled",
    },
    Stylesheet: {"_variables": "whether the style sheet was read for the current theme"},
    Compositor: {"_render_chops": "renders every line of each widget that is touched"},
    LinuxDriver: {
        "_in_band_window_resize": "whether that mode was on",
        "_key_thread": "stopped while another program reads the terminal",
        "_mouse": "whether mouse reports were asked for",
        "_query_in_band_window_resize": "a plain terminal prints the query",
        "_request_terminal_sync_mode_support": "a plain terminal prints the query",
    },
    OptionList: {"_index_to_line": "the line of the cursor, for screen readers"},
    TextArea: {
        "_draw_cursor": "the terminal's own cursor is shown instead",
        "_refresh_scrollbars": "after a change of the virtual size",
        "_refresh_size": "counts all wrapped lines on every key",
        "_theme": "whether the colours are those of the style sheet",
    },
    WrappedDocument: {"_offset_to_line_info": "`height` counts the lines one by one"},
    Console: {"_color_system": "the number of colours that the terminal shows"},
}
"""Class of Textual or Rich, private name, and why it is used."""

MODULES = {
    "textual._ansi_sequences": "the sequences that Textual knows as keys",
    "textual._compositor": "the updates that `App._display` is called with",
    "textual._xterm_parser": "turns a sequence into key and mouse events",
}
"""Private modules that are imported, and why."""


# ── Which names are used ─────────────────────────────────────────────────────────────────────

PACKAGE = Path(imr_tui.__file__).parent
FILES = sorted(path for part in ("terminal", "ui") for path in (PACKAGE / part).rglob("*.py"))
NAMED_TUPLE = {"_replace", "_asdict", "_fields", "_make"}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def is_own(node: ast.expr) -> bool:
    """Whether an expression is `self`, `cls` or `super()`."""
    if isinstance(node, ast.Call):
        node = node.func
    return isinstance(node, ast.Name) and node.id in ("self", "cls", "super")


def defined(tree: ast.AST) -> Iterator[str]:
    """The names of methods, of attributes of self and of the class that `tree` defines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.ClassDef):
            yield from (
                name.id
                for line in node.body
                for name in ast.walk(line)
                if isinstance(line, ast.Assign | ast.AnnAssign) and isinstance(name, ast.Name)
            )


@cache
def names_of(owner: type) -> frozenset[str]:
    """The private names that a class itself defines."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(owner)))
    return frozenset(name for name in defined(tree) if is_private(name))


def foreign_names(owner: type) -> set[str]:
    """The private names that a class has from Textual or Rich."""
    bases = (each for each in owner.__mro__ if each.__module__.startswith(("textual.", "rich.")))
    return {name for base in bases for name in names_of(base)}


def used_in(node: ast.stmt, inherited: set[str], ours: set[str]) -> Iterator[str]:
    """The private names of others that a statement of a module uses or overrides."""
    for each in ast.walk(node):
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name in inherited:
            yield each.name
        elif isinstance(each, ast.Attribute) and is_private(each.attr):
            foreign = each.attr in inherited if is_own(each.value) else each.attr not in ours
            if foreign and each.attr not in NAMED_TUPLE:
                yield each.attr
        elif isinstance(each, ast.ImportFrom) and (each.module or "").startswith("textual._"):
            yield each.module or ""


def used() -> dict[str, str]:
    """Each private name of Textual or Rich that is used, with a file that uses it."""
    trees = {path: ast.parse(path.read_bytes()) for path in FILES}
    found: dict[str, str] = {}
    for path, tree in trees.items():
        where = path.relative_to(PACKAGE.parent).with_suffix("")
        module = importlib.import_module(".".join(where.parts).removesuffix(".__init__"))
        ours = set(defined(tree))
        for node in tree.body:
            inherited: set[str] = set()
            if isinstance(node, ast.ClassDef):
                owner = getattr(module, node.name)
                # The mixin has what it overrides from the app that it is mixed into.
                inherited = foreign_names(App if owner is TerminalSupport else owner)
            # A name that this module defines for itself may be read from another object of it.
            found |= dict.fromkeys(used_in(node, inherited, ours - inherited), str(where))
    return found


def test_every_private_name_is_listed_with_its_reason() -> None:
    listed = {name for names in PRIVATE.values() for name in names} | set(MODULES)
    found = used()
    assert {name: path for name, path in found.items() if name not in listed} == {}
    assert listed - set(found) == set(), "these are not used any more"


# ── That they exist ──────────────────────────────────────────────────────────────────────────


@each_row(("owner", "name"), [(owner, name) for owner, names in PRIVATE.items() for name in names])
def test_the_name_exists(owner: type, name: str) -> None:
    assert name in foreign_names(owner)


PARAMETERS: dict[Any, list[str]] = {
    App._display: ["self", "screen", "renderable"],
    App._handle_exception: ["self", "error"],
    App._fatal_error: ["self"],
    App._set_pointer_shape: ["self", "shape"],
    Screen._extend_compose: ["self", "widgets"],
    Compositor.render_update: ["self", "full", "screen_stack", "simplify"],
    LinuxDriver.__init__: ["self", "app", "debug", "mouse", "size"],
    TextArea._refresh_size: ["self"],
    TextArea.find_matching_bracket: ["self", "bracket", "search_from"],
}


@each_row("method", PARAMETERS)
def test_the_parameters_are_the_same(method: Any) -> None:
    assert list(inspect.signature(method).parameters) == PARAMETERS[method]


# ── That they behave as expected ─────────────────────────────────────────────────────────────


class Sample(App[None]):
    """A stock app with the widgets whose private names are used; records what it is called with."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[str] = []
        self.shown: list[object] = []

    def compose(self) -> ComposeResult:
        yield TextArea("one\ntwo three", soft_wrap=True)
        yield OptionList("first\nin two lines", "second")

    def _display(self, screen: Any, renderable: Any) -> None:
        self.shown.append(renderable)
        super()._display(screen, renderable)

    def _fatal_error(self) -> None:
        self.calls.append("_fatal_error")
        self.exit(return_code=70)


async def test_a_running_app() -> None:
    app = Sample()
    async with app.run_test() as pilot:
        assert (app._closed, app._batch_count) == (False, 0)
        assert app._background_screens == []
        assert isinstance(app._driver, Driver)
        assert app._sync_available is False
        with app.batch_update():
            assert app._batch_count == 1
        app.copy_to_clipboard("words")
        app._clipboard += " more"
        assert app.clipboard == "words more"
        with app._context():
            pass
        await pilot.pause()
    assert app._closed


async def test_every_frame_passes_display() -> None:
    app = Sample()
    async with app.run_test() as pilot:
        app.shown.clear()
        await pilot.press("a")
        await pilot.pause()
        painted = [each for each in app.shown if each is not None]
        assert painted
        assert all(isinstance(each, CompositorUpdate) for each in painted)
        whole = app.screen._compositor.render_update(True, app._background_screens)
        assert isinstance(whole, LayoutUpdate)


async def test_a_fault_ends_the_app_through_the_overridden_methods() -> None:
    app = Sample()

    async def fail() -> None:
        async with app.run_test() as pilot:
            app._handle_exception(ZeroDivisionError())
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert app.calls == ["_fatal_error"]
    assert app.return_code == 70


async def test_the_handler_of_every_class_is_called() -> None:
    class Loading(Sample):
        def on_load(self) -> None:
            self.calls.append("base")

    class Derived(Loading):
        def on_load(self) -> None:
            self.calls.append("derived")

    async with Derived().run_test() as pilot:
        assert pilot.app.calls == ["derived", "base"]  # type: ignore[attr-defined]


async def test_a_screen_adds_its_own_widgets_in_extend_compose() -> None:
    class Bare(Screen[None]):
        def _extend_compose(self, widgets: list[Any]) -> None:
            pass

    async with Sample().run_test(notifications=True, tooltips=True) as pilot:
        assert pilot.app.screen.query("ToastRack, Tooltip")
        await pilot.app.push_screen(Bare())
        assert not pilot.app.screen.query("ToastRack, Tooltip")


class Area(TextArea):
    """Records which of the overridden methods are called."""

    calls: ClassVar[set[str]] = set()

    def watch_selection(self, previous_selection: Any, selection: Any) -> None:
        self.calls.add("watch_selection")

    def undo(self) -> None:
        self.calls.add("undo")
        super().undo()

    def redo(self) -> None:
        self.calls.add("redo")
        super().redo()

    def scroll_to_region(self, region: Region, **options: Any) -> Any:
        self.calls.add("scroll_to_region")
        return super().scroll_to_region(region, **options)

    def _refresh_size(self) -> None:
        self.calls.add("_refresh_size")
        super()._refresh_size()


class AreaApp(App[None]):
    """An app with one text."""

    def compose(self) -> ComposeResult:
        yield Area("one\ntwo three")


async def test_a_text_area_calls_the_overridden_methods() -> None:
    async with AreaApp().run_test() as pilot:
        Area.calls.clear()
        await pilot.press("x")
        assert Area.calls == {"watch_selection", "scroll_to_region", "_refresh_size"}
        await pilot.press("ctrl+z", "ctrl+y")
        assert Area.calls >= {"undo", "redo"}


async def test_the_private_parts_of_a_text_area() -> None:
    async with AreaApp().run_test() as pilot:
        area = pilot.app.query_one(TextArea)
        assert is_text_area(area)
        assert TextArea.__module__ == TEXT_AREA_MODULE
        assert isinstance(TextArea._draw_cursor, property)
        before = area._theme
        area.theme = "monokai"
        assert area._theme is not before, "each theme is a new object"
        area._refresh_scrollbars()


async def test_the_lines_that_wrapping_makes() -> None:
    async with Sample().run_test() as pilot:
        wrapped = pilot.app.query_one(TextArea).wrapped_document
        assert len(wrapped._offset_to_line_info) == wrapped.height == 2


async def test_the_first_line_of_each_option() -> None:
    async with Sample().run_test() as pilot:
        options = pilot.app.query_one(OptionList)
        assert dict(options._index_to_line) == {0: 0, 1: 2}


class Handled(App[None]):
    """Records when the handlers of its widgets' pastes and keys run."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[str] = []

    def compose(self) -> ComposeResult:
        app = self

        class Line(Input):
            def on_paste(self, event: events.Paste) -> None:
                app.calls.append("line")
                event.text = event.text.upper()

        class Text(TextArea):
            def on_paste(self, event: events.Paste) -> None:
                app.calls.append("text")
                event.text = event.text.upper()

            def on_key(self, event: events.Key) -> None:
                app.calls.append(event.key)

        yield Line()
        yield Text()


@pytest.mark.parametrize(("widget", "name"), [(Input, "line"), (TextArea, "text")])
async def test_a_paste_that_a_handler_changes_is_inserted_once(widget: Any, name: str) -> None:
    app = Handled()
    async with app.run_test() as pilot:
        entry: Any = app.query_one(widget)
        entry.focus()
        await pilot.pause()
        app.screen.post_message(events.Paste("abc"))
        await pilot.pause()
        assert app.calls == [name]
        assert (entry.value if widget is Input else entry.text) == "ABC"


async def test_a_key_that_a_handler_has_seen_is_inserted() -> None:
    app = Handled()
    async with app.run_test() as pilot:
        app.query_one(TextArea).focus()
        await pilot.press("a")
        assert app.calls == ["a"]
        assert "a" in app.query_one(TextArea).text


async def test_the_driver_has_what_is_set_when_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signal.signal", lambda *_: None)
    app = Sample()
    written: list[str] = []
    async with app.run_test():
        driver = LinuxDriver(app, mouse=False, size=(80, 24))
        monkeypatch.setattr(driver, "write", written.append)
        assert (driver._mouse, driver._key_thread) == (False, None)
        assert driver._in_band_window_resize is False
        driver._query_in_band_window_resize()
        assert written == ["\x1b[?2048$p"]


def test_the_sequences_and_their_parser() -> None:
    assert "\x1b[A" in ANSI_SEQUENCES_KEYS
    (event,) = XTermParser().feed("\x1b[A")
    assert isinstance(event, events.Key)
    assert event.key == "up"


def test_the_colours_of_the_console() -> None:
    console = Console(color_system="truecolor")
    console._color_system = ColorSystem.STANDARD
    assert console.color_system == "standard"


def test_every_kind_of_update_is_understood_or_left_to_the_stock_app() -> None:
    strip = Strip.blank(4)
    chops = ChopsUpdate([{0: strip, 4: None}], [(0, 0, 4)], [[4, 8]])
    whole = LayoutUpdate([[strip, strip]], Region(2, 3, 8, 1))
    assert list(damage_of(chops) or ()) == [Damage(0, 0, strip)]
    assert list(damage_of(whole) or ()) == [Damage(2, 3, strip), Damage(6, 3, strip)]
    known = {ChopsUpdate, LayoutUpdate, InlineUpdate}
    assert set(CompositorUpdate.__subclasses__()) == known
    assert damage_of(InlineUpdate([strip])) is None
    assert damage_of("a notice") is None
