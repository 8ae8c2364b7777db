"""Reading while writing: the letter wrapped to the screen, the facts beside a text, findings."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import OptionList

from imr_tui import checks
from imr_tui.checks import CheckContext, Finding, Hit, Policy
from imr_tui.domain.workflow import Place, Stage
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.letter.render.preview import Preview
from imr_tui.letter.render.renderer import render
from imr_tui.model import edits
from imr_tui.store.cases.folder import Folder
from imr_tui.terminal.background import IsStopped
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.letter import LetterScreen
from imr_tui.ui.stages.review import ReviewScreen
from imr_tui.ui.widgets.finding_hints import FindingHints, lines_of
from imr_tui.ui.widgets.letter_view import LetterView
from imr_tui.ui.widgets.prose import Prose
from imr_tui.ui.widgets.side_pane import SidePane
from tests.ui.conftest import FRESH, NOW, SEED, MakeApp, on_disk, put
from tests.ui.driving import (
    go,
    press,
    rest,
    running,
    saved,
    screen_text,
    shown,
    the_app,
    until,
    write,
)

SUMMARY = Stage("summary")
DECISION = Stage("decision", 0)
REVIEW = Stage("review")
NARROW, WIDE = (80, 24), (120, 40)
BAD = "forbidden"
LONG = f"It says {BAD}, and this message is long enough that it needs more than one line of a form."


def letter_lines(pilot: Pilot[None]) -> list[str]:
    """The lines of the letter in view."""
    view = pilot.app.screen.query_one(LetterView)
    return view.text.split("\n")[:-1]


async def letter_shown(pilot: Pilot[None]) -> None:
    app = pilot.app
    await until(pilot, lambda: any(view.text for view in app.screen.query(LetterView)))


def title_of(pilot: Pilot[None], name: str) -> str:
    """The title of a widget, without its styles."""
    return Content.from_markup(pilot.app.screen.query_one(name).border_title or "").plain


# ── Item: the preview fits the screen, the file does not change ──────────────────────────────


async def test_review_wraps_the_letter_to_a_narrow_screen_and_writes_the_file_as_before(
    make_app: MakeApp, folder: Folder
) -> None:
    async with running(make_app(SEED), NARROW) as pilot:
        await go(pilot, REVIEW)
        await letter_shown(pilot)
        lines = letter_lines(pilot)
        letter = render(on_disk(folder, SEED))
        assert " ".join(lines).split() == letter.split()
        assert max(map(len, lines)) <= 78
        room = pilot.app.screen.query_one(LetterView).wrap_width
        following = pairwise(lines)
        wrapped = [(one, two) for one, two in following if one and two and "   " not in one + two]
        stubs = [one for one, two in wrapped if len(f"{one} {two.split()[0]}") <= room]
        # Lines that are short because their paragraph ends: a heading, a label.
        assert len(stubs) <= 4
        assert "the file has lines of up to 95 columns" in title_of(pilot, "#letter")
        await press(pilot, "w")
        await until(pilot, lambda: "Letter written" in screen_text(pilot.app))
    assert (folder.path / f"{SEED}.txt").read_bytes() == letter.encode("ascii")


@pytest.mark.slow
async def test_a_wide_screen_shows_the_lines_of_the_file_and_marks_its_width(
    make_app: MakeApp, folder: Folder
) -> None:
    async with running(make_app(SEED), WIDE) as pilot:
        await go(pilot, REVIEW)
        await letter_shown(pilot)
        view = pilot.app.screen.query_one(LetterView)
        assert view.text == render(on_disk(folder, SEED))
        assert "with the file's lines of up to 95 columns" in title_of(pilot, "#letter")
        inside = view.content_region
        rows = screen_text(pilot.app).split("\n")[inside.y : inside.bottom]
        rules = [line[inside.x : inside.right].find("│") for line in rows]
        assert len(rules) > 10
        assert set(rules) == {95}


async def test_a_resize_wraps_the_letter_again(make_app: MakeApp) -> None:
    async with running(make_app(SEED), NARROW) as pilot:
        await go(pilot, REVIEW)
        await letter_shown(pilot)
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: max(map(len, letter_lines(pilot))) <= 58)
        assert title_of(pilot, "#letter") == "Letter, re-wrapped (file: 95 columns)"
        await pilot.resize_terminal(*WIDE)
        await until(pilot, lambda: max(map(len, letter_lines(pilot))) == 95)


@pytest.mark.parametrize(
    ("stage", "words", "key"),
    [
        pytest.param(Stage("credentials"), "State(s) of Licensure:", "v", marks=pytest.mark.slow),
        (SUMMARY, "[summary missing]", "escape"),
        (Stage("decision", 2), "[decision missing]", "v"),
        pytest.param(
            Stage("citations", 2),
            "guideline: The Expert Reviewer",
            "escape",
            marks=pytest.mark.slow,
        ),
        (REVIEW, "HOW THE IMR FINAL DETERMINATION", "v"),
        pytest.param(REVIEW, "HOW THE IMR FINAL DETERMINATION", "escape", marks=pytest.mark.slow),
    ],
)
async def test_v_shows_the_letter_at_the_place_and_closes_to_the_same_focus(
    stage: Stage, words: str, key: str, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH), NARROW) as pilot:
        app = the_app(pilot)
        await go(pilot, stage, types=False)
        await until(pilot, lambda: app.findings is not None)
        below, focused = app.screen, app.screen.focused
        await press(pilot, "v")
        assert isinstance(app.screen, LetterScreen)
        assert app.screen.query_one(".panel").region.size == NARROW
        await letter_shown(pilot)
        await until(pilot, lambda: words in shown(pilot))
        if stage.item == 2:
            assert app.screen.query_one(LetterView).scroll_offset.y > 0
        await press(pilot, key)
        await until(pilot, lambda: app.screen is below)
        assert app.screen.focused is focused


@pytest.mark.slow
async def test_v_shows_the_sentence_at_the_cursor(make_app: MakeApp, folder: Folder) -> None:
    text = "\n\n".join(f"Paragraph {at} " + "of a long text. " * 20 for at in range(40))
    put(folder, edits.set_rationale(on_disk(folder), 0, text))
    async with running(make_app(FRESH), NARROW) as pilot:
        await go(pilot, DECISION, Place("rationale", 0))
        await press(pilot, "ctrl+end", "escape", "v")
        await letter_shown(pilot)
        await until(pilot, lambda: "Paragraph 39" in shown(pilot))
        assert "Paragraph 1 " not in shown(pilot)


async def test_v_is_typed_into_a_text(make_app: MakeApp, folder: Folder) -> None:
    async with running(make_app(FRESH)) as pilot:
        await go(pilot, SUMMARY)
        await write(pilot, "vivid fbsp")
        await saved(pilot)
    assert on_disk(folder).summary.text == "vivid fbsp"


async def test_the_letter_stays_beside_the_text_and_follows_after_a_pause(
    make_app: MakeApp, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(make_app(FRESH), WIDE) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, DECISION, Place("rationale", 0))
        app.parts.pane_choice.view = "letter"
        await go(pilot, DECISION, Place("rationale", 0))
        await letter_shown(pilot)
        made: list[Preview] = []
        preview = app.parts.output.preview

        def counted(is_stopped: IsStopped, *, draft: bool) -> Preview:
            made.append(preview(is_stopped, draft=draft))
            return made[-1]

        monkeypatch.setattr(app.parts.output, "preview", counted)
        monkeypatch.setattr("imr_tui.ui.features.checking.PAUSE_SECONDS", 30)
        before = letter_lines(pilot)
        await write(pilot, "The records support it.")
        assert letter_lines(pilot) == before
        assert not made
        app.parts.checking.sync_views()
        await until(pilot, lambda: "Decision rationale: The records support it." in shown(pilot))
        assert len(made) == 1
        await saved(pilot)
    # The view is a text area, too, and must never be taken for the text that is written.
    assert on_disk(folder).items[0].rationale == "The records support it."


# ── Item: the facts stay in view ─────────────────────────────────────────────────────────────


@pytest.mark.slow
async def test_at_120_columns_one_key_switches_what_is_beside_the_rationale(
    make_app: MakeApp, folder: Folder
) -> None:
    put(folder, edits.set_summary(on_disk(folder), "A warehouse worker fell."))
    async with running(make_app(FRESH), WIDE) as pilot:
        await go(pilot, DECISION, Place("rationale", 0))
        pane = pilot.app.screen.query_one(SidePane)
        assert pane.display
        seen = []
        views = ("Rowan Testcase", "Rotator Cuff Tears", "A warehouse worker fell.", "missing]")
        for words in views:
            seen.append(title_of(pilot, "SidePane").partition("  ")[0])
            await until(pilot, lambda words=words: words in shown(pilot))  # type: ignore[misc]
            await press(pilot, "ctrl+right_square_bracket")
            await pilot.pause()
        assert seen == ["Case", "Administrator cited", "Summary", "Letter"]
        await press(pilot, "escape", "p")
        await until(pilot, lambda: "Administrator cited" in title_of(pilot, "SidePane")[:20])
        await saved(pilot)
    assert on_disk(folder).items[0].rationale == ""


@pytest.mark.slow
async def test_the_choice_is_kept_for_the_session(make_app: MakeApp) -> None:
    async with running(make_app(FRESH), WIDE) as pilot:
        await go(pilot, DECISION)
        await press(pilot, "ctrl+right_square_bracket")
        await go(pilot, Stage("decision", 1))
        await until(pilot, lambda: "Physical Therapy" in shown(pilot))
        assert title_of(pilot, "SidePane").startswith("Administrator cited")
        # Summary has no citations of an item, but the choice stays.
        await go(pilot, SUMMARY)
        assert title_of(pilot, "SidePane").startswith("Case")
        await go(pilot, DECISION)
        assert title_of(pilot, "SidePane").startswith("Administrator cited")


@pytest.mark.parametrize("types", [True, False])
async def test_at_80_columns_one_key_shows_and_hides_the_facts_above_the_text(
    types: bool, make_app: MakeApp, folder: Folder
) -> None:
    async with running(make_app(FRESH), NARROW) as pilot:
        await go(pilot, DECISION, Place("rationale", 0), types=types)
        pane = pilot.app.screen.query_one(SidePane)
        prose = pilot.app.screen.query_one(Prose)
        assert not pane.display
        key = "f5" if types else "s"
        await press(pilot, key)
        await until(pilot, lambda: "Rowan Testcase" in shown(pilot))
        assert 5 <= pane.size.height + 1 <= 9
        assert pane.region.bottom <= prose.region.y
        assert prose.size.height >= 6
        await press(pilot, key)
        await until(pilot, lambda: not pane.display)
        await saved(pilot)
    assert on_disk(folder).items[0].rationale == ""


async def test_the_facts_scroll_while_a_text_is_typed(make_app: MakeApp) -> None:
    async with running(make_app(FRESH), NARROW) as pilot:
        await go(pilot, DECISION, Place("rationale", 0))
        await press(pilot, "f5")
        await until(pilot, lambda: "Rowan Testcase" in shown(pilot))
        assert "cold therapy unit" not in shown(pilot)
        # The facts are complete only after the findings below the text are.
        for _ in range(20):
            await press(pilot, "ctrl+down")
            if "cold therapy unit" in shown(pilot):
                break
        assert "cold therapy unit" in shown(pilot)
        assert isinstance(pilot.app.screen.focused, Prose)


async def test_each_text_has_a_title(make_app: MakeApp) -> None:
    async with running(make_app(FRESH), NARROW) as pilot:
        await go(pilot, SUMMARY)
        assert title_of(pilot, "#summary-text") == "Summary"
        await go(pilot, Stage("decision", 1))
        assert title_of(pilot, "#rationale") == "Rationale, item 2"
        assert "Rationale, item 2" in shown(pilot)


@pytest.mark.slow
async def test_text_that_looks_like_markup_is_shown_as_it_is(
    make_app: MakeApp, folder: Folder
) -> None:
    case = edits.set_item_line(on_disk(folder), 0, "request", "[b]weight [/kg][/]")
    put(folder, edits.set_summary(case, "[red]70 [/kg]"))
    async with running(make_app(FRESH), (120, 60)) as pilot:
        await go(pilot, DECISION)
        await until(pilot, lambda: "1 [b]weight [/kg][/]" in shown(pilot))
        await press(pilot, "ctrl+right_square_bracket", "ctrl+right_square_bracket")
        await until(pilot, lambda: "[red]70 [/kg]" in shown(pilot))


# ── Findings in full ─────────────────────────────────────────────────────────────────────────


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rules of these tests' own."""
    for number, severity in ((900, "error"), (901, "warning"), (902, "warning")):
        identifier = f"IMR{number}"

        def function(context: CheckContext, number: int = number) -> Iterator[Hit]:
            """A rationale or the summary holds the forbidden word."""
            texts = [(Place("summary.text"), context.summary)]
            texts += [(Place("rationale", at), it.rationale) for at, it in enumerate(context.items)]
            for place, text in texts:
                if (at := text.find(f"{BAD}{number}")) >= 0:
                    yield Hit(place, f"{number}: {LONG}", (at, at + len(BAD) + 3))

        rule = checks.Rule(identifier, f"r{number}", severity, "Why.", "Law", function, {}, {})  # type: ignore[arg-type]
        monkeypatch.setitem(checks.RULES, identifier, rule)


