"""The SSH agent: one that refuses, hangs or sends nonsense never holds anything up."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, CannotSign
from imr_tui.signing.agent_protocol import MAX_REPLY, REQUEST, reply_length
from imr_tui.signing.manifest import NAMESPACE
from imr_tui.store.signing import ssh_keygen
from imr_tui.store.signing.agent import agent_keys
from imr_tui.store.signing.signing_key import SigningKey
from imr_tui.store.signing.ssh_keygen import sign
from tests.signers import SigningSite, fake_key, needs_keygen, running_agent

pytestmark = pytest.mark.process
Serve = Callable[[socket.socket], None]


def string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def listing(*keys: tuple[bytes, bytes]) -> bytes:
    """An agent's list of keys and comments."""
    inner = b"".join(string(key) + string(comment) for key, comment in keys)
    return string(struct.pack(">BI", 12, len(keys)) + inner)


@contextmanager
def agent(folder: Path, serve: Serve) -> Iterator[Path]:
    """An agent that treats each connection with `serve`."""
    path = folder / "agent"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()

        def run() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection, suppress(OSError):
                        serve(connection)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            yield path
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def replying(reply: bytes) -> Serve:
    def serve(connection: socket.socket) -> None:
        assert connection.recv(100) == REQUEST
        connection.sendall(reply)

    return serve


def test_it_lists_its_keys(tmp_path: Path) -> None:
    key = fake_key(1)
    reply = listing((key.blob, b"my \x1b[31mkey"), (string(b"ssh-dss"), b"old"))
    with agent(tmp_path, replying(reply)) as path:
        (found,) = agent_keys(path)
    assert found.public_key == key
    assert "\x1b" not in found.comment
    assert "key" in found.comment


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\0\0",
        string(b"\x05"),
        string(b""),
        struct.pack(">I", MAX_REPLY + 1),
        struct.pack(">I", 2**32 - 1),
        string(b"\x0c"),
        string(struct.pack(">BI", 12, 2**32 - 1)),
        string(struct.pack(">BI", 12, 1)),
        listing((fake_key(1).blob, b"key"))[:-1],
        string(listing((fake_key(1).blob, b"key"))[4:] + b"\0"),
        b"\xff" * 1000,
    ],
)
def test_a_reply_that_is_no_list_is_told(tmp_path: Path, reply: bytes) -> None:
    with agent(tmp_path, replying(reply)) as path, pytest.raises(CannotSign, match="ssh -A"):
        agent_keys(path)


def silent(connection: socket.socket) -> None:
    while connection.recv(100):
        pass


def dripping(connection: socket.socket) -> None:
    """Send a byte now and then, for ever."""
    done = threading.Event()
    connection.sendall(struct.pack(">I", MAX_REPLY))
    while not done.wait(0.02):
        connection.sendall(b"x")


@pytest.mark.parametrize("serve", [silent, dripping])
def test_one_that_hangs_is_given_up(tmp_path: Path, serve: Serve) -> None:
    with (
        agent(tmp_path, serve) as path,
        pytest.raises(CannotSign, match="did not reply within 0"),
    ):
        agent_keys(path, seconds=0.2)


def test_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in ("missing", "file", "x" * 200):
        with pytest.raises(CannotSign, match="cannot be reached"):
            agent_keys(tmp_path / name)


@needs_keygen
def test_a_real_agent_signs_until_it_refuses(signing_site: SigningSite) -> None:
    key = signing_site.reviewer
    with running_agent(key) as (path, add):
        (listed,) = agent_keys(path)
        assert listed == (key.public_key, "jdoe key")
        mine = SigningKey(listed.public_key, listed.comment, "jdoe", agent=path)
        assert sign(b"text", mine, NAMESPACE)
        # The agent must ask its owner now, which it cannot.
        add("-c", key)
        with pytest.raises(CannotSign, match="The agent refused to sign"):
            sign(b"text", mine, NAMESPACE)
        add("-d", key)
        with pytest.raises(CannotSign, match="no longer has the key"):
            sign(b"text", mine, NAMESPACE)
    with pytest.raises(CannotSign, match=r"did not sign|no longer has"):
        sign(b"text", mine, NAMESPACE)


@needs_keygen
def test_an_agent_that_hangs_while_it_signs_is_given_up(
    tmp_path: Path, signing_site: SigningSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssh_keygen, "SIGN_SECONDS", 0.5)
    key = signing_site.reviewer.public_key

    def serve(connection: socket.socket) -> None:
        connection.recv(100)
        connection.sendall(listing((key.blob, b"key")))
        silent(connection)

    with agent(tmp_path, serve) as path:
        mine = SigningKey(key, "key", "jdoe", agent=path)
        with pytest.raises(CannotSign, match="took longer than 0"):
            sign(b"text", mine, NAMESPACE)


@needs_keygen
def test_the_key_of_an_agent_is_never_read_from_a_file(
    tmp_path: Path, signing_site: SigningSite
) -> None:
    """Even if its private key lies where ssh-keygen looks for it."""
    stranger = signing_site.stranger
    with running_agent(stranger) as (path, _):
        mine = SigningKey(signing_site.reviewer.public_key, "key", "jdoe", agent=path)
        with pytest.raises(CannotSign, match="no longer has the key"):
            sign(b"text", mine, NAMESPACE)


@pytest.mark.parametrize("length", [0, MAX_REPLY + 1, 2**32 - 1])
def test_a_reply_of_impossible_length_is_not_read(length: int) -> None:
    with pytest.raises(BadInput, match="no valid length"):
        reply_length(struct.pack(">I", length))
