"""Signing on a terminal with an agent: over a real sshd, and where the agent does not sign."""

import socket
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from imr_tui.services.verify_cases import signing_events, verify_file
from imr_tui.signing.agent_protocol import REQUEST
from imr_tui.store.signing.process import PROGRAM
from imr_tui.store.signing.ssh_keygen import SIGN_SECONDS
from tests.bench.samples import make_folder
from tests.builders import saved
from tests.services.signing import NUMBER, a_signable_case
from tests.signers import SigningSite, make_site, needs_keygen, running_agent
from tests.soak import processes
from tests.store.signing.test_agent import listing
from tests.terminal import sshd as sshd_module
from tests.terminal.driver import Terminal
from tests.terminal.forced import Forced, forcing
from tests.terminal.test_environment import with_host
from tests.terminal.traced import can_trace, executed

pytestmark = [pytest.mark.process, needs_keygen]

SIGNED = "SIGNED"
"""What the header says of a signed case."""
SIZE = (100, 30)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SigningSite:
    return make_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def forced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forced]:
    """A server that forwards agents; skips the test where sshd cannot run."""
    if not sshd_module.available():
        pytest.skip("no ssh, ssh-keygen or sshd that can run here")
    if not can_trace():
        pytest.skip("strace is not here or may not trace")
    with forcing(tmp_path_factory.mktemp("forced"), has_agent=True) as server:
        yield server


