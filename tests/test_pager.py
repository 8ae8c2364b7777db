"""Long output on a terminal is shown page by page, and nothing starts from there."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from imr_tui.cli import pager
from imr_tui.letter.render.renderer import render
from imr_tui.store.safety.programs import is_safe
from tests.bench.samples import APP
from tests.builders import a_case, a_complete_case, saved
from tests.requirements import skip_or_fail
from tests.soak import processes
from tests.terminal.driver import Terminal

pytestmark = pytest.mark.process

HOSTILE = {
    "PAGER": "touch pager",
    "LESS": "-R",
    "LESSOPEN": "|touch less %s",
    "LESSEDIT": "touch edit",
    "LESSSECURE": "0",
    "SECRET": "1",
}


@contextmanager
def paged(
    home: Path, *words: object, size: tuple[int, int] = (80, 24), env: Mapping[str, str] = {}
) -> Iterator[Terminal]:
    """A command on a terminal."""
    with Terminal([*APP, *map(str, words)], home, size=size, env=env) as terminal:
        yield terminal


@pytest.fixture(autouse=True)
def less() -> None:
    is_there = any(map(is_safe, pager.PROGRAMS))
    skip_or_fail("less", "" if is_there else "less is not installed")


def test_a_long_list_is_shown_page_by_page(tmp_path: Path) -> None:
    with paged(tmp_path, "help", "commands", env=HOSTILE) as terminal:
        terminal.wait_for("Commands")
        terminal.wait_until(lambda: terminal.screen[-1].startswith(":"), what="the prompt")
        assert "128 + n" not in terminal.text
        (less,) = processes.children(terminal.pid)
        environment = Path(f"/proc/{less}/environ").read_bytes().decode()
        assert "LESSSECURE=1" in environment
        assert not {"LESS=-R", "SECRET=1"} & set(environment.split("\0"))
        assert "LESSOPEN" not in environment
        terminal.type("!")
        terminal.wait_for("not available")
        terminal.type("\r")
        terminal.wait_gone("not available")
        terminal.type("q")
        assert terminal.wait_exit() == 0
    assert [path.name for path in tmp_path.iterdir()] == []


def test_an_interrupt_leaves_the_pages(tmp_path: Path) -> None:
    with paged(tmp_path, "help", "commands") as terminal:
        terminal.wait_until(lambda: terminal.screen[-1].startswith(":"), what="the prompt")
        terminal.type(b"\x03")
        assert terminal.wait_exit() == 0
        assert "Traceback" not in terminal.text


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {}], ids=["dumb", "short"])
def test_what_is_printed_at_once(tmp_path: Path, env: dict[str, str]) -> None:
    size = (80, 24) if env else (80, 500)
    with paged(tmp_path, "help", "commands", size=size, env=env) as terminal:
        assert terminal.wait_exit() == 0
        assert b"128 + n" in terminal.raw


def test_the_exit_code_is_that_of_the_command(cases: Path, tmp_path: Path) -> None:
    saved(cases, a_case())
    with paged(tmp_path, "check", cases, size=(80, 6)) as terminal:
        terminal.wait_until(lambda: terminal.screen[-1].startswith(":"), what="the prompt")
        terminal.type("q")
        assert terminal.wait_exit() == 1


def test_a_letter_goes_into_a_pipe_as_it_is(cases: Path) -> None:
    (path,) = saved(cases, a_complete_case())
    done = subprocess.run([*APP, "letter", str(path)], capture_output=True, check=True)
    assert done.stdout.decode() == render(a_complete_case())
