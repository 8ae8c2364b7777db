"""The worklist: what it shows of its folder, however many cases it holds, whoever works there."""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta

import pytest
from textual import events
from textual.pilot import Pilot

from imr_tui.model import edits
from imr_tui.model.case import Case, Item
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.profile import save_profile
from imr_tui.store.worklist.listing import Listing
from imr_tui.ui.features.case_rows import folder_poller
from imr_tui.ui.stages.worklist import WorklistScreen
from imr_tui.ui.widgets.case_table import CaseTable
from imr_tui.ui.widgets.line_input import Line
from tests.builders import NUMBER, a_complete_case
from tests.ui.conftest import FRESH, NOW, SEED, MakeApp, on_disk, put
from tests.ui.driving import leave, paste, press, running, screen_text, shown, the_app, until

HOSTILE = ["[", "[/b]", "\\", "🙂", "e\u0301", "x" * 1000, "[/kg] [b] " * 99, "'\"`%_;--", "\u202e"]


def numbered(folder: Folder, count: int) -> None:
    """As many blank cases, CM26-0000001 and on."""
    for n in range(1, count + 1):
        put(folder, Case.blank(f"CM26-{n:07}"))


def lines(pilot: Pilot[None]) -> list[str]:
    """The lines of the table below its headings, without blank ones."""
    table = pilot.app.screen.query_one(CaseTable).region
    below = screen_text(pilot.app).split("\n")[table.y + 1 : table.bottom]
    below = [line[table.x : table.right] for line in below]
    return [line for line in below if line.strip(" ▁▂▃▄▅▆▇█")]


