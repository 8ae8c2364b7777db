"""A program under strace: what it executed, which sockets it opened, what it opened to write."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

PROCESSES = "execve,execveat,socket"
OPENINGS = "open,openat,creat,rename,renameat,renameat2"

_EXECUTED = re.compile(r'exec(?:ve|veat)\((?:AT_FDCWD, )?"([^"]*)"')
_NETWORK = re.compile(r"socket\(AF_INET6?\b.*")
_WRITTEN = re.compile(
    r'(?:open|openat|creat)\((?:(?:AT_FDCWD|\d+)(?:<([^>]*)>)?, )?"([^"]*)"'
    r"(?:, \S*O_(?:WRONLY|RDWR)|, 0)"
)
_TERMINALS = ("/dev/", "/proc/")
_CHANCE = re.compile(r"\.\d+\.[0-9a-f]{8}\.tmp$")


@cache
def can_trace() -> bool:
    """Whether strace is here and may trace."""
    if shutil.which("strace") is None:
        return False
    command = ["strace", "-f", "--seccomp-bpf", "-e", "trace=execve", "-o", os.devnull, "true"]
    return subprocess.run(command, capture_output=True).returncode == 0


def traced(log: Path, calls: str, argv: Sequence[str]) -> list[str]:
    """`argv` with its system calls, and those of all that it starts, written to `log`."""
    options = [
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-y",
        "-s",
        "256",
        "-A",
        "-o",
        str(log),
        "-e",
        f"trace={calls}",
    ]
    return ["strace", *options, *argv]


def executed(log: Path) -> set[str]:
    """Every program that was executed, or would have been."""
    return set(_EXECUTED.findall(_text(log)))


def network(log: Path) -> list[str]:
    """Every socket that leads to another machine."""
    return _NETWORK.findall(_text(log))


def written(log: Path) -> set[str]:
    """Every file that was opened to be written, the changing part of its name taken out."""
    found = [str(Path(folder) / path) for folder, path in _WRITTEN.findall(_text(log))]
    return {_CHANCE.sub(".tmp", path) for path in found if not path.startswith(_TERMINALS)}


def _text(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="backslashreplace")