def app_with_rules(folder: Folder) -> ImrApp:
    return ImrApp(folder, Letterhead(), lambda: NOW, FRESH, Policy(select=["IMR90"]))


@pytest.fixture
def wrong(folder: Folder, rules: None) -> Folder:
    """A case with a finding in the summary and two in the rationale of item 2."""
    case = edits.set_summary(on_disk(folder), f"So {BAD}901 it is.")
    put(folder, edits.set_rationale(case, 1, f"{BAD}902 and {BAD}900"))
    return folder


async def checked(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: the_app(pilot).findings is not None)


async def test_findings_below_a_text_are_shown_in_full(wrong: Folder) -> None:
    async with running(app_with_rules(wrong), NARROW) as pilot:
        await checked(pilot)
        await go(pilot, Stage("decision", 1), types=False)
        await until(pilot, lambda: f"! IMR900 900: {LONG}" in shown(pilot))
        assert f"? IMR902 902: {LONG}" in shown(pilot)
        assert "..." not in str(pilot.app.screen.query_one(FindingHints).content)


def a_finding(message: str) -> Finding:
    rule = checks.Rule("IMR900", "r", "warning", "Why.", "Law", lambda _: iter(()), {}, {})
    return Finding(rule, Hit(Place("summary.text"), message), "warning")


