"""The look: colours that can be read everywhere, frames with titles, and states in words."""

from collections.abc import Iterator
from typing import Any

import pytest
from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.style import Style
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import OptionList, TextArea
from textual.widgets._toast import Toast

from imr_tui.checks import Finding
from imr_tui.domain.workflow import Stage, walk
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.model.limits import ATTESTATIONS
from imr_tui.store.cases.folder import Folder
from imr_tui.terminal.sgr import _PALETTE, _reduced, pen_of
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.theme import THEME
from imr_tui.ui.widgets.key_line import KeyLine
from imr_tui.ui.widgets.missing import missing_words
from imr_tui.ui.widgets.stage_bar import stage_line
from tests.rows import each_row
from tests.ui.conftest import FRESH, MakeApp, on_disk, put
from tests.ui.driving import go, press, rest, running, screen_text, the_app, until
from tests.ui.test_hostile import DIALOGS, case_of

NUMBER = "CM26-0000666"
LEAST = 4.5
"""The contrast that WCAG 2 asks of text (success criterion 1.4.3, level AA)."""
# Of scrollbars and of the edge of a message: shapes, and no text.
BLOCKS = set("▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▔")
Pair = tuple[tuple[int, int, int], tuple[int, int, int]]


# ── Contrast ─────────────────────────────────────────────────────────────────────────────


def luminance(colour: tuple[int, int, int]) -> float:
    """The relative luminance of a colour by WCAG 2."""
    parts = (part / 255 for part in colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(pair: Pair) -> float:
    """The contrast ratio of two colours by WCAG 2: 1 to 21."""
    dark, light = sorted(map(luminance, pair))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_is_that_of_the_standard() -> None:
    assert contrast(((0, 0, 0), (255, 255, 255))) == pytest.approx(21)
    assert contrast(((119, 119, 119), (255, 255, 255))) == pytest.approx(4.48, abs=0.01)


def painted(pilot: Pilot[Any]) -> Iterator[tuple[str, Style]]:
    """Every text on the screen with its style; of a dialog, what is in its panel."""
    app = the_app(pilot)
    panels = [panel.region for panel in app.screen.query(".panel, #--container")]
    within = panels[0] if panels else Region(0, 0, *app.size)
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for text, style, _ in strip:
            if style is not None and set(text.strip()) - BLOCKS and within.contains(x, y):
                yield text, style
            x += cell_len(text)


def triplet(colour: Color | None, system: ColorSystem) -> tuple[int, int, int]:
    """The red, green and blue that a terminal with these colours shows."""
    assert colour is not None
    red, green, blue = _reduced(colour, system).get_truecolor()
    return red, green, blue


def faint(pilot: Pilot[Any]) -> set[str]:
    """The texts on the screen that are hard to read, at 24 bits or at 256 colours."""
    found = set()
    for text, style in painted(pilot):
        for system in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT):
            pair = triplet(style.color, system), triplet(style.bgcolor, system)
            if contrast(pair) < LEAST or style.dim:
                found.add(f"{text.strip()!r} {pair} {contrast(pair):.1f} dim={style.dim}")
    return found


@pytest.fixture
def full(folder: Folder) -> Folder:
    """A case with something in every field, and findings of every kind."""
    put(folder, case_of("Six more visits are not necessary for the left shoulder."))
    return folder


