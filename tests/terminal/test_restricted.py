"""Restricted mode: one folder, whatever is asked for beside it."""

import os
import pwd
import shutil
import socket
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest

from imr_tui.cli.dispatch import restricted_arguments
from imr_tui.cli.runtime import hardening, open_app
from imr_tui.errors import BadInput, CannotStore
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import HostFile, machine_policy as host_module
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.safety import login_shell
from imr_tui.text.layout import one_line
from tests.bench.samples import FRESH, make_folder
from tests.commands import Run, assert_refused
from tests.spelling.fakes import REAL
from tests.terminal.driver import Terminal
from tests.terminal.forced import MANUAL
from tests.terminal.test_environment import with_host
from tests.terminal.traced import PROCESSES, can_trace, executed, network, traced

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root installs a login shell")
COMMANDS = ("open", "list", "check")
HUNSPELL = tuple(map(str, REAL))
"""The one program that a session may start besides Python."""


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Folder, str, Host]]:
    """What was opened, instead of opening it; there is a terminal, and the environment stays."""
    seen: list[tuple[Folder, str, Host]] = []

    def show(*what: object, is_plain: bool) -> int:
        seen.append(what)  # type: ignore[arg-type]
        return 0

    monkeypatch.setattr(open_app, "_show", show)
    monkeypatch.setattr(open_app, "is_terminal", lambda: True)
    monkeypatch.setattr(hardening, "restrict", lambda: None)
    return seen


