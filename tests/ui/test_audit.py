"""What the app records in the audit log, and that no log keeps anybody from typing."""

import errno
import os
from pathlib import Path

import pytest

from imr_tui.domain.workflow import Stage
from imr_tui.letter.render.renderer import render
from imr_tui.model.case import Acknowledgement, Case
from imr_tui.signing.digest import sha256
from imr_tui.signing.events import LoggedEvent
from imr_tui.store.audit import log_write
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import account_name
from imr_tui.store.config.profile import digest_of, load_profile, save_profile
from imr_tui.store.locking import poller
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import Holder
from imr_tui.ui.messages import Edited
from tests.bench.samples import SAMPLES
from tests.sentinel import SENTINEL, marked
from tests.ui.conftest import FRESH, NOW, SEED, MakeApp, on_disk
from tests.ui.driving import (
    leave,
    opened,
    press,
    running,
    saved,
    screen_text,
    the_app,
    told,
    until,
    write,
)

JANE = Holder(who="drjane", host="ward-3", since=NOW)
FILLED = ("reviewer.licenses", "reviewer.specialties")
"""The fields that opening a case fills from the profile."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks at claims that come fifty times as often."""
    monkeypatch.setattr(poller, "SECONDS", 0.02)


def logged(folder: Folder) -> list[LoggedEvent]:
    """The events of the log, which has no fault."""
    log = AuditLog(folder.path)
    assert log.check().faults == ()
    return list(log.events())


def names(folder: Folder) -> list[str]:
    return [each.event for each in logged(folder)]


@pytest.mark.slow
async def test_opening_and_edits_are_recorded(folder: Folder, make_app: MakeApp) -> None:
    before = (folder.path / f"{FRESH}.toml").read_bytes()
    async with running(make_app(FRESH)) as pilot:
        await opened(pilot, Stage("summary"))
        await write(pilot, "a text")
        await leave(pilot)
        await until(pilot, lambda: the_app(pilot).case is None)
    first, filled, edited = logged(folder)
    assert (first.event, first.case, first.content) == ("opened", FRESH, sha256(before))
    assert first.account == account_name()
    assert (filled.event, filled.fields) == ("edited", FILLED)
    assert (edited.event, edited.fields) == ("edited", ("summary.text",))
    assert edited.at == NOW
    # Nothing was edited after that event, so the file still has this content.
    assert edited.content == sha256((folder.path / f"{FRESH}.toml").read_bytes())


