"""A published letter becomes a case by `i` on the worklist."""

import asyncio
import time
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from imr_tui.letter.extract import pdf_child
from imr_tui.letter.render.renderer import render
from imr_tui.store.cases.folder import Folder
from imr_tui.terminal.focus import is_text_field
from tests.pdfs import a_pdf, drawn, pages_of, shared
from tests.ui.conftest import SEED, MakeApp, on_disk
from tests.ui.driving import press, running, screen_text, shown, the_app, told, until, write

NUMBER = "CM16-0000001"


async def test_a_letter_is_imported_listed_and_opened(
    folder: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    letter = render(on_disk(folder, SEED))
    (tmp_path / f"{NUMBER}.txt").write_text(letter)
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "i")
        await write(pilot, str(tmp_path / f"{NUMBER}.txt"))
        await press(pilot, "enter")
        await until(pilot, lambda: NUMBER in screen_text(app))
        assert "imported" in screen_text(app)
    case = on_disk(folder, NUMBER)
    assert case.particulars.imported
    assert render(case) == letter


@pytest.mark.parametrize("is_own", [False, True])
async def test_a_letter_is_of_the_reviewer_only_if_they_say_so(
    folder: Folder, make_app: MakeApp, tmp_path: Path, is_own: bool
) -> None:
    (tmp_path / f"{NUMBER}.txt").write_text(render(on_disk(folder, SEED)))
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "i")
        await write(pilot, str(tmp_path / f"{NUMBER}.txt"))
        await press(pilot, "shift+tab", *["y"] * is_own, "enter")
        await press(pilot, "enter")
        await until(pilot, lambda: NUMBER in screen_text(app))
    assert on_disk(folder, NUMBER).particulars.own is (True if is_own else None)


async def test_words_that_do_not_come_back_are_told(
    folder: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    letter = render(on_disk(folder, SEED)).replace("Services sent", "Services mailed")
    (tmp_path / f"{NUMBER}.txt").write_text(letter)
    async with running(make_app()) as pilot:
        await press(pilot, "i")
        await write(pilot, str(tmp_path / f"{NUMBER}.txt"))
        await press(pilot, "enter")
        await until(pilot, lambda: "Its text differs from the letter" in told(pilot))


@pytest.mark.slow
async def test_what_cannot_be_imported_is_told_and_changes_nothing(
    folder: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    before = (folder.path / f"{SEED}.toml").read_bytes()
    (tmp_path / f"{SEED}.txt").write_text(render(on_disk(folder, SEED)))
    (tmp_path / "other.txt").write_text("Dear [b]Sir[/b]")
    async with running(make_app()) as pilot:
        for name, says in [
            (f"{SEED}.txt", "already exists. It was not changed."),
            ("other.txt", "is not an IMR determination letter"),
            ("none.txt", "could not be read"),
        ]:
            await press(pilot, "i")
            await write(pilot, str(tmp_path / name))
            await press(pilot, "enter")
            await until(pilot, lambda says=says: says in told(pilot))  # type: ignore[misc]
    assert (folder.path / f"{SEED}.toml").read_bytes() == before
    assert len(list(folder.entries())) == 2


SLOW = shared(drawn(b"x", 30_000), 100)


def children() -> int:
    """How many processes of this one read PDFs."""
    tasks = Path("/proc/self/task").glob("*/children")
    pids = [pid for task in tasks for pid in task.read_text().split()]
    lines = [Path(f"/proc/{pid}/cmdline") for pid in pids]
    return sum(b"pdf_child" in line.read_bytes() for line in lines if line.exists())


async def begin(pilot: Pilot[None], tmp_path: Path) -> None:
    """Let the app read a PDF that takes longer than any test."""
    (tmp_path / "slow.pdf").write_bytes(SLOW)
    await press(pilot, "i")
    await write(pilot, str(tmp_path / "slow.pdf"))
    the_app(pilot).post_message(events.Key("enter", None))
    await until(pilot, lambda: "slow.pdf, page 2 of 100; esc stops it" in shown(pilot))
    assert children() == 1


@pytest.mark.slow
async def test_a_slow_letter_shows_its_pages_and_esc_stops_it(
    make_app: MakeApp, tmp_path: Path, folder: Folder
) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await begin(pilot, tmp_path)
        # The worklist goes on meanwhile, but for another import.
        assert not app.screen.active_bindings["i"].enabled
        app.post_message(events.Key("slash", "/"))
        await until(pilot, lambda: is_text_field(app.focused))
        app.post_message(events.Key("escape", None))
        await until(pilot, lambda: "Stopped. Nothing was imported." in told(pilot))
        await until(pilot, lambda: children() == 0)
        assert "page" not in shown(pilot)
        app.post_message(events.Key("escape", None))
        await until(pilot, lambda: not is_text_field(app.focused))
        assert app.screen.active_bindings["i"].enabled
    assert len(list(folder.entries())) == 2


@pytest.mark.slow
@pytest.mark.parametrize("key", [["q", "q"], ["ctrl+q"]], ids=" ".join)
async def test_the_app_ends_while_a_letter_is_read(
    make_app: MakeApp, tmp_path: Path, key: list[str]
) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await begin(pilot, tmp_path)
        begun = time.monotonic()
        for each in key:
            app.post_message(events.Key(each, each if len(each) == 1 else None))
        await until(pilot, lambda: not app.is_running)
    assert time.monotonic() - begun < 4
    while children():
        assert time.monotonic() - begun < 6
        await asyncio.sleep(0.01)


@pytest.mark.slow
async def test_a_case_is_worked_at_while_a_letter_is_read(
    make_app: MakeApp, tmp_path: Path, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_child, "MAX_SECONDS", 8)
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await begin(pilot, tmp_path)
        app.post_message(events.Key("enter", None))
        await until(pilot, lambda: app.case is not None)
        assert children() == 1
        # Longer than `until` waits.
        while "takes more than 8 seconds" not in told(pilot):
            await pilot.pause(0.05)
        assert "import the text" in told(pilot)
    assert len(list(folder.entries())) == 2


async def test_a_pdf_is_imported(make_app: MakeApp, tmp_path: Path, folder: Folder) -> None:
    letter = render(on_disk(folder, SEED)).replace(SEED, NUMBER)
    (tmp_path / f"{NUMBER}.pdf").write_bytes(a_pdf(*pages_of(letter)))
    async with running(make_app()) as pilot:
        await press(pilot, "i")
        await write(pilot, str(tmp_path / f"{NUMBER}.pdf"))
        await press(pilot, "enter")
        await until(pilot, lambda: f"Imported {NUMBER}." in told(pilot))
    assert on_disk(folder, NUMBER).particulars.imported