@pytest.mark.slow
async def test_all_text_of_the_stages_has_enough_contrast(full: Folder, make_app: MakeApp) -> None:
    async with running(make_app(NUMBER), (120, 40)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        seen: set[str] = set()
        for stage in walk(app.open_case):
            await go(pilot, stage)
            seen |= faint(pilot)
            for area in app.screen.query(TextArea):
                area.focus()
                area.select_all()
                await pilot.pause()
                seen |= faint(pilot)
            app.set_focus(None)
            app.say("The letter was written.")
            app.notify("Not done.", title="Not now", severity="warning")
            app.notify("It failed.", title="No room", severity="error")
            await pilot.pause()
            seen |= faint(pilot)
            for toast in app.screen.query(Toast):
                toast.remove()
        assert seen == set()


@pytest.mark.slow
async def test_all_text_of_the_dialogs_has_enough_contrast(full: Folder, make_app: MakeApp) -> None:
    async with running(make_app(NUMBER), (120, 40)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        seen: set[str] = set()
        for dialog in DIALOGS.values():
            await app.push_screen(dialog(app.open_case))
            for listed in (None, *app.screen.query(OptionList)):
                app.set_focus(listed)
                await pilot.pause()
                seen |= faint(pilot)
            app.screen.dismiss(None)
            await pilot.pause()
        for keys in (["f1"], ["ctrl+o"], ["ctrl+o", "n", "e"]):
            await press(pilot, *keys)
            await pilot.pause()
            seen |= faint(pilot)
            await press(pilot, "escape")
        assert seen == set()


@pytest.mark.slow
async def test_what_cannot_be_changed_can_still_be_read(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Folder, "is_writable", lambda folder: False)
    async with running(make_app(FRESH), (120, 40)) as pilot:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, Stage("credentials"))
        assert faint(pilot) == set()


async def test_the_worklist_has_enough_contrast(folder: Folder, make_app: MakeApp) -> None:
    (folder.path / "CM26-0000001.toml").write_text("schema = 1\n[case\n")
    async with running(make_app(), (120, 40)) as pilot:
        await until(pilot, lambda: FRESH in screen_text(the_app(pilot)))
        assert faint(pilot) == set()
        await press(pilot, "slash", "x")
        assert faint(pilot) == set()


# ── Colours ──────────────────────────────────────────────────────────────────────────────


def test_all_colours_are_in_the_palette_of_256_and_shown_as_they_are() -> None:
    named = ("primary", "foreground", "background", "surface", "panel", "boost", "accent")
    states = ("success", "warning", "error")
    colours = {getattr(THEME, name) for name in (*named, *states)} | set(THEME.variables.values())
    for text in colours - {"none"}:
        colour = Color.parse(text)
        assert colour.triplet in _PALETTE
        assert triplet(colour, ColorSystem.EIGHT_BIT) == colour.triplet


def test_there_are_greys_one_accent_and_three_states() -> None:
    used = {*THEME.variables.values(), THEME.foreground, THEME.background} - {"none"}
    triplets = {Color.parse(str(text)).triplet for text in used}
    coloured = {each for each in triplets if each is not None and max(each) != min(each)}
    states = {
        Color.parse(str(each)).triplet for each in (THEME.success, THEME.warning, THEME.error)
    }
    assert states <= coloured
    # The accent, and a deep shade of it for what is chosen.
    assert len(coloured - states) == 2


@each_row(
    ("grey", "number"),
    [("#121212", 233), ("#8a8a8a", 245), ("#b2b2b2", 249), ("#dadada", 253), ("#eeeeee", 255)],
)
def test_a_grey_of_the_palette_is_sent_as_its_own_number(grey: str, number: int) -> None:
    pen = pen_of(Style(color=grey), ColorSystem.EIGHT_BIT)
    assert pen.foreground == f"38;5;{number}"


# ── Lines inside a frame ─────────────────────────────────────────────────────────────────


async def test_a_text_in_a_frame_is_wrapped_to_the_frame(folder: Folder, make_app: MakeApp) -> None:
    """The text opens as wide as the screen, and becomes narrower without changing its height."""
    text = "Six sessions were authorized. No more are necessary, as the guideline recommends a "
    put(
        folder, edits.set_rationale(on_disk(folder), 1, text + "trial before any further sessions.")
    )
    async with running(make_app(FRESH), (120, 40)) as pilot:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, Stage("decision", 1))
        await pilot.pause()
        assert "guideline recommends a trial" in screen_text(the_app(pilot))


# ── The stage bar ────────────────────────────────────────────────────────────────────────


def bar(case: Case, width: int, at: Stage, found: tuple[Finding, ...] | None = ()) -> str:
    """The words of the stage bar."""
    return stage_line(case, found, at, width).plain


def test_the_stage_bar_is_in_words_where_there_is_room(folder: Folder) -> None:
    case = edits.set_summary(on_disk(folder), "The worker was injured.")
    line = bar(case, 110, Stage("summary"))
    assert line.split() == [
        *("○", "Credentials", "open", "✓", "Summary", "done", "○", "Decisions", "0/3"),
        *("○", "Citations", "1/3", "✓", "Review", "ready"),
    ]


@each_row(
    ("width", "words"),
    [
        (80, " ○ Credentials  ○ Summary  ○ Decisions 0/3  ○ Citations 1/3  ○ Review "),
        (60, " ○ Cred  ○ Summ  ○ Dec 0/3  ○ Cit 1/3  ○ Review "),
    ],
)
def test_the_stage_bar_is_spaced_evenly(folder: Folder, width: int, words: str) -> None:
    line = bar(on_disk(folder), width, Stage("summary"), None)
    assert line.split() == words.split()
    gaps = {len(gap) for gap in _gaps(line)}
    assert len(gaps) == 1
    assert len(line) <= width