def test_findings_without_room_are_counted() -> None:
    found = [a_finding(f"{at}: {LONG}") for at in range(3)]
    lines = list(lines_of(found, 60, 5))
    assert " ".join("".join(f"{line}\n" for line in lines[:-1]).split()).endswith("of a form.")
    assert lines[-1] == "  +1 more: Review" if len(lines) == 5 else "  +2 more: Review"
    assert len(lines) <= 5
    assert list(lines_of(found, 60, 30))[-1].endswith("form.")
    assert list(lines_of([a_finding("word " * 100)], 40, 3))[-1] == "  +1: all of it is on Review"


@pytest.mark.slow
async def test_nothing_jumps_while_a_text_is_typed(wrong: Folder) -> None:
    async with running(app_with_rules(wrong), NARROW) as pilot:
        await checked(pilot)
        await go(pilot, Stage("decision", 1), Place("rationale", 1))
        await until(pilot, lambda: "IMR902" in shown(pilot))
        prose = pilot.app.screen.query_one(Prose)
        height = prose.size.height
        prose.move_cursor((0, 0))
        await press(pilot, *["delete"] * 10)
        await until(pilot, lambda: "IMR902" not in shown(pilot))
        assert prose.size.height == height
        await press(pilot, "escape")
        await until(pilot, lambda: prose.size.height > height)


