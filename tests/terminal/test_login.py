"""The app behind a real sshd, as its manual sets it up: a case is worked, nothing else is run."""

import getpass
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from imr_tui.store.safety import login_shell
from tests.bench.samples import FRESH, make_folder, on_disk
from tests.terminal import sshd as sshd_module
from tests.terminal.driver import Terminal
from tests.terminal.every_key import KEYS
from tests.terminal.forced import Forced, forcing
from tests.terminal.keys import key_bytes
from tests.terminal.test_restricted import as_root
from tests.terminal.test_walk import NUMBER, SUMMARY, Reviewer, letter_of
from tests.terminal.traced import can_trace, executed


@pytest.fixture(scope="module")
def forced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forced]:
    """A server with the manual's configuration, or a skip that says why there is none."""
    if not sshd_module.available():
        pytest.skip("no ssh, ssh-keygen or sshd that can run here")
    if not can_trace():
        pytest.skip("strace is not here or may not trace")
    with forcing(tmp_path_factory.mktemp("forced")) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, forced: Forced) -> Path:
    """What the account opens: a folder with a case of one item."""
    folder = make_folder(tmp_path, FRESH)
    path = folder / FRESH.name
    head, item, *_ = path.read_text(encoding="utf-8").split("[[items]]")
    path.write_text(f"{head}[[items]]{item}", encoding="utf-8")
    path.chmod(0o600)
    forced.open(folder)
    return folder


@pytest.mark.slow
def test_a_case_is_worked_to_its_letter_and_nothing_but_python_is_run(
    forced: Forced, folder: Path, tmp_path: Path
) -> None:
    path, ran = folder / FRESH.name, tmp_path / "ran"
    # What the client asks for is not looked at.
    with Terminal(forced.sshd.argv(f"touch {ran}"), tmp_path) as terminal:
        reviewer = Reviewer(terminal)
        terminal.wait_for(NUMBER)
        assert "i Import" not in terminal.text
        terminal.settle()
        reviewer.work_at_one_item()
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0, forced.sshd.log
    assert on_disk(path).summary.text == "\n\n".join(SUMMARY)
    assert (folder / f"{NUMBER}.txt").read_bytes() == letter_of(path)
    assert executed(forced.log)
    assert forced.strangers() == []
    assert not ran.exists()


@pytest.mark.slow
def test_without_a_terminal_there_is_a_sentence_and_nothing_else(
    forced: Forced, folder: Path, tmp_path: Path
) -> None:
    sshd, there, here = forced.sshd, tmp_path / "there", tmp_path / "here"
    here.write_text("text")
    asked = [
        sshd.argv(f"touch {there}; id", options=["-T"]),
        sshd.argv("sftp", options=["-T", "-s"]),
        sshd.argv(options=["-T"]),
        sshd.copying("scp", str(here), f"{sshd.host}:{there}"),
        sshd.copying("scp", "-O", str(here), f"{sshd.host}:{there}"),
        sshd.copying("scp", f"{sshd.host}:{folder / FRESH.name}", str(there)),
    ]
    for command in asked:
        forced.log.write_text("")
        done = subprocess.run(command, input=b"id\n", capture_output=True, timeout=60)
        assert done.returncode != 0
        assert done.stdout == b""
        assert executed(forced.log)
        assert forced.strangers() == []
        if command[0] == "ssh":
            assert done.returncode == 2
        if "-O" in command or (command[0] == "ssh" and "-s" not in command):
            # Else the server keeps what is said there for itself.
            assert b"needs a terminal" in done.stderr
            assert done.stderr.count(b"imr-tui:") == 1
    batch = f"put {here} {there}\nget {folder / FRESH.name} {there}\n".encode()
    copied = subprocess.run(
        sshd.copying("sftp", "-b", "-", sshd.host), input=batch, capture_output=True, timeout=60
    )
    assert copied.returncode != 0
    assert not there.exists()


AS_ROOT = 'mount --bind "$0" /etc/passwd && exec "$@"'
"""Gives a program, and all that it starts, a passwd of its own."""


@pytest.mark.slow
@as_root
def test_an_account_whose_shell_it_is_gets_the_folder_in_its_home(tmp_path: Path) -> None:
    own = ["unshare", "--mount", "sh", "-c", AS_ROOT, str(tmp_path / "passwd")]
    (home := tmp_path / "home").mkdir()
    (tmp_path / "sshd").mkdir()
    shell = tmp_path / "imr-tui-login"
    login_shell.install(shell, Path(sys.executable))
    entry = f"{getpass.getuser()}:x:{os.getuid()}:{os.getgid()}::{home}:{shell}\n"
    others = Path("/etc/passwd").read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join([entry, *(line for line in others if f":{os.getuid()}:" not in line)])
    (tmp_path / "passwd").write_text(text, encoding="utf-8")
    (tmp_path / "passwd").chmod(0o644)
    if not sshd_module.available() or os.getuid() != 0 or not runs([*own, "true"]):
        pytest.skip("no sshd that can run here with a passwd of its own")
    ran = tmp_path / "ran"
    with sshd_module.serving(tmp_path / "sshd", before=own) as sshd:
        command = sshd.argv(f"touch {ran}", options=["-T"])
        done = subprocess.run(command, input=b"", capture_output=True, timeout=60)
        assert (done.returncode, done.stdout) == (2, b""), sshd.log
        assert b"needs a terminal" in done.stderr
        with Terminal(sshd.argv(f"touch {ran}"), tmp_path) as terminal:
            terminal.wait_for("Your profile")
            terminal.settle()
            terminal.key("ctrl+q")
            assert terminal.wait_exit() == 0, sshd.log
    assert stat.S_IMODE((home / "cases").stat().st_mode) == 0o700
    assert not ran.exists()


def runs(command: Sequence[str]) -> bool:
    """Whether a command is here and does what it is asked."""
    return bool(shutil.which(command[0])) and not subprocess.run(command).returncode


def test_nothing_is_forwarded(forced: Forced, folder: Path) -> None:
    # Through the server to itself, which greets whoever comes.
    command = forced.sshd.argv(options=["-T", "-W", f"127.0.0.1:{forced.sshd.port}"])
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    assert done.stdout == b""
    assert b"forwarding failed" in done.stderr


@pytest.mark.slow
def test_every_key_and_entry_of_the_palette_runs_nothing(
    forced: Forced, folder: Path, tmp_path: Path
) -> None:
    with Terminal(forced.sshd.argv(), tmp_path) as terminal:
        for at_first in ("", "enter", "ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n"):
            if at_first:
                terminal.key(at_first)
            terminal.wait_for("F1 Help")
            terminal.settle()
            for key in KEYS:
                # A locked screen takes no key, and only leads out of the app.
                if key != key_bytes("f8"):
                    terminal.type(key)
            terminal.settle()
        for entry in range(8):
            terminal.key("escape", "escape", "escape", "ctrl+o", *["down"] * entry, "enter")
            terminal.settle()
        terminal.key("escape", "escape", "escape", "escape", "ctrl+q")
        terminal.wait_exit()
    assert executed(forced.log)
    assert forced.strangers() == []