def _gaps(line: str) -> Iterator[str]:
    """The spaces between the parts, which start with a mark."""
    for part in line.replace("✓", "○").split("○")[1:-1]:
        yield part[len(part.rstrip()) :]


@each_row(
    ("change", "stage", "words"),
    [
        ("", Stage("credentials"), "Missing here: state of licensure, specialty, 6 attestations"),
        ("", Stage("summary"), "Missing here: summary"),
        ("", Stage("decision", 1), "Missing here: decision, rationale"),
        ("decide", Stage("decision", 1), "Decisions: item 1 has no decision and no rationale"),
        ("", Stage("citations", 0), "Missing here: citation"),
        (
            "attest",
            Stage("credentials"),
            "Missing here: state of licensure, specialty, 1 attestation",
        ),
        ("", Stage("decision", 9), ""),
    ],
)
def test_what_a_stage_lacks_is_said_in_words(
    folder: Folder, change: str, stage: Stage, words: str
) -> None:
    case = on_disk(folder)
    if change == "decide":
        case = edits.set_rationale(edits.set_decision(case, 1, "upheld"), 1, "It is not needed.")
    if change == "attest":
        case = case.but(reviewer=case.reviewer.but(attested=tuple(ATTESTATIONS)[1:]))
    assert missing_words(case, stage) == words


async def test_the_stage_bar_follows_the_case(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, Stage("credentials"))
        assert "Missing here: 6 attestations" in screen_text(app)
        app.set_focus(None)
        await press(pilot, "1")
        await until(pilot, lambda: "Missing here: 5 attestations" in screen_text(app))
        await go(pilot, Stage("review"))
        assert "Missing: Credentials, Summary, Decision 1" in screen_text(app)


# ── Frames, dialogs and messages ─────────────────────────────────────────────────────────

SIZES = [(60, 20), (80, 24), (120, 40)]


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_dialogs_have_a_margin_and_cut_no_word_behind_them(
    full: Folder, make_app: MakeApp, size: tuple[int, int]
) -> None:
    async with running(make_app(NUMBER), size) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        for name, dialog in DIALOGS.items():
            await app.push_screen(dialog(app.open_case))
            await pilot.pause()
            panel = app.screen.query_one(".panel").region
            assert Region(2, 0, size[0] - 4, size[1]).contains_region(panel), name
            lines = screen_text(app).split("\n")[panel.y : panel.bottom]
            beside = [line.ljust(size[0]) for line in lines]
            assert all(not line[: panel.x].strip() for line in beside), name
            assert all(not line[panel.right :].strip() for line in beside), name
            assert panel.contains_region(app.screen.query_one(KeyLine).region), name
            app.screen.dismiss(None)
            await pilot.pause()


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_message_does_not_cover_the_keys(
    full: Folder, make_app: MakeApp, size: tuple[int, int]
) -> None:
    async with running(make_app(NUMBER), size) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        screens: list[Dialog[Any] | None] = [
            None,
            *(make(app.open_case) for make in DIALOGS.values()),
        ]
        app.notify("The letter was written to a file of the folder.", timeout=600)
        for screen in screens:
            if screen is not None:
                await app.push_screen(screen)
            await pilot.pause()
            toast = app.screen.query_one(Toast).region
            assert not toast.overlaps(app.screen.query_one(KeyLine).region), screen
            if screen is not None:
                screen.dismiss(None)
                await pilot.pause()


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_nothing_overlaps_on_any_stage(
    full: Folder, make_app: MakeApp, size: tuple[int, int]
) -> None:
    async with running(make_app(NUMBER), size) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        for stage in walk(app.open_case):
            await go(pilot, stage)
            await rest(app)
            # Not the children of a part that scrolls: those out of view have places, too.
            parts = [app.screen, *app.screen.query("Horizontal, Horizontal > Vertical")]
            for part in parts:
                shown = [child for child in part.children if child.display and child.region.area]
                shown = [child for child in shown if "-textual-system" not in child.classes]
                regions = [child.region for child in shown]
                for at, region in enumerate(regions):
                    assert Region(0, 0, *size).contains_region(region), (stage, shown[at])
                    assert not any(region.overlaps(each) for each in regions[at + 1 :]), (
                        stage,
                        shown,
                    )


async def test_lists_and_statements_have_titled_frames(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH), (120, 40)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, Stage("citations", 0))
        assert "─ You cite ─" in screen_text(app)
        assert "─ Administrator cited ─" in screen_text(app)
        await go(pilot, Stage("credentials"))
        assert "─ For this case I attest" in screen_text(app)
        await press(pilot, "ctrl+t")
        assert "─ Items in dispute ─" in screen_text(app)
