"""The processes of one PostgreSQL server: started, stopped, killed and suspended."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from tests.postgres.programs import SECONDS, as_server, program, run, server_user

STOPS = {"smart": signal.SIGTERM, "fast": signal.SIGINT, "immediate": signal.SIGQUIT}
READY = ("ready", "standby")
"""How the last line of postmaster.pid begins once the server answers."""
PAUSE = 0.005


class ServerFailed(Exception):
    """A server did not start, or did not come to the state that was waited for."""


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = SECONDS) -> None:
    """Ask again and again until it is so; raises ServerFailed after so many seconds."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise ServerFailed(f"not within {seconds} s: {what}")
        time.sleep(PAUSE)


class Server:
    """The server of one data directory; every process of it has that directory as its own."""

    def __init__(self, data: Path, log: Path, netns: str = "") -> None:
        """The server of the directory `data`, which writes to `log`; it does not run yet."""
        self.data = data
        """The data directory."""
        self.log = log
        """What the server tells, of all its starts."""
        self.netns = netns
        """The network namespace it runs in; blank for this one."""
        self._postmaster: subprocess.Popen[bytes] | None = None

    def make_data(self) -> None:
        """Make the data directory, which only the server's user can write to."""
        self.data.mkdir(mode=0o700)
        os.chown(self.data, server_user().pw_uid, server_user().pw_gid)

    def initialize(self) -> None:
        """Make and fill the data directory; its first role is `postgres`."""
        self.make_data()
        options = ("--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--username=postgres")
        command = [program("initdb"), "-D", str(self.data), "--no-sync", *options]
        run(as_server(command), cwd=self.data)

    def write(self, name: str, text: str) -> None:
        """Write a file of the data directory."""
        path = self.data / name
        path.write_text(text)
        os.chown(path, server_user().pw_uid, server_user().pw_gid)

    def write_settings(self, settings: Mapping[str, str]) -> None:
        """Replace all settings that are not initdb's, and those of `alter system` too."""
        quoted = {name: value.replace("'", "''") for name, value in settings.items()}
        lines = (f"{name} = '{value}'\n" for name, value in quoted.items())
        self.write("postgresql.auto.conf", "".join(lines))

    @property
    def is_running(self) -> bool:
        """Whether there is a postmaster; it may be suspended."""
        return self._postmaster is not None and self._postmaster.poll() is None

    def start(self) -> None:
        """Start, and wait until the server answers; raises ServerFailed with the end of its log."""
        assert not self.is_running
        command = as_server([program("postgres"), "-D", str(self.data)], self.netns)
        with self.log.open("ab") as log:
            self._postmaster = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.data,
                env={"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", os.defpath)},
                # What ends the tests by a key is no request to the server.
                start_new_session=True,
            )
        wait_until(lambda: self._has_started(self._postmaster), "the server answers")

    def _has_started(self, postmaster: "subprocess.Popen[bytes] | None") -> bool:
        assert postmaster is not None
        if postmaster.poll() is not None:
            end = self.log.read_text(errors="replace")[-2000:]
            raise ServerFailed(f"the server ended with {postmaster.returncode}:\n{end}")
        lines = self._pid_file()
        # A killed server leaves its file.
        is_its_file = len(lines) >= 8 and lines[0] == str(postmaster.pid)
        return is_its_file and lines[7].startswith(READY)

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().split("\n")
        except FileNotFoundError:
            return []

    def stop(self, mode: str = "fast") -> None:
        """Ask the server to stop (smart, fast or immediate), and wait until it has."""
        self._signal(STOPS[mode])
        self._wait()

    def kill(self) -> None:
        """Kill the postmaster, then its children, as if the machine had lost its power."""
        self._signal(signal.SIGKILL)
        self._wait()
        wait_until(lambda: not self._signalled(signal.SIGKILL), "all processes have ended")

    def suspend(self) -> None:
        """Stop the clock of all its processes; connections stay open, but nobody answers."""
        self._signal(signal.SIGSTOP)
        postmaster = int(self._pid_file()[0])
        # Until then it may make another process, which would be missed.
        wait_until(lambda: _state(postmaster) == "T", "the postmaster is suspended")
        wait_until(self._is_suspended, "all processes are suspended")

    def _is_suspended(self) -> bool:
        return all(_state(pid) == "T" for pid in self._signalled(signal.SIGSTOP))

    def resume(self) -> None:
        """Let all processes run again."""
        self._signalled(signal.SIGCONT)

    def reload(self) -> None:
        """Ask the server to read its settings again; it does so in its own time."""
        self._signal(signal.SIGHUP)

    def _signal(self, number: signal.Signals) -> None:
        """Send a signal to the postmaster, by the id in its own file."""
        assert self.is_running
        os.kill(int(self._pid_file()[0]), number)

    def _wait(self) -> None:
        assert self._postmaster is not None
        self._postmaster.wait(SECONDS)

    def _signalled(self, number: signal.Signals) -> list[int]:
        """The processes there are, all of which were sent the signal."""
        pids = list(self._processes())
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        return pids

    def _processes(self) -> Iterator[int]:
        """The processes of the server, also those that outlived the postmaster."""
        for process in Path("/proc").iterdir():
            if process.name.isdigit() and _works_in(process, self.data):
                yield int(process.name)


def _works_in(process: Path, folder: Path) -> bool:
    try:
        return (process / "cwd").readlink() == folder
    except OSError:
        # It has ended, or is another user's.
        return False


def _state(pid: int) -> str:
    """One letter, see proc(5); `T` if the process has ended, for then nothing of it runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "T"
