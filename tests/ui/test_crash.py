"""A fault of the program's own: the case is saved, nothing of it is printed, the code is 70."""

import pytest

from imr_tui.domain.workflow import Stage
from imr_tui.errors import EXIT_BUG
from imr_tui.store.cases.folder import Folder
from imr_tui.ui.stages.summary import SummaryScreen
from tests.ui.conftest import FRESH, MakeApp, on_disk
from tests.ui.driving import go, opened, press, running, until, write

SENTINEL = "PHI-7f3a"


async def test_a_crash_tells_no_data_and_loses_none(
    folder: Folder,
    make_app: MakeApp,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def crash(self: SummaryScreen) -> None:
        patient_name = SENTINEL
        raise RuntimeError(f"about {patient_name}")

    app = make_app(FRESH)
    with pytest.raises(RuntimeError, match="about"):  # noqa: PT012
        async with running(app) as pilot:
            await until(pilot, lambda: app.case is not None)
            await go(pilot, Stage("summary"))
            await write(pilot, SENTINEL)
            monkeypatch.setattr(SummaryScreen, "action_go_to", crash)
            await press(pilot, "ctrl+g")
    assert app.return_code == EXIT_BUG
    printed = "".join(capfd.readouterr())
    assert isinstance(app.fault, RuntimeError)
    assert SENTINEL not in printed
    assert on_disk(folder).summary.text == SENTINEL


async def test_copying_stays_inside_the_program(make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = await opened(pilot, Stage("summary"))
        await write(pilot, "abc")
        written: list[str] = []
        assert app._driver is not None
        app._driver.write = written.append  # type: ignore[assignment, method-assign]
        await press(pilot, "shift+home", "ctrl+c")
        assert app.clipboard == "abc"
        assert not any("]52;" in data for data in written)