@pytest.mark.parametrize("size", [NARROW, pytest.param(WIDE, marks=pytest.mark.slow), (60, 20)])
async def test_review_shows_each_finding_in_full(size: tuple[int, int], wrong: Folder) -> None:
    async with running(app_with_rules(wrong), size) as pilot:
        await go(pilot, REVIEW)
        await letter_shown(pilot)
        assert f"IMR900 error item 2: 900: {LONG}" in shown(pilot)
        found = pilot.app.screen.query_one("#findings")
        assert found.region.height <= size[1] // 2
        assert pilot.app.screen.query_one(LetterView).region.height >= 4
        assert title_of(pilot, "#findings") == "Findings"
        assert any(re.match("╭?─ ?Findings ?─", row) for row in screen_text(pilot.app).split("\n"))


# ── Item: back to Review, and on to the next finding ─────────────────────────────────────────


def place_of(pilot: Pilot[None]) -> object:
    return getattr(pilot.app.screen, "stage", None)


def hint(pilot: Pilot[None]) -> str:
    return str(the_app(pilot).hint_shown)


@pytest.mark.parametrize(
    "keys", [pytest.param(["f12"], marks=pytest.mark.slow), ["i", "f12"], ["b"]]
)
async def test_one_key_leads_back_to_review(keys: list[str], wrong: Folder) -> None:
    async with running(app_with_rules(wrong), NARROW) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "down", "enter")
        await until(pilot, lambda: place_of(pilot) == SUMMARY)
        await press(pilot, *keys)
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await rest(the_app(pilot))
        # The finding that was visited is highlighted.
        await until(pilot, lambda: pilot.app.screen.query_one(OptionList).highlighted == 1)
        await saved(pilot)
    assert on_disk(wrong).summary.text == f"So {BAD}901 it is."