@pytest.fixture(autouse=True)
def new_log(request: pytest.FixtureRequest) -> None:
    """Else strace would add to what an earlier test has run."""
    if "forced" in request.fixturenames:
        request.getfixturevalue("forced").log.unlink(missing_ok=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a case that only has to be signed."""
    (path,) = saved(make_folder(tmp_path), a_signable_case())
    path.chmod(0o600)
    return path


def program(site: SigningSite) -> str:
    """A program that is imr-tui on a machine that names the signers of `site`."""
    return (
        "from imr_tui.store.config import machine_policy\n"
        "from imr_tui.store.signing import trust\n"
        # Whoever runs the tests stands for root.
        "trust.require_root = lambda path, kept: None\n"
        "trust.others_can_replace = lambda path: False\n"
        f"{with_host(signers=str(site.signers))}"
    )


def open_review(terminal: Terminal) -> None:
    """Wait for Review of the case, which opens there, and for its checks."""
    terminal.wait_for("Review")
    terminal.wait_gone("Checking")
    terminal.wait_for("Sign")
    terminal.settle()


def ask(terminal: Terminal) -> None:
    """Open the dialog, and confirm all but the last key."""
    terminal.key("s")
    terminal.wait_for(f"Sign {NUMBER}")
    terminal.settle()
    terminal.key("ctrl+t")
    terminal.settle()
    terminal.type(NUMBER[-4:])
    terminal.wait_for(NUMBER[-4:])
    terminal.settle()


def status(path: Path, site: SigningSite) -> str:
    return verify_file(path, site.trust, signing_events(path.parent)).status


# ── Over ssh ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_case_is_signed_with_a_forwarded_agent_and_nothing_else_is_run(
    forced: Forced, site: SigningSite, path: Path, tmp_path: Path
) -> None:
    forced.open(path.parent, program(site))
    with running_agent(site.reviewer) as (agent, _):
        # The first value of an option holds, so that the agent is not that of who runs the tests.
        command = forced.sshd.argv(options=["-tt", "-A", "-o", f"IdentityAgent={agent}"])
        with Terminal(command, tmp_path, size=SIZE) as terminal:
            terminal.wait_for(NUMBER)
            terminal.settle()
            terminal.key("enter")
            open_review(terminal)
            ask(terminal)
            terminal.key("enter")
            terminal.wait_for(SIGNED)
            terminal.settle()
            terminal.key("ctrl+q")
            assert terminal.wait_exit() == 0, forced.sshd.log
    assert status(path, site) == "good"
    assert path.with_suffix(".txt").exists()
    assert str(PROGRAM) in executed(forced.log)
    assert forced.strangers(PROGRAM) == []


@pytest.mark.slow
def test_without_forwarding_there_is_a_sentence(
    forced: Forced, site: SigningSite, path: Path, tmp_path: Path
) -> None:
    before = path.read_bytes()
    forced.open(path.parent, program(site))
    with Terminal(forced.sshd.argv(), tmp_path, size=SIZE) as terminal:
        terminal.wait_for(NUMBER)
        terminal.settle()
        terminal.key("enter")
        open_review(terminal)
        terminal.key("s")
        terminal.wait_for("There is no SSH agent")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0, forced.sshd.log
    assert path.read_bytes() == before
    assert forced.strangers() == []


# ── An agent that does not sign ──────────────────────────────────────────────────────────


@contextmanager
def opened(path: Path, site: SigningSite, agent: Path) -> Iterator[Terminal]:
    """The app at Review of a case; afterwards, it still works, and nothing was signed."""
    before = path.read_bytes()
    command = [sys.executable, "-c", program(site), str(path)]
    environment = {"SSH_AUTH_SOCK": str(agent)}
    with Terminal(command, path.parent.parent, size=SIZE, env=environment) as terminal:
        open_review(terminal)
        yield terminal
        terminal.key("escape")
        terminal.wait_gone(f"Sign {NUMBER}")
        terminal.settle()
        terminal.key("ctrl+p")
        terminal.wait_for("You cite")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    assert path.read_bytes() == before
    assert not (path.parent / ".imr/signed").exists()
    assert status(path, site) == "unsigned"


@pytest.mark.slow
def test_an_agent_that_refuses(site: SigningSite, path: Path) -> None:
    with running_agent(site.reviewer) as (agent, add):
        # The agent must ask its owner from now on, which it cannot.
        add("-c", site.reviewer)
        with opened(path, site, agent) as terminal:
            ask(terminal)
            terminal.key("enter")
            terminal.wait_for("The agent refused to sign")


@pytest.mark.slow
def test_an_agent_that_is_gone(site: SigningSite, path: Path) -> None:
    with running_agent(site.reviewer) as (agent, _), opened(path, site, agent) as terminal:
        ask(terminal)
        agent.unlink()
        terminal.key("enter")
        terminal.wait_for("Nothing was signed")


@pytest.mark.slow
def test_an_agent_that_hangs(site: SigningSite, path: Path) -> None:
    with hanging(site) as (agent, asked), opened(path, site, agent) as terminal:
        ask(terminal)
        terminal.key("enter")
        terminal.wait_for("esc cancels")
        terminal.wait_until(asked.is_set, what="the agent to be asked")
        # Keys are taken meanwhile.
        terminal.key("f1")
        terminal.wait_for("THIS SCREEN")
        terminal.key("escape")
        terminal.wait_gone("THIS SCREEN")
        terminal.settle()
        assert keygens(terminal)
        terminal.key("escape")
        # Long before it would be given up anyway.
        soon = SIGN_SECONDS / 2
        terminal.wait_until(lambda: not keygens(terminal), soon, what="the end of ssh-keygen")


@pytest.mark.slow
def test_the_end_of_the_app_ends_ssh_keygen(site: SigningSite, path: Path) -> None:
    command = [sys.executable, "-c", program(site), str(path)]
    with hanging(site) as (agent, asked):
        environment = {"SSH_AUTH_SOCK": str(agent)}
        with Terminal(command, path.parent.parent, size=SIZE, env=environment) as terminal:
            open_review(terminal)
            ask(terminal)
            terminal.key("enter")
            terminal.wait_until(asked.is_set, what="the agent to be asked")
            (keygen,) = keygens(terminal)
            terminal.hang_up()
            terminal.wait_until(lambda: not processes.is_running(keygen), what="its end")
    assert status(path, site) == "unsigned"


def keygens(terminal: Terminal) -> list[int]:
    """The processes that the app started; each leads a session."""
    found = processes.children(terminal.pid)
    return [pid for pid in found if "ssh-keygen" in _name(pid)]


def _name(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
    return ""


@contextmanager
def hanging(site: SigningSite) -> Iterator[tuple[Path, threading.Event]]:
    """An agent that lists the reviewer's key, and never signs; set once it is asked to."""
    reply = listing((site.reviewer.public_key.blob, b"a key"))
    asked = threading.Event()
    with TemporaryDirectory(prefix="imr-") as place, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{place}/s")
        listener.listen()

        def serve(connection: socket.socket) -> None:
            with connection, connection.makefile("rb") as stream:
                while header := stream.read(4):
                    if stream.read(*struct.unpack(">I", header)) == REQUEST[4:]:
                        connection.sendall(reply)
                    else:
                        asked.set()

        def run() -> None:
            with suppress(OSError):
                while True:
                    threading.Thread(target=serve, args=listener.accept()[:1], daemon=True).start()

        threading.Thread(target=run, daemon=True).start()
        yield Path(place, "s"), asked
        listener.shutdown(socket.SHUT_RDWR)
