"""The statistics over the worklist: one key for each grouping, read on a thread."""

from collections.abc import Callable
from itertools import chain
from threading import Event
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from imr_tui.services import statistics
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.dialogs import statistics as dialog
from imr_tui.ui.dialogs.statistics import StatisticsScreen
from imr_tui.ui.stages.worklist import WorklistScreen
from tests.builders import a_complete_case, an_item
from tests.ui.conftest import NOW, MakeApp, put
from tests.ui.driving import press, running, the_app, until

REQUESTS = ("MRI of the neck", "Norco 10/325 mg #90", "Physical therapy, 12 sessions")


@pytest.fixture
def written(folder: Folder) -> Folder:
    """The sample cases, and twelve whose letter is written."""
    for at in range(12):
        items = tuple(
            an_item(each, decision="overturned" if at % 4 == 0 else "upheld") for each in REQUESTS
        )
        case = a_complete_case(items=items)
        case = case.but(particulars=case.particulars.but(number=f"CM26-{at}"))
        put(folder, case)
        folder.write_letter(case.number, "The letter.\n", case, NOW)
    return folder


def report(pilot: Pilot[Any]) -> str:
    """What the dialog says; blank before it is there."""
    found = the_app(pilot).screen.query("#statistics-report")
    return str(found.first(Static).render()) if found else ""


async def counted(pilot: Pilot[Any], heading: str) -> str:
    await until(pilot, lambda: heading in report(pilot))
    return report(pilot)


async def test_s_shows_the_report_and_each_key_another_grouping(
    written: Folder, make_app: MakeApp
) -> None:
    async with running(make_app()) as pilot:
        await press(pilot, "s")
        text = await counted(pilot, "By category of service:")
        assert text.startswith("12 determinations with 36 items.\n")
        assert "2 other cases without a determination, not counted." in text
        assert "Diagnostic testing: 12 items, 33 percent; 3 overturned, 25 percent." in text
        assert "opioid: 12 items" in text
        for key, heading in [
            ("p", "By kind of review:"),
            ("m", "By month:"),
            ("g", "By source that the reviewers cite:"),
            ("a", "By account that signed or wrote the letter:"),
            ("r", "By rule that warned:"),
            ("c", "By category of service:"),
        ]:
            await press(pilot, key)
            await counted(pilot, heading)
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(the_app(pilot).screen, WorklistScreen))


async def test_the_folder_is_read_once_for_all_groupings(
    written: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[object] = []
    read_folder = statistics.read_folder

    def read(*arguments: Any, **named: Any) -> Any:
        reads.append(arguments[2])
        return read_folder(*arguments, **named)

    monkeypatch.setattr(statistics, "read_folder", read)
    async with running(make_app()) as pilot:
        await press(pilot, "s")
        await counted(pilot, "By category of service:")
        await press(pilot, "m")
        await counted(pilot, "By month:")
        assert reads == [None]
        await press(pilot, "r")
        await counted(pilot, "By rule that warned:")
        assert len(reads) == 2
        assert reads[1] is not None


async def test_it_scrolls_and_fits_the_width(written: Folder, make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        await press(pilot, "s")
        text = await counted(pilot, "By category of service:")
        assert max(map(len, text.split("\n"))) <= 80
        pane = the_app(pilot).screen.query_one("#statistics")
        await press(pilot, "end")
        await until(pilot, lambda: pane.scroll_offset.y > 0)


async def test_esc_ends_the_reading(
    written: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = Event(), Event()

    def read(*arguments: Any, goes_on: Callable[[], bool]) -> statistics.CountedFolder:
        next(arguments[3])
        begun.set()
        while goes_on():
            ended.wait(0.01)
        ended.set()
        return statistics.CountedFolder((), 0, ())

    monkeypatch.setattr(statistics, "read_folder", read)
    async with running(make_app()) as pilot:
        # Keys must not wait for the thread, as `press` would.
        pilot.app.post_message(events.Key("s", "s"))
        await until(pilot, begun.is_set)
        assert "Reading the cases" in report(pilot)
        pilot.app.post_message(events.Key("escape", None))
        await until(pilot, ended.is_set)
        await until(pilot, lambda: isinstance(the_app(pilot).screen, WorklistScreen))


async def test_the_progress_is_shown_while_the_folder_is_read(
    written: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = Event()
    monkeypatch.setattr(dialog, "PROGRESS_SECONDS", 0)
    read_folder = statistics.read_folder

    def read(path: Any, zone: Any, setup: Any, names: Any, **named: Any) -> Any:
        first = next(names)
        may_end.wait(60)
        return read_folder(path, zone, setup, chain([first], names), **named)

    monkeypatch.setattr(statistics, "read_folder", read)
    async with running(make_app()) as pilot:
        pilot.app.post_message(events.Key("s", "s"))
        await until(pilot, lambda: report(pilot) == "Reading case 1 of 14. Esc stops it.")
        may_end.set()
        await counted(pilot, "12 determinations with 36 items.")


async def test_problems_stand_below_the_report(written: Folder, make_app: MakeApp) -> None:
    (written.path / "CM26-9.toml").write_text("schema = 1\n[case\n")
    async with running(make_app()) as pilot:
        await press(pilot, "s")
        text = await counted(pilot, "By category of service:")
        assert "CM26-9.toml" in text
        assert text.endswith("It was not counted.")


async def test_a_folder_without_determinations_says_so(make_app: MakeApp) -> None:
    async with running(make_app()) as pilot:
        await press(pilot, "s")
        text = await counted(pilot, "No determination was written.")
        assert isinstance(the_app(pilot).screen, StatisticsScreen)
        assert "2 other cases without a determination, not counted." in text
