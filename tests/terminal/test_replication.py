"""A session on a machine with a shared store: a real server, which is killed and started again."""

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from imr_tui.store.cases.case_codec import decode
from tests.bench.samples import case_at, on_disk
from tests.postgres.cluster import FAST, Cluster
from tests.store.shared.stores import add_store
from tests.terminal.driver import Terminal

pytestmark = [
    *(pytest.mark.process, pytest.mark.slow, pytest.mark.usefixtures("can_run_servers")),
    pytest.mark.skipif(os.getuid() != 0, reason="only root can write the file of the machine"),
]

PROGRAM = """
import sys
from pathlib import Path
from imr_tui.store.config import machine_policy
machine_policy.load_host.__defaults__ = (Path({0!r}),)
from imr_tui.cli import main
main()
"""
"""imr-tui on a machine whose owner wrote the file of that name instead of /etc/imr-tui.toml."""
SHARED = r"Saved( \d\d:\d\d:\d\d)? · shared \d\d:\d\d:\d\d"
WAITING = r"Saved \d\d:\d\d:\d\d · shared: waiting since \d\d:\d\d"

Start = Callable[[], Terminal]


@pytest.fixture
def server() -> Iterator[Cluster]:
    """A server that may be killed, with the tables."""
    with Cluster.create(settings=FAST) as cluster:
        add_store(cluster)
        yield cluster


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A case that opens in its summary."""
    return case_at(tmp_path, "summary")


@pytest.fixture
def start(server: Cluster, tmp_path: Path, path: Path) -> Start:
    """Starts a session on the case, in a terminal of 80 columns."""
    policy = tmp_path / "imr-tui.toml"
    policy.write_text(f'shared = "{server.url("alice")}"\n[shared_roles]\nroot = "alice"\n')
    policy.chmod(0o644)
    argv = [sys.executable, "-c", PROGRAM.format(str(policy)), str(path)]
    return lambda: Terminal(argv, tmp_path)


def first_line(terminal: Terminal) -> str:
    return terminal.text.split("\n")[0]


def has(terminal: Terminal, pattern: str) -> bool:
    """Whether the first line has a pattern."""
    return re.search(pattern, first_line(terminal)) is not None


def summary_there(server: Cluster) -> str:
    """The summary that the shared store has."""
    ((body,),) = server.psql("select encode(body, 'hex') from cases")
    return decode(bytes.fromhex(body), "it").summary.text


def is_everywhere(server: Cluster, path: Path, text: str) -> bool:
    return on_disk(path).summary.text == text and summary_there(server) == text


def test_a_session_types_on_while_its_server_is_killed(
    start: Start, server: Cluster, path: Path
) -> None:
    with start() as terminal:
        terminal.wait_until(partial(has, terminal, SHARED))
        terminal.enter_text()
        terminal.type("one ")
        terminal.wait_until(partial(is_everywhere, server, path, "one "))
        server.kill()
        terminal.type("two ")
        terminal.wait_until(partial(has, terminal, WAITING))
        assert len(first_line(terminal).rstrip()) <= 80
        assert "CM26-0190442" in first_line(terminal)
        terminal.wait_until(lambda: on_disk(path).summary.text == "one two ")
        server.start()
        terminal.wait_until(partial(has, terminal, SHARED))
        assert is_everywhere(server, path, "one two ")


def test_a_session_ends_while_its_server_hangs_and_the_next_one_sends(
    start: Start, server: Cluster, path: Path
) -> None:
    with start() as terminal:
        terminal.wait_until(partial(has, terminal, SHARED))
        terminal.enter_text()
        server.suspend()
        try:
            terminal.type("one ")
            terminal.wait_until(lambda: on_disk(path).summary.text == "one ")
            terminal.kill(signal.SIGTERM)
            assert terminal.wait_exit() == 128 + signal.SIGTERM
        finally:
            server.resume()
    with start() as terminal:
        terminal.wait_until(partial(is_everywhere, server, path, "one "))
