"""An ssh server on the loopback, with keys that are thrown away with its directory."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.terminal.driver import POLL, TIMEOUT

RUNTIME = Path("/run/sshd")
"""Where a server that runs as root locks its helpers in; Debian makes it when booting."""

CONFIGURATION = """\
ListenAddress 127.0.0.1:{port}
HostKey {place}/host_key
AuthorizedKeysFile {place}/user_key.pub
PidFile {place}/sshd.pid
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PrintMotd no
PrintLastLog no
Subsystem sftp internal-sftp
"""


def server() -> str | None:
    """The path of sshd, which demands to be started by its full name."""
    return shutil.which("sshd", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")


def available() -> bool:
    tools = all(shutil.which(name) for name in ("ssh", "ssh-keygen"))
    return tools and server() is not None and runtime_is_there()


def runtime_is_there() -> bool:
    """Whether a server can lock its helpers in, if it runs as root and needs to."""
    if os.geteuid() == 0:
        try:
            RUNTIME.mkdir(mode=0o755, exist_ok=True)
        except OSError:
            return False
    return True


@dataclass(frozen=True)
class Sshd:
    """A server that lets the current user in."""

    place: Path
    """The directory of its keys, its configuration and its log."""

    port: int

    def argv(self, *command: str, options: Sequence[str] = ("-tt",)) -> list[str]:
        """The ssh command that runs a remote command, on a terminal of its own unless told else."""
        return ["ssh", *options, *self._options, "-p", str(self.port), self.host, *command]

    def copying(self, program: Literal["scp", "sftp"], *words: str) -> list[str]:
        """The command that copies files; its `words` come last."""
        return [program, *self._options, "-P", str(self.port), *words]

    @property
    def host(self) -> str:
        """The account and the address."""
        return f"{getpass.getuser()}@127.0.0.1"

    @property
    def _options(self) -> list[str]:
        options = {
            "BatchMode": "yes",
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": "/dev/null",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "LogLevel": "ERROR",
            "EscapeChar": "none",
        }
        given = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        return ["-F", "/dev/null", *given, "-i", str(self.place / "user_key")]

    @property
    def log(self) -> str:
        return (self.place / "sshd.log").read_text(encoding="utf-8")


@contextmanager
def serving(place: Path, more: str = "", before: Sequence[str] = ()) -> Iterator[Sshd]:
    """Run a server from an empty directory; its connections end with their clients.

    `more` is what else its configuration says, `before` the command that starts it.
    """
    for name in ("host_key", "user_key"):
        make_key(place / name)
    sshd = Sshd(place, free_port())
    configuration = place / "sshd_config"
    settings = CONFIGURATION.format(port=sshd.port, place=place)
    configuration.write_text(settings + more, encoding="utf-8")
    command = [
        *before,
        str(server()),
        "-D",
        "-f",
        str(configuration),
        "-E",
        str(place / "sshd.log"),
    ]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:
        try:
            wait_listening(sshd, process)
            yield sshd
        finally:
            process.terminate()


def make_key(path: Path) -> None:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def wait_listening(sshd: Sshd, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + TIMEOUT
    while "Server listening" not in (log := sshd.log if (sshd.place / "sshd.log").exists() else ""):
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"sshd does not listen\n{log}")
        time.sleep(POLL)