@pytest.mark.slow
async def test_after_a_fix_review_highlights_the_finding_that_follows(wrong: Folder) -> None:
    async with running(app_with_rules(wrong), NARROW) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "enter", "i", "delete", "f12")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        listed = pilot.app.screen.query_one(OptionList)
        await until(pilot, lambda: listed.option_count == 2)
        assert listed.highlighted == 0
        assert "IMR901" in str(listed.get_option_at_index(0).prompt)


@pytest.mark.parametrize("key", ["f9", pytest.param("f", marks=pytest.mark.slow)])
async def test_one_key_goes_from_finding_to_finding_and_around(key: str, wrong: Folder) -> None:
    async with running(app_with_rules(wrong), NARROW) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "enter")
        second = Stage("decision", 1)
        await until(pilot, lambda: place_of(pilot) == second)
        assert hint(pilot).startswith("Finding 1 of 3 (F9 next): IMR900 900: It says")
        assert "Finding 1 of 3" in shown(pilot)
        walk = [(SUMMARY, "2 of 3", "901"), (second, "3 of 3", "902"), (second, "1 of 3", "900")]
        for stage, number, rule in walk:
            if key == "f9":
                await press(pilot, "i")
            await press(pilot, key)
            await until(pilot, lambda number=number: number in hint(pilot))  # type: ignore[misc]
            await until(pilot, lambda stage=stage: place_of(pilot) == stage)  # type: ignore[misc]
            prose = pilot.app.screen.query_one(Prose)
            assert prose.selected_text == f"{BAD}{rule}"
        await saved(pilot)
    assert on_disk(wrong).summary.text == f"So {BAD}901 it is."


@pytest.mark.slow
async def test_after_a_fix_the_next_key_goes_to_the_finding_that_followed(wrong: Folder) -> None:
    async with running(app_with_rules(wrong), NARROW) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "enter", "i", "delete", "f9")
        await until(pilot, lambda: place_of(pilot) == SUMMARY)
        assert hint(pilot).startswith("Finding 1 of 2 ")
        await press(pilot, "i", "delete", "f9")
        await until(pilot, lambda: place_of(pilot) == Stage("decision", 1))
        assert hint(pilot).startswith("Finding 1 of 1 ")
        await press(pilot, "i", "delete", "f9")
        await until(pilot, lambda: hint(pilot) == "No finding is left to resolve.")
        await saved(pilot)
    assert BAD not in on_disk(wrong).summary.text


async def test_without_review_the_first_finding_of_the_stage_comes_first(wrong: Folder) -> None:
    async with running(app_with_rules(wrong), NARROW) as pilot:
        await checked(pilot)
        await go(pilot, SUMMARY, types=False)
        await press(pilot, "f9")
        await until(pilot, lambda: hint(pilot).startswith("Finding 2 of 3 "))
        assert place_of(pilot) == SUMMARY


async def test_the_finding_visited_is_shown_first_below_the_text(wrong: Folder) -> None:
    async with running(app_with_rules(wrong), NARROW) as pilot:
        await go(pilot, REVIEW)
        await press(pilot, "down", "down", "enter")
        await until(pilot, lambda: place_of(pilot) == Stage("decision", 1))

        def below() -> str:
            return str(pilot.app.screen.query_one(FindingHints).content)

        await until(pilot, lambda: below().startswith("? IMR902"))