Opened = list[tuple[Folder, str, Host]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home directory that passwd names; the variable names another one."""
    entry = SimpleNamespace(pw_dir=str(tmp_path), pw_name="reviewer")
    monkeypatch.setattr(pwd, "getpwuid", lambda uid: entry)
    monkeypatch.setenv("HOME", "/nowhere")
    return tmp_path


def test_the_folder_of_an_account_is_made_at_its_first_login(home: Path, opened: Opened) -> None:
    assert open_app.log_in([], COMMANDS) == 0
    ((folder, number, host),) = opened
    assert (folder.path, number, host.restricted) == (home / "cases", "", True)
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert open_app.log_in([""], COMMANDS) == 0
    assert opened[1] == opened[0]


def test_an_account_without_a_home_has_to_be_given_a_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, opened: Opened
) -> None:
    def unknown(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    with pytest.raises(CannotStore, match="not in passwd"):
        open_app.log_in([], COMMANDS)
    assert open_app.log_in([str(tmp_path)], COMMANDS) == 0
    assert [folder.path for folder, _, _ in opened] == [tmp_path]


@pytest.mark.parametrize(
    "words",
    [["list"], ["-c", "id"], ["a", "b"], ["intake", "-"], ["--version"], ["--help", "a"]],
)
def test_nothing_is_offered_besides_a_folder(
    words: Sequence[str], opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    assert open_app.log_in(words, COMMANDS) == 2
    assert opened == []
    out, err = capsys.readouterr()
    assert out == ""
    assert "accepts only a folder of cases" in err


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_restricted_mode_says_what_is_available(
    opened: Opened, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    assert open_app.log_in(["TERM=xterm", option], COMMANDS) == 0
    assert opened == []
    assert "restricted imr-tui to the app" in capsys.readouterr().out


def test_a_login_shell_says_what_the_terminal_is(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", {})
    said = ["TERM=xterm-256color", "LANG=../../x", "LC_ALL=", "SSH_CONNECTION=::1 5 ::1 22"]
    said += ["SSH_AUTH_SOCK=/tmp/ssh-Xy12/agent.7"]
    assert open_app.log_in([*said, str(tmp_path), "LD_PRELOAD=x"], COMMANDS) == 2
    assert open_app.log_in([*said, str(tmp_path)], COMMANDS) == 0
    assert os.environ == {
        "TERM": "xterm-256color",
        "SSH_CONNECTION": "::1 5 ::1 22",
        "SSH_AUTH_SOCK": "/tmp/ssh-Xy12/agent.7",
    }
    assert [folder.path for folder, _, _ in opened] == [tmp_path]


@pytest.mark.parametrize("path", ["agent.7", "/tmp/a b", "/tmp/a\x1b", "$(id)", ""])
def test_what_is_no_path_of_an_agent_is_ignored(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(os, "environ", {})
    assert open_app.log_in([f"SSH_AUTH_SOCK={path}", str(tmp_path)], COMMANDS) == 0
    assert os.environ == {}


def test_a_forwarded_agent_stays_in_restricted_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    others = {"SSH_ASKPASS": "/tmp/x", "SSH_SK_PROVIDER": "/tmp/x", "DISPLAY": ":0"}
    with listening() as path:
        monkeypatch.setattr(os, "environ", {"SSH_AUTH_SOCK": str(path), **others})
        hardening.restrict()
        assert os.environ == {"SSH_AUTH_SOCK": str(path)}


@contextmanager
def listening() -> Iterator[Path]:
    """A socket with a path that is short enough for one."""
    with TemporaryDirectory(prefix="imr-") as place, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{place}/s")
        yield Path(place, "s")


@pytest.mark.parametrize("what", ["file", "missing", "relative", "of another account", "NUL"])
def test_another_agent_does_not_stay(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    with listening() as path:
        (path.with_name("file")).touch()
        monkeypatch.chdir(path.parent)
        if what == "of another account":
            monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
            monkeypatch.setattr(hardening, "_ROOT", path.stat().st_uid + 2)
        named = {"file": str(path.with_name("file")), "relative": "s", "NUL": "/\0"}
        name = str(path) if what == "of another account" else named.get(what, f"{path}-missing")
        monkeypatch.setattr(os, "environ", {"SSH_AUTH_SOCK": name})
        hardening.restrict()
        assert os.environ == {}


def test_a_case_is_no_folder(tmp_path: Path, opened: Opened) -> None:
    path = make_folder(tmp_path, FRESH) / FRESH.name
    assert open_app.log_in([str(path)], COMMANDS) == 0
    ((folder, number, _),) = opened
    assert (folder.path, number) == (path, "")
    with pytest.raises(CannotStore):
        next(folder.entries(), None)


@pytest.mark.parametrize(
    ("program", "arguments", "words"),
    [
        ("imr-tui", ["cases"], None),
        ("imr-tui", ["--restricted"], []),
        ("imr-tui", ["--restricted", "a"], ["a"]),
        ("imr-tui", ["list", "--restricted"], ["list"]),
        ("-imr-tui-login", ["-c", "id"], []),
    ],
)
def test_who_is_restricted(
    monkeypatch: pytest.MonkeyPatch,
    program: str,
    arguments: Sequence[str],
    words: Sequence[str] | None,
) -> None:
    monkeypatch.setattr(sys, "orig_argv", [program])
    assert restricted_arguments(arguments) == words


@pytest.fixture
def shell(tmp_path: Path) -> Path:
    """The login shell, as root installs it."""
    path = tmp_path / "bin" / "imr-tui-login"
    path.parent.mkdir()
    login_shell.install(path, Path(sys.executable))
    return path


@as_root
def test_the_login_shell_is_roots_and_isolated(shell: Path) -> None:
    assert stat.S_IMODE(shell.stat().st_mode) == 0o755
    script = shell.read_text()
    assert script.startswith("#!/bin/sh -p\n")
    assert f'exec /usr/bin/env -i "{sys.executable}" -I ' in script


@as_root
def test_a_login_shell_is_made_for_no_interpreter_that_others_write(tmp_path: Path) -> None:
    shared = tmp_path / "copy"
    shared.write_bytes(b"")
    shared.chmod(0o777)
    for each, says in (
        (shared, "users other than root can write"),
        (tmp_path / 'a"b', "shell script would interpret"),
    ):
        with pytest.raises(BadInput, match=says):
            login_shell.install(tmp_path / "shell", each)
    open_to_all = tmp_path / "all"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    with pytest.raises(BadInput, match="choose another place"):
        login_shell.install(open_to_all / "below" / "shell", Path(sys.executable))
    assert not (tmp_path / "shell").exists()


@as_root
def test_a_login_shell_starts_with_an_empty_environment(tmp_path: Path) -> None:
    """The launcher runs a program in the interpreter's place that shows what it was given."""
    shows = tmp_path / "shows"
    shows.write_text('#!/bin/sh\ntr "\\0" "\\n" < /proc/$$/environ; echo --; printf "%s\\n" "$@"\n')
    shows.chmod(0o755)
    login_shell.install(tmp_path / "shell", shows)
    env = {"TERM": "x y", "LC_ALL": "C", "SECRET": "a", "PATH": os.environ["PATH"]}
    ran = subprocess.run([tmp_path / "shell", "-c", "id"], env=env, capture_output=True, text=True)
    given, _, words = ran.stdout.partition("--\n")
    assert given == ""
    assert {"--restricted", "TERM=x y", "LC_ALL=C"} <= set(words.split("\n"))
    assert "id" not in words.split("\n")


@as_root
@pytest.mark.parametrize("arguments", [["--help"], ["-c", "--help"]])
def test_a_login_shell_says_what_is_available(shell: Path, arguments: Sequence[str]) -> None:
    done = subprocess.run([shell, *arguments], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "restricted imr-tui to the app" in done.stdout


@as_root
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")
def test_a_login_shell_reads_nothing_that_the_environment_names(
    shell: Path, tmp_path: Path
) -> None:
    """Neither Python nor the C library opens or runs anything below the hostile folder."""
    hostile = tmp_path / "hostile"
    hostile.mkdir()
    for name in ("sitecustomize.py", "usercustomize.py", "re.py", "imr_tui.py", "startup.py"):
        (hostile / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    where = str(hostile)
    env = {
        **{name: where for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "HOME")},
        **{name: where for name in ("LOCPATH", "GCONV_PATH", "TERMINFO", "TZDIR", "LC_ALL")},
        **{name: where for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR", "NLSPATH")},
        "PYTHONSTARTUP": f"{where}/startup.py",
        "TZ": f":{where}/zone",
        "SSL_CERT_FILE": f"{where}/certificates",
        "TERM": "xterm",
    }
    log = tmp_path / "trace"
    calls = "trace=open,openat,execve,stat,newfstatat,access,readlink,statx,chdir"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-s", "4096", "-e", calls, "-o", str(log), str(shell)],
        cwd=hostile,
        env={**env, "PATH": os.environ["PATH"]},
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    assert done.returncode == 2
    assert b"this account can only run the app" in done.stderr
    assert not (tmp_path / "ran").exists()
    touched = [line for line in log.read_text().split("\n") if where in line]
    # The command that strace itself was given has the variables, and the app must not.
    assert [line for line in touched if "execve" not in line] == []
    runs = [line for line in log.read_text().split("\n") if "execve(" in line]
    assert len(runs) == 3


@as_root
@pytest.mark.parametrize("arguments", [[], ["-c", "touch ran"], ["-c", "/usr/lib/sftp-server"]])
def test_a_login_shell_runs_no_command(
    shell: Path, tmp_path: Path, arguments: Sequence[str]
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    env = {**os.environ, "SSH_ORIGINAL_COMMAND": "touch ran", "PYTHONINSPECT": "1"}
    done = subprocess.run(
        [shell, *arguments], cwd=place, env=env, input=b"id\n", capture_output=True
    )
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"imr-tui: this account can only run the app")
    assert done.stderr.count(b"\n") == 1
    assert list(place.iterdir()) == []


# ── What the owner of the machine says ───────────────────────────────────────────────────


@pytest.fixture
def restricted_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_module, "load_host", lambda: Host(restricted=True))


@pytest.mark.usefixtures("restricted_host")
@pytest.mark.parametrize("command", ["list", "letter", "doctor", "import"])
def test_a_restricted_machine_offers_no_command(run: Run, command: str) -> None:
    assert_refused(run(command), 2, "The administrator has restricted imr-tui to the app")


@pytest.mark.usefixtures("restricted_host")
def test_a_restricted_machine_says_what_is_there(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert "restricted imr-tui to the app" in one_line(ran.out)
    assert "letter" not in ran.out.split()
    assert run("--version").code == 0


@pytest.mark.usefixtures("restricted_host")
def test_a_restricted_machine_restricts_whoever_starts_the_app(
    run: Run, home: Path, opened: Opened, tmp_path: Path
) -> None:
    case = make_folder(tmp_path / "other", FRESH) / FRESH.name
    assert run().code == 0
    assert run(case).code == 0
    assert [(folder.path, number) for folder, number, _ in opened] == [
        (home / "cases", ""),
        (case, ""),
    ]
    assert all(host.restricted for _, _, host in opened)


def test_a_template_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = Folder(make_folder(tmp_path, FRESH))
    folder.own("own").mkdir()
    folder.own("settings.toml").write_text('templates = "own"\n')
    with pytest.raises(BadInput, match="Restricted mode does not allow"):
        open_app._show(folder, "", Host(restricted=True))


@pytest.mark.slow
def test_the_app_is_restricted_on_a_terminal_and_runs_nothing(tmp_path: Path) -> None:
    folder, log = make_folder(tmp_path, FRESH), tmp_path / "trace"
    argv = [sys.executable, "-c", with_host(restricted=True), str(folder)]
    with Terminal(
        traced(log, PROCESSES, argv) if can_trace() else argv,
        tmp_path,
        env={"EDITOR": "touch ran", "VISUAL": "touch ran", "SHELL": "/bin/sh"},
    ) as terminal:
        terminal.wait_for(FRESH.stem)
        terminal.settle()
        assert "Import" not in terminal.text
        terminal.key("i", "enter")
        terminal.wait_for("attest")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    assert not (tmp_path / "ran").exists()
    if can_trace():
        assert executed(log) - set(HUNSPELL) == {sys.executable}
        assert network(log) == []


def test_a_stranger_would_be_seen(tmp_path: Path) -> None:
    if not can_trace():
        pytest.skip("strace is not here or may not trace")
    log = tmp_path / "trace"
    program = "import os, socket; socket.socket(); os.execv('/bin/true', ['true'])"
    subprocess.run(traced(log, PROCESSES, [sys.executable, "-c", program]), check=True)
    assert executed(log) == {sys.executable, "/bin/true"}
    assert len(network(log)) == 1


def test_without_restriction_a_path_opens_what_it_names(run: Run, opened: Opened) -> None:
    assert run("elsewhere/").code == 0
    ((folder, _, host),) = opened
    assert folder.path == Path("elsewhere")
    assert not host.restricted


def test_the_machine_file_in_the_manual_has_every_key_and_can_be_read() -> None:
    page = (MANUAL / "settings.md").read_text(encoding="utf-8")
    start = page.index("restricted = false")
    example = page[start : page.index("```", start)]
    assert tomllib.loads(example).keys() == {each.name for each in fields(Host)}
    assert HostFile.decode(example.encode(), Path("imr-tui.toml")).idle_minutes == 10
