"""Where the programs of PostgreSQL are, and how one runs as the user who may run a server."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

INSTALLED = Path("/usr/lib/postgresql")
"""Where Debian puts the programs, in a folder for each version."""
NEEDED = ("initdb", "pg_basebackup", "postgres", "psql")
TOOLS = ("find", "ipcrm", "openssl", "xargs")
ENVIRONMENT = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
"""All that a program gets, so that no PG... variable of whoever runs the tests matters."""
SECONDS = 60
"""How long one program may take."""


class ProgramFailed(Exception):
    """A program ended with a failure; the text is what it wrote to its standard error."""


@cache
def folder() -> Path | None:
    """The folder with the programs of the newest PostgreSQL; None where there is none."""
    on_path = [Path(found).resolve().parent] if (found := shutil.which("postgres")) else []
    versions = [path for path in INSTALLED.glob("*/bin") if path.parent.name.isdigit()]
    newest = sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
    return next((path for path in [*on_path, *newest] if _has_all(path)), None)


def _has_all(path: Path) -> bool:
    return all(os.access(path / name, os.X_OK) for name in NEEDED)


def program(name: str) -> str:
    """The path of a program of PostgreSQL."""
    found = folder()
    assert found is not None, "PostgreSQL is not installed"
    return str(found / name)


def why_missing() -> str:
    """Why no server can run here; blank if one can."""
    if folder() is None:
        return "PostgreSQL is not installed"
    tools = (*TOOLS, "setpriv") if os.geteuid() == 0 else TOOLS
    missing = [name for name in tools if not shutil.which(name)]
    return f"{', '.join(missing)} is not installed" if missing else ""


@cache
def server_user() -> pwd.struct_passwd:
    """The user who runs servers: who runs the tests, or, if that is root, an unprivileged user."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def as_server(command: Sequence[str], netns: str = "") -> list[str]:
    """The command as the user who runs servers, in a network namespace if one is named.

    Each part replaces itself by the next: the process keeps its id.
    """
    enter = ["nsenter", f"--net=/run/netns/{netns}"] if netns else []
    if os.geteuid() != 0:
        return [*enter, *command]
    user = server_user()
    drop = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return [*enter, *drop, *command]


def run(
    command: Sequence[str],
    *,
    stdin: str = "",
    cwd: Path | None = None,
    seconds: float = SECONDS,
) -> str:
    """What a program writes to its standard output.

    Raises ProgramFailed, and subprocess.TimeoutExpired after so many seconds.
    """
    done = subprocess.run(
        command,
        input=stdin.encode(),
        capture_output=True,
        cwd=cwd,
        env=ENVIRONMENT,
        timeout=seconds,
    )
    if done.returncode:
        raise ProgramFailed(done.stderr.decode(errors="replace"))
    return done.stdout.decode()
