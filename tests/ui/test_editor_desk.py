"""What comes back from an editor, and what became of the case meanwhile; it is a function here."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from imr_tui.domain.workflow import Stage
from imr_tui.errors import CannotStore
from imr_tui.model import edits
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.locking.holder import Holder
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.sharing import ChoiceScreen
from imr_tui.ui.messages import EditorWanted
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.widgets.prose import Prose
from tests.ui.conftest import FRESH, MakeApp, on_disk, put
from tests.ui.driving import go, opened, press, running, saved, the_app, told, until, write

pytestmark = pytest.mark.slow

MeanWhile = Callable[[Path], object]


def replaced_by(text: str) -> MeanWhile:
    return lambda path: path.write_text(text)


@pytest.fixture(autouse=True)
def editor(monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that is there; it is never started."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "true")


def with_editor(app: ImrApp, does: MeanWhile, code: int = 0) -> list[Sequence[str]]:
    """Let `does` be what the editor does to its file; the commands that are started."""
    called: list[Sequence[str]] = []

    async def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
        called.append(command)
        assert environment["TMPDIR"] == str(Path(command[-1]).parent)
        does(Path(command[-1]))
        return code

    app.parts.editor.run_outside = run  # type: ignore[method-assign]
    return called


def nothing_left(folder: Folder) -> bool:
    place = folder.own("editing")
    return not place.exists() or not any(place.iterdir())


async def test_it_is_one_step_in_the_text_and_one_of_the_case(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("decision", 1))
        app.screen.query_one(Prose).focus()
        await write(pilot, "Typed.")
        await press(pilot, "left")
        with_editor(app, replaced_by("One.\nTwo.\n"))
        await press(pilot, "f4")
        await until(pilot, lambda: nothing_left(folder))
        entry = app.focused
        assert isinstance(entry, Prose)
        assert entry.text == "One.\nTwo."
        assert entry.cursor_location == (0, 4)
        await press(pilot, "end")
        await write(pilot, " More.")
        await press(pilot, "escape")
        for expected in ("One.\nTwo.", "Typed.", ""):
            await press(pilot, "ctrl+z")
            await saved(pilot)
            assert on_disk(folder).items[1].rationale == expected


async def test_a_text_that_did_not_change_is_no_step(folder: Folder, make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await write(pilot, "ab")
        with_editor(app, lambda path: path.write_text(path.read_text() + "\n"))
        await press(pilot, "f4")
        await until(pilot, lambda: nothing_left(folder))
        await press(pilot, "ctrl+z")
        await saved(pilot)
        assert on_disk(folder).summary.text in ("", "a")


@pytest.mark.parametrize("host", [Host(restricted=True), Host()])
async def test_a_restricted_desk_offers_none(make_app: MakeApp, host: Host) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        app.host = host
        await until(pilot, lambda: app.case is not None)
        await go(pilot, Stage("summary"))
        called = with_editor(app, replaced_by("Changed."))
        await press(pilot, "f1")
        assert ("your editor" in str(app.screen.query_one("#help-text").render())) != bool(
            host.restricted
        )
        await press(pilot, "escape", "f4")
        await pilot.pause()
        assert bool(called) != host.restricted
        # Nor does anything that asks for one without the key.
        app.post_message(EditorWanted("summary-text"))
        await pilot.pause()
        assert bool(called) != host.restricted


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (None, "No editor is set"),
        ("not-there -x", "The program not-there"),
        ("'", "quote"),
    ],
)
async def test_it_says_why_none_is_opened(
    folder: Folder,
    make_app: MakeApp,
    monkeypatch: pytest.MonkeyPatch,
    said: str | None,
    says: str,
) -> None:
    monkeypatch.delenv("EDITOR")
    if said is not None:
        monkeypatch.setenv("EDITOR", said)
    async with running(make_app(FRESH)) as pilot:
        await opened(pilot, Stage("summary"))
        await press(pilot, "f4")
        await until(pilot, lambda: says in told(pilot))
        assert nothing_left(folder)


async def test_what_another_program_wrote_meanwhile_is_not_lost(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        theirs = edits.set_summary(on_disk(folder), "Theirs.")

        def meanwhile(path: Path) -> None:
            path.write_text("Mine.")
            put(folder, theirs)

        with_editor(app, meanwhile)
        await press(pilot, "f4")
        await until(pilot, lambda: [each.kind for each in app.notices] == ["choice"])
        await until(pilot, lambda: nothing_left(folder))
        assert on_disk(folder).summary.text == "Theirs."
        await press(pilot, "f2")
        await until(pilot, lambda: isinstance(app.screen, ChoiceScreen))
        await press(pilot, "m")
        await until(pilot, lambda: not isinstance(app.screen, ChoiceScreen))
        await until(pilot, lambda: on_disk(folder).summary.text == "Mine.")
        kept = [version.path.read_bytes() for version in folder.versions(FRESH).all()]
        assert encode(theirs) in kept


async def test_what_comes_back_after_the_case_was_given_away_is_a_copy(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))

        def meanwhile(path: Path) -> None:
            path.write_text("Mine.")
            assert app.parts.editing.claim_monitor is not None
            assert app.parts.editing.claim_monitor.give(Holder(who="somebody", host="elsewhere"))

        with_editor(app, meanwhile)
        await press(pilot, "f4")
        await until(pilot, lambda: nothing_left(folder) and bool(app.notices))
        assert on_disk(folder).summary.text == ""
        copy = app.parts.editing.session.file.mine()  # type: ignore[union-attr]
        assert copy is not None
        assert copy.summary.text == "Mine."


async def test_what_cannot_be_put_into_the_case_any_more_is_kept(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))

        def meanwhile(path: Path) -> None:
            path.write_text("Mine.")
            app.read_only = "READ ONLY: the case is elsewhere"

        with_editor(app, meanwhile)
        await press(pilot, "f4")
        await until(pilot, lambda: "The case is read-only now" in told(pilot))
        (place,) = folder.own("editing").iterdir()
        assert (place / "text.txt").read_text() == "Mine."
        assert str(place) in told(pilot)


async def test_a_text_that_the_disk_does_not_take_is_kept_where_it_is(
    folder: Folder, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imr_tui.store.cases.saver.FLUSH_SECONDS", 0.1)

    def full(path: Path, data: bytes) -> None:
        raise CannotStore("no space left")

    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))

        def meanwhile(path: Path) -> None:
            path.write_text("Mine.")
            assert app.parts.editing.session is not None
            app.parts.editing.session._saver._write = lambda case: full(path, b"")

        with_editor(app, meanwhile)
        await press(pilot, "f4")
        await until(pilot, lambda: "not saved yet" in told(pilot))
        assert app.open_case.summary.text == "Mine."
        assert not nothing_left(folder)
        assert isinstance(app.screen, StageScreen)
        app.parts.editing.session._saver._write = app.parts.editing.session.file.save  # type: ignore[union-attr]
