"""What all tests share: how hard hypothesis tries, golden files, a folder, commands."""

import gc
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from imr_tui.cli import main
from imr_tui.cli.runtime import hardening
from imr_tui.store.spelling import hunspell
from tests.commands import Done, Run
from tests.postgres.fixtures import (
    can_run_servers,
    kept_database,
    namespace,
    postgres,
    shared_database,
    shared_template,
    small_disk,
)
from tests.sentinel import pytest_sessionfinish
from tests.shared_site import run_as
from tests.signers import root_owned, signing_site

__all__ = [
    "can_run_servers",
    "kept_database",
    "namespace",
    "postgres",
    "pytest_sessionfinish",
    "root_owned",
    "run_as",
    "shared_database",
    "shared_template",
    "signing_site",
    "small_disk",
]

# A worker holds all tests, which are not garbage: to search them often takes long.
gc.set_threshold(20_000, 20, 20)

settings.register_profile(
    "default", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.register_profile("quick", settings.get_profile("default"), max_examples=4)
settings.register_profile("soak", settings.get_profile("default"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="Write the golden files anew; read the diff."
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by their folder: `ui` drives the app, `terminal` a real terminal."""
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        if folder in ("ui", "terminal"):
            item.add_marker(folder)


def pytest_collection_finish() -> None:
    """Keep the garbage collector from searching what is there until the end."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def no_hunspell() -> Iterator[None]:
    """Keep the findings of tests the same where hunspell is installed; `spelling.py` undoes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hunspell, "PROGRAMS", ())
        yield


@pytest.fixture(scope="session", autouse=True)
def state_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the heads of the logs of test folders out of the home of whoever runs the tests."""
    folder = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder))
        yield folder


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are written instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """An empty folder of cases."""
    folder = tmp_path / "cases"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def umask() -> Iterator[None]:
    """Puts the process's umask back."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], umask: None) -> Run:
    """Runs `imr-tui` here, with `stdin` as its standard input; no stream is a terminal."""
    # The tests' own environment stays as it is.
    monkeypatch.setattr(hardening, "secure", lambda: os.umask(0o077))

    def run(*arguments: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["imr-tui", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        code = caught.value.code
        assert isinstance(code, int)
        assert "\x1b" not in out + err
        assert "Traceback" not in out + err
        return Done(code, out, err)

    return run