def at_cursor(pilot: Pilot[None]) -> str:
    """The number of the case that has the mark of the cursor."""
    (line,) = (line for line in lines(pilot) if line.startswith(">"))
    return line[1:].split()[0]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks follow each other quickly."""
    monkeypatch.setattr(folder_poller, "LOOK_SECONDS", 0.05)


# The table


async def test_cases_stand_by_due_date_with_the_cursor_on_the_first(make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        rows = [line.split() for line in lines(pilot)]
        assert [row[0].strip(">") for row in rows] == [SEED, FRESH]
        assert " ".join(rows[0][1:7]) == "2014-12-20 4356 d late SE 6"
        assert " ".join(rows[0][-2:]) == "1/1 ready"
        assert " ".join(rows[1][1:6]) == "2026-12-20 in 27 d RT"
        assert " ".join(rows[1][-2:]) == "0/3 draft"
        assert at_cursor(pilot) == SEED


async def test_overdue_cases_have_the_colour_of_late_and_say_so(make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        await press(pilot, "down")
        table = pilot.app.screen.query_one(CaseTable)
        late, other = (
            table.get_component_rich_style("case-table--late").color,
            table.rich_style.color,
        )
        assert late != other
        overdue = table.render_line(1)
        assert "d late" in overdue.text
        assert {each.style.color for each in overdue if each.style and each.text.strip()} == {late}
        # The colour of the cursor comes first.
        cursor = table.render_line(2)
        assert late not in {segment.style.color for segment in cursor if segment.style}


async def test_the_cursor_goes_by_lines_pages_and_to_the_ends(
    folder: Folder, make_app: MakeApp
) -> None:
    numbered(folder, 60)
    async with running(make_app()) as pilot:
        table = pilot.app.screen.query_one(CaseTable)
        page = table.size.height - 1
        await until(pilot, lambda: "Reading" not in shown(pilot))
        for key, line in [
            ("up", 0),
            ("down", 1),
            ("pagedown", page + 1),
            ("pageup", 1),
            ("end", 61),
            ("down", 61),
            ("pageup", 61 - page),
            ("home", 0),
        ]:
            await press(pilot, key)
            assert table.cursor == line
            assert sum(line.startswith(">") for line in lines(pilot)) == 1
            assert " Case " in screen_text(pilot.app)


@pytest.mark.parametrize("width", [60, 79, 80, 200])
async def test_a_name_that_is_too_long_gives_way(
    folder: Folder, make_app: MakeApp, width: int
) -> None:
    (folder.path / f"{'漢字' * 30}.toml").write_text("")
    async with running(make_app(), (width, 24)) as pilot:
        for line in lines(pilot):
            assert line.rstrip().endswith(("ready", "draft", "BROKEN"))
        assert ("Request" in screen_text(pilot.app)) == (width >= 79)


async def test_a_resize_keeps_the_cursor_in_view(folder: Folder, make_app: MakeApp) -> None:
    numbered(folder, 40)
    async with running(make_app(), (80, 50)) as pilot:
        await press(pilot, *["down"] * 30)
        number = at_cursor(pilot)
        await pilot.resize_terminal(60, 12)
        await pilot.pause()
        assert at_cursor(pilot) == number


async def test_enter_opens_the_case_at_the_cursor(make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        await press(pilot, "down", "enter")
        await until(pilot, lambda: the_app(pilot).case is not None)
        assert the_app(pilot).open_case.number == FRESH


# The filter


@pytest.mark.slow
async def test_any_words_can_be_filtered_by(make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        for text in HOSTILE:
            await press(pilot, "slash")
            await paste(pilot, text)
            await until(pilot, lambda: "No case matches the filter" in shown(pilot))
            assert lines(pilot) == [], text
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, WorklistScreen)
            await press(pilot, "escape")
            assert len(lines(pilot)) == 2, text


async def test_hostile_words_are_found(folder: Folder, make_app: MakeApp) -> None:
    text = "[/kg] \\ 🙂 [b]"
    put(folder, Case.blank("CM26-1").but(items=(Item(request=text),)))
    async with running(make_app()) as pilot:
        await press(pilot, "slash", *text)
        assert [line.split()[0] for line in lines(pilot)] == [">CM26-1"]


FILTERS: dict[str, list[str]] = {
    "0190442": [FRESH],
    "READY": [SEED],
    "massage draft": [],
    "standard": [SEED, FRESH],
    "late": [SEED],
    "due<12/25": [SEED, FRESH],
    "due>12/1": [FRESH],
    "state:dr": [FRESH],
}


async def test_the_filter_looks_in_numbers_items_states_and_due_dates(make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        for words, found in FILTERS.items():
            await press(pilot, "slash", *words)
            assert [line.split()[0].strip(">") for line in lines(pilot)] == found, words
            await press(pilot, "escape")


async def test_the_cursor_stays_on_its_case_while_the_filter_lets_it_through(
    make_app: MakeApp,
) -> None:
    async with running(make_app()) as pilot:
        await press(pilot, "down", "slash", *"standard")
        assert at_cursor(pilot) == FRESH
        await press(pilot, "escape")
        assert at_cursor(pilot) == FRESH


# Order, written cases, the pane


def written(folder: Folder, *numbers: str) -> None:
    """Write the letter of finished cases with these numbers, as `w` does."""
    for number in numbers:
        case = a_complete_case()
        case = case.but(particulars=case.particulars.but(number=number))
        put(folder, case)
        folder.write_letter(number, "The letter.\n", case, NOW)


async def test_o_sorts_by_the_next_column_and_the_header_shows_it(
    folder: Folder, make_app: MakeApp
) -> None:
    os.utime(folder.path / f"{FRESH}.toml", (1_000_000_000, 1_000_000_000))
    async with running(make_app()) as pilot:
        assert " Due v " in screen_text(pilot.app)
        for heading, first in [(" Case v ", SEED), (" State v", FRESH), (" Changed v ", SEED)]:
            await press(pilot, "o")
            assert heading in screen_text(pilot.app)
            assert first in lines(pilot)[0]
        assert "Sorted by last change" in shown(pilot)


async def test_a_few_written_cases_stand_at_the_end(folder: Folder, make_app: MakeApp) -> None:
    written(folder, "CM26-1")
    async with running(make_app()) as pilot:
        assert lines(pilot)[-1].split()[0] == "CM26-1"
        assert lines(pilot)[-1].rstrip().endswith(f"written {NOW:%H:%M}")
        assert "d late" not in lines(pilot)[-1]


async def test_many_written_cases_are_folded_until_asked_for(
    folder: Folder, make_app: MakeApp
) -> None:
    written(folder, *(f"CM26-{n}" for n in range(12)))
    async with running(make_app()) as pilot:
        await until(pilot, lambda: "12 finished: . shows them" in shown(pilot))
        assert len(lines(pilot)) == 2
        await press(pilot, "full_stop")
        assert len(lines(pilot)) == 14
        await press(pilot, "full_stop", "slash", *"written")
        assert len(lines(pilot)) == 12


async def test_a_changed_case_says_so_under_the_table(folder: Folder, make_app: MakeApp) -> None:
    written(folder, NUMBER)
    put(folder, edits.set_summary(on_disk(folder, NUMBER), "Another summary."))
    async with running(make_app()) as pilot:
        await press(pilot, "slash", *"changed")
        assert "The case or the letter file has changed since." in shown(pilot)


async def test_a_wide_screen_shows_the_case_at_the_cursor(make_app: MakeApp) -> None:
    async with running(make_app(), (120, 40)) as pilot:
        await press(pilot, "down")
        await until(pilot, lambda: "Missing" in shown(pilot))
        text = screen_text(pilot.app)
        for words in ("Injury", "undecided", "attestations", "item 1: decision", "Last change"):
            assert words in text
    async with running(make_app(), (80, 24)) as pilot:
        assert "Missing" not in shown(pilot)


# New cases, and the end


async def test_n_creates_a_case_and_opens_it(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        await press(pilot, "n", *"CM26-9", "enter", *"MRI", "enter")
        await until(pilot, lambda: the_app(pilot).case is not None)
        assert the_app(pilot).open_case.number == "CM26-9"
        assert [item.request for item in on_disk(folder, "CM26-9").items] == ["MRI"]


async def test_a_number_that_exists_or_is_none_is_refused(
    folder: Folder, make_app: MakeApp
) -> None:
    before = (folder.path / f"{FRESH}.toml").read_bytes()
    async with running(make_app()) as pilot:
        await press(pilot, "n", *"CM 26", "enter")
        assert "A case number has up to 40 letters" in shown(pilot)
        await press(pilot, *["backspace"] * 5, *FRESH, "enter", "enter")
        assert "already exists" in shown(pilot)
        assert the_app(pilot).case is None
        # The text is kept for the next time.
        await press(pilot, "escape", "n")
        assert FRESH in shown(pilot)
    assert (folder.path / f"{FRESH}.toml").read_bytes() == before


async def test_one_q_does_not_quit(make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        await press(pilot, "q")
        assert "Press q again to quit; everything is saved." in shown(pilot)
        await press(pilot, "down", "q")
        assert pilot.app.is_running
        await press(pilot, "q")
        await until(pilot, lambda: not pilot.app.is_running)


async def test_a_key_that_cannot_be_used_says_why(make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        await press(pilot, "full_stop")
        assert "No case of this folder is finished yet." in shown(pilot)


# What changes underneath


async def test_what_happens_to_the_files_shows_without_a_key(
    folder: Folder, make_app: MakeApp, quick: None
) -> None:
    async with running(make_app()) as pilot:
        put(folder, edits.set_decision(on_disk(folder), 0, "upheld"))
        put(folder, edits.set_rationale(on_disk(folder), 0, "No."))
        await until(pilot, lambda: "1/3" in shown(pilot))
        put(folder, Case.blank("CM26-7"))
        await until(pilot, lambda: "CM26-7" in shown(pilot))
        (folder.path / "CM26-7.toml").write_text("[")
        await until(pilot, lambda: "BROKEN" in shown(pilot))
        (folder.path / "CM26-7.toml").rename(folder.path / "gone.txt")
        await until(pilot, lambda: "CM26-7" not in shown(pilot))
        (folder.path / f"{FRESH}.toml").unlink()
        await until(pilot, lambda: FRESH not in shown(pilot))
        assert len(lines(pilot)) == 1


async def test_within_a_second_is_soon_enough(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        put(folder, Case.blank("CM26-7"))
        await until(pilot, lambda: "CM26-7" in shown(pilot))


async def test_the_cursor_stays_on_its_case(folder: Folder, make_app: MakeApp, quick: None) -> None:
    numbered(folder, 40)
    async with running(make_app()) as pilot:
        await until(pilot, lambda: "Reading" not in shown(pilot))
        await press(pilot, *["down"] * 30)
        number = at_cursor(pilot)
        line = lines(pilot).index(next(line for line in lines(pilot) if line.startswith(">")))
        for n in range(5):
            put(folder, Case.blank(f"CM26-0000000-{n}"))
        (folder.path / f"{SEED}.toml").unlink()
        await until(pilot, lambda: pilot.app.screen.query_one(CaseTable).cursor == 34)
        assert at_cursor(pilot) == number
        assert lines(pilot)[line].startswith(f">{number} ")
        (folder.path / f"{number}.toml").unlink()
        await until(pilot, lambda: number not in shown(pilot))
        assert pilot.app.screen.query_one(CaseTable).cursor == 34


async def test_the_last_case_may_go(folder: Folder, make_app: MakeApp, quick: None) -> None:
    async with running(make_app()) as pilot:
        await press(pilot, "end")
        for path in folder.path.glob("*.toml"):
            path.unlink()
        await until(pilot, lambda: "There is no case in" in shown(pilot))
        await press(pilot, "up", "down", "pagedown", "home", "end", "enter")
        numbered(folder, 1)
        await until(pilot, lambda: "CM26-0000001" in shown(pilot))
        assert at_cursor(pilot) == "CM26-0000001"


async def test_a_folder_that_goes_is_told_and_one_that_comes_back_is_listed(
    folder: Folder, make_app: MakeApp, quick: None
) -> None:
    async with running(make_app()) as pilot:
        away = folder.path.with_name("away")
        folder.path.rename(away)
        await until(pilot, lambda: "There is no folder" in shown(pilot))
        assert lines(pilot) == []
        away.rename(folder.path)
        await until(pilot, lambda: FRESH in shown(pilot))
        assert "There is no folder" not in shown(pilot)


async def test_both_files_of_a_number_are_listed_as_broken(
    folder: Folder, make_app: MakeApp, quick: None
) -> None:
    copy = folder.path / f"{FRESH} copy.toml"
    before = (folder.path / f"{FRESH}.toml").read_bytes()
    async with running(make_app(), (240, 24)) as pilot:
        shutil.copy(folder.path / f"{FRESH}.toml", copy)
        await until(pilot, lambda: shown(pilot).count("BROKEN") == 2)
        await press(pilot, "end")
        assert f"has the same case number as {FRESH}" in shown(pilot)
        assert copy.name in shown(pilot)
        copy.unlink()
        await until(pilot, lambda: "BROKEN" not in shown(pilot))
    assert (folder.path / f"{FRESH}.toml").read_bytes() == before


async def test_the_app_looks_when_it_gets_the_focus_again(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_poller, "LOOK_SECONDS", 60)
    async with running(make_app()) as pilot:
        pilot.app.post_message(events.AppBlur())
        await pilot.pause(0.1)
        put(folder, Case.blank("CM26-7"))
        pilot.app.post_message(events.AppFocus())
        await until(pilot, lambda: "CM26-7" in shown(pilot))


async def test_how_near_a_case_is_follows_the_day(make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        assert "in 27 d" in shown(pilot)
        the_app(pilot)._clock = lambda: NOW + timedelta(days=1)
        pilot.app.post_message(events.AppBlur())
        pilot.app.post_message(events.AppFocus())
        await until(pilot, lambda: "in 26 d" in shown(pilot))


async def test_it_looks_when_a_case_is_left(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_poller, "LOOK_SECONDS", 60)
    async with running(make_app(FRESH)) as pilot:
        await until(pilot, lambda: the_app(pilot).case is not None)
        put(folder, Case.blank("CM26-7"))
        await leave(pilot)
        await until(pilot, lambda: "CM26-7" in shown(pilot))


async def test_nothing_is_painted_while_nothing_changes(
    make_app: MakeApp, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    painted: list[int] = []
    count(monkeypatch, Listing, "look", looks)
    async with running(make_app()) as pilot:
        await until(pilot, lambda: len(looks) > 3)
        count(monkeypatch, CaseTable, "render_line", painted)
        count(monkeypatch, WorklistScreen, "_list", painted)
        await until(pilot, lambda: len(looks) > 9)
        assert painted == []


async def test_nobody_looks_while_a_case_is_open(
    make_app: MakeApp, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(make_app()) as pilot:
        await press(pilot, "enter")
        await until(pilot, lambda: the_app(pilot).case is not None)
        await pilot.pause(0.1)
        looks: list[int] = []
        count(monkeypatch, Listing, "look", looks)
        await pilot.pause(0.4)
        assert looks == []
        await leave(pilot)
        await until(pilot, lambda: len(looks) > 2)


def count(monkeypatch: pytest.MonkeyPatch, owner: type, name: str, calls: list[int]) -> None:
    before: Callable[..., object] = getattr(owner, name)

    def counted(*arguments: object) -> object:
        calls.append(len(calls))
        return before(*arguments)

    monkeypatch.setattr(owner, name, counted)


# Many cases


async def test_many_cases_are_shown_before_they_are_read(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbered(folder, 60)
    monkeypatch.setattr(folder_poller, "BATCH_SECONDS", 0.0)
    async with running(make_app()) as pilot:
        assert "Reading 0 of 62 cases..." in shown(pilot)
        assert at_cursor(pilot) == SEED
        await press(pilot, "end", "enter")
        await until(pilot, lambda: the_app(pilot).case is not None)
        assert the_app(pilot).open_case.number == "CM26-0190442"


@pytest.mark.slow
async def test_the_rest_is_filled_in_and_known_the_next_time(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbered(folder, 60)
    monkeypatch.setattr(folder_poller, "BATCH_SECONDS", 0.0)
    async with running(make_app()) as pilot:
        await press(pilot, "end")
        assert at_cursor(pilot) == FRESH
        monkeypatch.setattr(folder_poller, "BATCH_SECONDS", 0.01)
        await until(pilot, lambda: "Reading" not in shown(pilot))
        assert at_cursor(pilot) == FRESH
        assert len([line for line in lines(pilot) if line.rstrip().endswith("draft")]) > 10
    monkeypatch.setattr("imr_tui.store.worklist.case_files.RACY_NS", -(10**12))
    async with running(make_app()) as pilot:
        assert "Reading" not in shown(pilot)


async def test_typing_comes_before_reading(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbered(folder, 60)
    monkeypatch.setattr(folder_poller, "KEYS_SECONDS", 60)
    monkeypatch.setattr(folder_poller, "BATCH_SECONDS", 0.0)
    async with running(make_app()) as pilot:
        await press(pilot, "slash", *"0000042")
        assert [line.split()[0] for line in lines(pilot)] == [">CM26-0000042"]
        assert isinstance(pilot.app.focused, Line)
        before = shown(pilot)
        await pilot.pause(0.3)
        assert shown(pilot) == before


async def test_an_index_that_cannot_be_used_is_not_mentioned(
    folder: Folder, make_app: MakeApp
) -> None:
    folder.own("index.json").mkdir(mode=0o700)
    async with running(make_app()) as pilot:
        assert len(lines(pilot)) == 2
        assert pilot.app.screen.query_one("#problem").render_line(0).text.strip() == ""
    folder.own("index.json").rmdir()
    folder.own("index.json").write_bytes(os.urandom(5000))
    async with running(make_app()) as pilot:
        assert len(lines(pilot)) == 2


async def test_it_says_ready_only_where_the_letter_is_not_refused(
    folder: Folder, make_app: MakeApp
) -> None:
    """The reviewer's name in a rationale blocks the letter, also at the first look."""
    case = a_complete_case()
    (item, *others) = case.items
    named = item.but(rationale=f"{item.rationale} Reviewed by Robin Sample.")
    put(folder, case.but(items=(named, *others)))
    save_profile(folder, Profile(licenses=("Texas",), name="Robin Sample"))
    async with running(make_app()) as pilot:
        screen = the_app(pilot).screen
        assert isinstance(screen, WorklistScreen)
        await until(pilot, lambda: any(row.number == NUMBER for row in screen._shown))
        states = {row.number: row.state for row in screen._shown}
        assert states[NUMBER] == "draft"
