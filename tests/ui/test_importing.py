"""A published letter becomes a case by `i` on the worklist."""

from pathlib import Path

from imr_tui.letter import render
from imr_tui.store.folder import Folder
from tests.ui.conftest import SEED, MakeApp, on_disk
from tests.ui.driving import press, running, screen_text, the_app, told, until, write

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


async def test_what_cannot_be_imported_is_told_and_changes_nothing(
    folder: Folder, make_app: MakeApp, tmp_path: Path
) -> None:
    before = (folder.path / f"{SEED}.toml").read_bytes()
    (tmp_path / f"{SEED}.txt").write_text(render(on_disk(folder, SEED)))
    (tmp_path / "other.txt").write_text("Dear [b]Sir[/b]")
    async with running(make_app()) as pilot:
        for name, says in [
            (f"{SEED}.txt", "is there already"),
            ("other.txt", "not such a letter"),
            ("none.txt", "could not be read"),
        ]:
            await press(pilot, "i")
            await write(pilot, str(tmp_path / name))
            await press(pilot, "enter")
            await until(pilot, lambda says=says: says in told(pilot))  # type: ignore[misc]
    assert (folder.path / f"{SEED}.toml").read_bytes() == before
    assert len(list(folder.entries())) == 2
