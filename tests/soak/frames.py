"""The frames campaign: after each frame the terminal shows what the stock renderer would show."""

import asyncio
import random
import tempfile
import unicodedata
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyte
from rich.color import Color, ColorSystem
from rich.control import Control
from textual._compositor import CompositorUpdate, LayoutUpdate
from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

import imr_tui.ui.app
from imr_tui.cli.runtime.crash_report import where
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.store.cases.folder import Folder
from imr_tui.terminal.capabilities import Capabilities, Characters, Colours
from imr_tui.terminal.damage import Damage, damage_of
from imr_tui.terminal.sgr import _PALETTE
from imr_tui.ui.app import ImrApp
from tests.bench.samples import FRESH, SEED, make_folder
from tests.terminal.screen import UNKNOWN
from tests.ui.driving import paste, press, running

SHORT, LONG = 300, 20_000
"""Frames that are compared at least."""
TURNS = 20
"""Looks at a picture until it counts as wrong."""
EACH = 500
"""Frames of one run of the app."""

NOW = datetime(2026, 11, 23, 14, 2, 7, tzinfo=UTC)
THEMES = ("imr", "textual-dark", "textual-light", "nord", "plain")
SIZES = ((80, 24), (120, 40), (60, 20), (80, 24), (200, 50), (80, 24), (100, 30), (60, 20))
COLOURS: tuple[Colours, ...] = ("full", "256", "16", "none")
CHARACTERS: tuple[Characters, ...] = ("UTF-8", "UTF-8", "ASCII")
WORDS = (
    "pain ",
    "the ",
    "漢字 ",
    "e\u0301 ",
    "1½ tablets ",
    "[sic] ",
    "👩\u200d⚕ ",
    "longerword" * 3,
)
KEYS = (
    *("left", "right", "up", "down", "home", "end", "pageup", "pagedown", "enter", "backspace"),
    *("delete", "tab", "shift+tab", "shift+left", "shift+up", "shift+end", "ctrl+z", "ctrl+y"),
    *("ctrl+n", "ctrl+p", "ctrl+g", "ctrl+t", "ctrl+r", "ctrl+o", "escape", "f1", "ctrl+w"),
    *("i", "u", "o", "a", "e", "j", "K", "slash", "space", "1", "ctrl+a", "ctrl+k", "ctrl+s"),
)


class Recorder(HeadlessDriver):
    """A driver whose terminal is a list of what was written."""

    written: list[str]

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        written = self.__dict__.setdefault("written", [])
        written.append(data)