@pytest.mark.slow
async def test_an_edit_that_was_undone_is_none(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        await opened(pilot, Stage("summary"))
        await write(pilot, "a")
        await press(pilot, "ctrl+z")
        await leave(pilot)
    assert names(folder) == ["opened", "edited"]


@pytest.mark.slow
async def test_a_letter_is_recorded_after_the_edits_before_it(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(SEED)) as pilot:
        app = await opened(pilot, Stage("review"), types=False)
        await press(pilot, "w")
        await until(pilot, lambda: app.letter_state.startswith("Letter written"))
        await saved(pilot)
        await leave(pilot)
    assert names(folder)[-1] == "letter written"
    assert logged(folder)[-1].content == sha256(encode(on_disk(folder, SEED)))


@pytest.mark.slow
async def test_an_end_without_leaving_records_the_edits(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await write(pilot, "a")
        # As at a hangup.
        assert app.last_words.last_words(10)
        assert logged(folder)[-1].fields == ("summary.text",)


@pytest.mark.slow
async def test_a_case_is_taken_over_and_given(folder: Folder, make_app: MakeApp) -> None:
    held = claim(folder.path, FRESH, JANE)
    async with running(make_app(FRESH), (120, 30)) as pilot:
        app = await opened(pilot, Stage("summary"), types=False)
        await saved(pilot)
        assert names(folder) == ["opened"]
        held.release()
        await press(pilot, "t")
        await until(pilot, lambda: not app.read_only)
        await press(pilot, "i")
        await write(pilot, "a")
        assert app.parts.editing.claim_monitor is not None
        assert app.parts.editing.claim_monitor.give(JANE)
        await until(pilot, lambda: app.save_state.startswith("Handed over"))
        # These go into a copy, so they are not edits of the case.
        await write(pilot, "b")
        await leave(pilot)
    assert [(each.event, each.fields) for each in logged(folder)] == [
        ("opened", ()),
        ("taken over", ()),
        ("edited", ("summary.text",)),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("number", ["", FRESH])
async def test_unlocking_is_recorded(folder: Folder, make_app: MakeApp, number: str) -> None:
    profile = load_profile(folder)
    assert profile is not None
    save_profile(folder, profile.but(pin=digest_of("2468")))
    async with running(make_app(number)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: not number or app.case is not None)
        await press(pilot, "f8")
        await write(pilot, "2468")
        await press(pilot, "enter")
        await until(pilot, lambda: not app.is_locked)
        await until(pilot, lambda: "unlocked" in names(folder))
    assert [each.case for each in logged(folder) if each.event == "unlocked"] == [number]


@pytest.mark.slow
async def test_an_import_is_recorded(folder: Folder, make_app: MakeApp, tmp_path: Path) -> None:
    path = tmp_path / "CM16-0000001.txt"
    path.write_text(render(on_disk(folder, SEED)))
    async with running(make_app()) as pilot:
        await press(pilot, "i")
        await write(pilot, str(path))
        await press(pilot, "enter")
        await until(pilot, lambda: "CM16-0000001" in screen_text(pilot.app))
    (event,) = logged(folder)
    assert (event.event, event.case) == ("imported", path.stem)


# Nobody waits for the log


@pytest.mark.slow
async def test_a_log_that_cannot_be_written_is_told_once(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(log_write, "_write_all", refuse)
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await until(pilot, lambda: "The case is saved all the same." in told(pilot))
        await write(pilot, "a text")
        await press(pilot, "escape", "escape")
        await saved(pilot)
        assert told(pilot).count("The case is saved all the same.") == 1
        assert app.save_state.startswith("Saved")
        assert on_disk(folder).summary.text == "a text"
        assert AuditLog(folder.path).head() is None
        monkeypatch.undo()
        # What could not be recorded comes with the next event.
        app.parts.audit.note_edits()
        await saved(pilot)
    assert {"summary.text", *FILLED} <= set(logged(folder)[-1].fields)


@pytest.mark.slow
async def test_keys_do_not_wait_for_a_log_that_is_locked(folder: Folder, make_app: MakeApp) -> None:
    AuditLog(folder.path).append(FRESH, "opened", now=NOW)
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await saved(pilot)
        before = len(logged(folder))
        with log_write.locked(folder.path / ".imr" / "log"):
            await write(pilot, "a text")
            app.parts.audit.note_edits()
            await write(pilot, " and more")
            assert "a text and more" in screen_text(app)
        await saved(pilot)
    assert on_disk(folder).summary.text == "a text and more"
    assert len(logged(folder)) > before


@pytest.mark.slow
async def test_a_folder_that_is_only_read_gets_no_log(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write to every folder.
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode, **_: path != folder.path and access(path, mode)
    )
    async with running(make_app(SEED)) as pilot:
        await opened(pilot, Stage("summary"), types=False)
        await leave(pilot)
        assert "log" not in told(pilot)
    assert not (folder.path / ".imr" / "log").exists()


# No health information


def filled(case: Case) -> Case:
    """The case with the sentinel in every text."""
    words = f"A {SENTINEL} b."
    items = tuple(
        item.but(
            **dict.fromkeys(("request", "original", "authorized", "rationale", "uncited"), words),
            citations=tuple(
                each.but(**dict.fromkeys(("title", "section", "pages", "text"), words))
                for each in item.citations
            ),
        )
        for item in case.items
    )
    return case.but(
        parties=case.parties.but(
            **dict.fromkeys(
                ("employee", "employer", "claims_administrator", "utilization_review_organization"),
                words,
            ),
            providers=(words,),
        ),
        records=tuple(each.but(title=words, source=words) for each in case.records),
        reviewer=case.reviewer.but(licenses=(words,), specialties=(words,)),
        summary=case.summary.but(text=words),
        items=items,
        acknowledged={"IMR305": Acknowledgement(reason=words, digest="x", at=NOW)},
    )


@pytest.mark.slow
async def test_no_text_of_a_case_gets_into_the_log(folder: Folder, make_app: MakeApp) -> None:
    path = folder.path / f"{SEED}.toml"
    path.write_bytes(marked((SAMPLES / path.name).read_bytes()))
    async with running(make_app(SEED)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await write(pilot, SENTINEL)
        app.post_message(Edited(filled))
        await until(pilot, lambda: app.open_case.parties.employer == f"A {SENTINEL} b.")
        await leave(pilot)
        await until(pilot, lambda: app.case is None)
    files = list((folder.path / ".imr" / "log").iterdir())
    assert SENTINEL.encode() in path.read_bytes()
    assert [each for each in files if SENTINEL.lower() in each.read_text().lower()] == []
    fields = {field for each in logged(folder) for field in each.fields}
    assert fields >= {
        *("parties.employee", "parties.employer", "parties.providers", "records", "summary.text"),
        *(*FILLED, "items[0].request", "items[0].rationale", "items[0].citations", "acknowledged"),
    }
