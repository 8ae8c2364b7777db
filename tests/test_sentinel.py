"""The search for the sentinel finds a leak, and lets the places pass that may hold it."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from imr_tui.letter.render.renderer import render
from tests.bench.samples import FRESH
from tests.builders import a_complete_case
from tests.sentinel import (
    HEADING,
    LEFT_SCREEN,
    SENTINEL,
    leaks,
    marked,
    pytest_sessionfinish,
    told_after,
)

pytestmark = pytest.mark.process


def test_a_leak_is_found(tmp_path: Path) -> None:
    for name in ("cases/.imr", "cases/below", "home"):
        (tmp_path / name).mkdir(mode=0o700, parents=True)
    word = SENTINEL.encode()
    for name, data in {
        "cases/CM26-1.toml": word,
        "cases/CM26-1.txt": word,
        "cases/.imr/spot.toml": word,
        "letter": HEADING + word,
        "home/other": b"nothing",
        "home/app.log": b"about " + word,
        "cases/below/core": word,
    }.items():
        (tmp_path / name).write_bytes(data)
    found = sorted(str(path.relative_to(tmp_path)) for path in leaks(tmp_path))
    for path in leaks(tmp_path):
        path.unlink()
    (tmp_path / "letter").unlink()
    assert found == ["cases/below/core", "home/app.log"]


class _Session:
    """What the end of a run is given, in a controller or a worker."""

    def __init__(self, place: Path, **config: object) -> None:
        self.exitstatus: int = pytest.ExitCode.OK
        factory = SimpleNamespace(getbasetemp=lambda: place)
        self.config = SimpleNamespace(_tmp_path_factory=factory, **config)


def test_a_leak_fails_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    controller, worker = _Session(tmp_path), _Session(tmp_path, workerinput={})
    pytest_sessionfinish(cast(pytest.Session, controller))
    assert controller.exitstatus == pytest.ExitCode.OK
    (tmp_path / "log").write_text(SENTINEL)
    for session in (controller, worker):
        pytest_sessionfinish(cast(pytest.Session, session))
    (tmp_path / "log").unlink()
    assert controller.exitstatus == pytest.ExitCode.TESTS_FAILED
    assert worker.exitstatus == pytest.ExitCode.OK
    assert "log holds the sentinel" in capsys.readouterr().out


def test_what_is_told_after_the_screen_is_found() -> None:
    shown = SENTINEL.encode()
    assert told_after(shown + LEFT_SCREEN + shown)
    assert not told_after(shown + LEFT_SCREEN + b"saved")
    assert not told_after(shown)


def test_every_text_of_a_sample_is_marked() -> None:
    text = marked(FRESH.read_bytes()).decode()
    for key in ("employee", "employer", "claims_administrator", "title", "source", "request"):
        lines = [line for line in text.splitlines() if line.startswith(f"{key} =")]
        assert lines
        blank = (f'{key} = ""',)
        cited = [line for line in lines if SENTINEL not in line and line not in blank]
        assert key == "title" or cited == [], key


def test_parties_are_in_no_letter() -> None:
    assert SENTINEL not in render(a_complete_case())