class Compared(ImrApp):
    """The app on two terminals: one gets what is sent, the other what the stock app sends."""

    CSS_PATH = str(Path(imr_tui.ui.app.__file__).with_name("imr.tcss"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.frames = 0
        self.faults: list[str] = []
        self._screens: tuple[Screen, Screen] | None = None

    def _build_driver(
        self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None
    ) -> Driver:
        return Recorder(self, debug=False, mouse=mouse, size=size)

    def _display(self, screen: Any, renderable: Any) -> None:
        paints = isinstance(renderable, CompositorUpdate) and self.io.painter._is_on_terminal()
        stock = renderable.render_segments(self.console) if paints else ""
        super()._display(screen, renderable)
        assert isinstance(self._driver, Recorder)
        sent = "".join(self._driver.__dict__.pop("written", []))
        if paints and not self.io.display.is_small and not self._is_stale(renderable):
            caret = self.screen.outer_size.clamp_offset(self.cursor_position)
            self._compare(sent, stock + Control.move_to(*caret).segment.text)
        elif sent:
            # A notice on a screen that is too small, or a picture of another size, of which the
            # stock app writes beyond the edge; both begin anew after it.
            self._screens = None
            self.io.painter.repaint_all()

    def _is_stale(self, update: CompositorUpdate) -> bool:
        """Whether it was drawn for a terminal of another size."""
        width, height = self.size
        if isinstance(update, LayoutUpdate) and update.region.size != self.size:
            return True
        return any(x + strip.cell_length > width or y >= height for x, y, strip in parts(update))

    def smear(self, garbage: str) -> None:
        """Write on the terminal as another program does."""
        assert self._screens is not None
        self._screens[0].feed(garbage)

    async def look(self, pilot: Pilot[None]) -> None:
        """Compare what was sent with the whole picture, which may have changed unseen.

        A picture that is being drawn has some turns to come about.
        """
        for _ in range(TURNS):
            says = self._unseen()
            if not says:
                return
            await pilot.pause(0.05)
        self.faults.append(says)

    def _unseen(self) -> str:
        """The first line that is not what was drawn; blank if there is none.

        What the stock app leaves as it was is left here, too.
        """
        if self._screens is None or self.io.display.is_small or not self.is_running:
            return ""
        # The terminal of the tests puts accents and letters together.
        strips = self.screen._compositor.render_strips()
        wanted = [unicodedata.normalize("NFC", strip.text) for strip in strips]
        for at, (line, text) in enumerate(zip(self._screens[0].lines(), wanted, strict=False)):
            if line != text and line != self._screens[1].lines()[at]:
                return f"line {at} is {line!r} and not {text!r}"
        return ""

    def _compare(self, sent: str, stock: str) -> None:
        if self._screens is None or self._screens[0].size != tuple(self.size):
            self._screens = Screen(*self.size), Screen(*self.size)
        ours, theirs = self._screens
        ours.feed(sent)
        theirs.feed(stock)
        if self.io.painter.held_timer is not None:
            return
        self.frames += 1
        if says := ours.difference(theirs):
            self.faults.append(f"frame {self.frames}: {says}")


def parts(update: CompositorUpdate) -> Iterator[Damage]:
    return damage_of(update) or iter(())


class Screen:
    """The cells that a stream has painted, and where it left the cursor."""

    def __init__(self, columns: int, rows: int) -> None:
        self.size = (columns, rows)
        self._screen = pyte.Screen(columns, rows)
        self._screen.reset_mode(7, private=True)
        self._stream = pyte.ByteStream(self._screen)

    def feed(self, text: str) -> None:
        data = text.encode("utf-8", "backslashreplace")
        self._stream.feed(UNKNOWN.sub(b"", data))

    def lines(self) -> list[str]:
        columns = range(self.size[0])
        return [
            "".join(self._screen.buffer[y][x].data for x in columns) for y in range(self.size[1])
        ]

    def difference(self, other: "Screen") -> str:
        """The first cell that is not the same, or the cursor; blank if there is none."""
        touched = self._screen.dirty | other._screen.dirty
        for y in sorted(touched):
            ours, theirs = self._screen.buffer[y], other._screen.buffer[y]
            for x in range(self.size[0]):
                if ours[x] != theirs[x]:
                    return f"line {y}, column {x}: {ours[x]} and not {theirs[x]}"
        self._screen.dirty.clear()
        other._screen.dirty.clear()
        here, there = self._screen.cursor, other._screen.cursor
        if (here.x, here.y) != (there.x, there.y):
            return f"cursor at {here.x, here.y} and not at {there.x, there.y}"
        return ""


@asynccontextmanager
async def wandering(
    place: Path,
    size: tuple[int, int],
    number: str = FRESH.stem,
    capabilities: Capabilities | None = None,
) -> AsyncIterator[tuple[Compared, Pilot[None]]]:
    """The app that compares, on cases of its own."""
    folder = Folder(make_folder(place, FRESH, SEED))
    app = Compared(folder, Letterhead(), lambda: NOW, number, capabilities=capabilities)
    async with running(app, size) as pilot:
        yield app, pilot


async def wander(place: Path, seed: int, frames: int) -> tuple[int, list[str]]:
    """Do anything to the app until so many frames were painted; how many, and what differed."""
    chance = random.Random(seed)
    colours, characters = chance.choice(COLOURS), chance.choice(CHARACTERS)
    capabilities = Capabilities(colours, characters, has_bce=chance.random() < 0.5)
    number, size = chance.choice((FRESH.stem, SEED.stem)), chance.choice(SIZES)
    async with wandering(place, size, number, capabilities) as (app, pilot):
        while app.frames < frames and not app.faults and app.is_running:
            await step(pilot, chance)
            await app.look(pilot)
        if not app.io.painter.is_differential:
            app.faults.append("a frame was not understood, and sent the stock way")
    return app.frames, app.faults


async def step(pilot: Pilot[None], chance: random.Random) -> None:
    """One thing that somebody may do."""
    what, known = chance.random(), pilot.app.available_themes
    if what < 0.45:
        await press(pilot, *(char if char != " " else "space" for char in chance.choice(WORDS)))
    elif what < 0.9:
        await press(pilot, chance.choice(KEYS))
    elif what < 0.91:
        # A terminal of few colours has a theme that others have not.
        pilot.app.theme = chance.choice([each for each in THEMES if each in known])
    elif what < 0.95:
        await paste(pilot, chance.choice(WORDS) * chance.randrange(1, 60))
    else:
        await pilot.resize_terminal(*chance.choice(SIZES))
        await pilot.pause(0.12)


def _exactly(color: Color, system: ColorSystem, rich: Any = Color.downgrade) -> Color:
    """Rich's own way, but for what the palette of 256 has: Rich shifts its light greys."""
    number = _PALETTE.get(color.triplet) if color.triplet is not None else None
    if system is ColorSystem.EIGHT_BIT and number is not None:
        return Color.from_ansi(number)
    reduced: Color = rich(color, system)
    return reduced


def _run(part: tuple[int, int]) -> tuple[int, list[str]]:
    Color.downgrade = _exactly  # type: ignore[method-assign,assignment]
    with tempfile.TemporaryDirectory(prefix="imr-frames-") as place:
        try:
            frames, faults = asyncio.run(wander(Path(place), *part))
        except Exception as error:
            frames, faults = 0, [f"ended by {error!r} at {where(error)}"]
        return frames, [f"seed {part[0]}: {each}" for each in faults]


def campaign(short: bool, seed: int) -> Iterator[str]:
    """Frames over random edits, moves, dialogs, stages and sizes; how many differed."""
    total = SHORT if short else LONG
    each = min(EACH, total // 2)
    done, found, at = 0, 0, seed
    # Rich keeps what a style was in the colours it was first shown in.
    with ProcessPoolExecutor(mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        while done < total:
            for frames, faults in pool.map(_run, [(at, each), (at + 1, each)]):
                done += frames
                found += len(faults)
                yield from (f"  fault: {says}" for says in faults[:3])
            at += 2
    yield f"frames compared                   {done}, different {found}"
