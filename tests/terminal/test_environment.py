"""Whatever the environment says, nothing is written, imported, asked for or left behind by it."""

import base64
import os
import re
import resource
import shlex
import signal
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from textual import constants

from imr_tui.cli.runtime.hardening import OURS
from tests.bench.samples import APP, SUMMARY, case_at, on_disk
from tests.soak import processes
from tests.terminal.driver import Terminal
from tests.terminal.tmux import Tmux
from tests.terminal.traced import OPENINGS, can_trace, traced, written

TYPED = "Nothing of this may be lost."
IMPORTED = "imported"
HOSTILE = {
    "TEXTUAL": "debug,devtools,headless",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_LOG": "textual.log",
    "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_SCREENSHOT_LOCATION": ".",
    "TEXTUAL_SCREENSHOT_FILENAME": "screen.svg",
    "TEXTUAL_DRIVER": "hostile:Driver",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "TEXTUAL_PRESS": "x,y,z",
    "TEXTUAL_SHOW_RETURN": "1",
    "TEXTUAL_DEVTOOLS_HOST": "127.0.0.1",
    "TEXTUAL_DEVTOOLS_PORT": "8081",
    "TEXTUAL_FILTERS": "hostile",
    "TEXTUAL_THEME": "hostile",
    "PYDANTIC_DISABLE_PLUGINS": "",
    "PYTHONINSPECT": "1",
    "PYTHONBREAKPOINT": "hostile.breakpoint",
    "BROWSER": "touch browser %s",
    "PAGER": "touch pager",
    "LESSOPEN": "|touch less %s",
}
"""What each variable would do, were it asked."""


def every_variable() -> Mapping[str, str]:
    """Those that Textual names, too, with a value that turns most things on."""
    source = Path(constants.__file__).read_text(encoding="utf-8")
    names = re.findall(r'"(TEXTUAL_\w+)"', source)
    assert len(names) > 15
    return {**dict.fromkeys(names, "1"), **HOSTILE}


def work(place: Path, env: Mapping[str, str]) -> tuple[set[Path], set[str]]:
    """Type, press Ctrl+Z, quit: which files there are now, and which were opened to be written."""
    path = case_at(place, "summary")
    (place / "hostile.py").write_text(f"open({IMPORTED!r}, 'w')\nDriver = None\n")
    package = place / "hostile-1.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile\nVersion: 1\n")
    (package / "entry_points.txt").write_text("[pydantic]\nhostile = hostile:plugin\n")
    before = files(place)
    log = place / "trace"
    argv = traced(log, OPENINGS, APP) if can_trace() else APP
    outside = {"PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    with Terminal([*argv, str(path)], place, env={**outside, **env}) as terminal:
        terminal.enter_text()
        terminal.type(TYPED)
        terminal.wait_until(lambda: on_disk(path).summary.text == TYPED, what="the text")
        (app,) = processes.children(terminal.pid) if can_trace() else (terminal.pid,)
        for _ in range(100):
            terminal.type(b"\x1a\x1c")
            assert processes.state(app) not in ("T", "t")
        terminal.key(*["ctrl+y"] * 100)
        terminal.wait_until(lambda: on_disk(path).summary.text == TYPED, what="the text again")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
        assert ">>>" not in terminal.text
    return files(place) - before, written(log) if can_trace() else set()


def steady(path: str, place: Path | None = None) -> str:
    """A path below `place` without what is another name in every run."""
    path = re.sub(r"(/journal/[^.]+)\..*", r"\1", path.replace(str(place), ""))
    # Named after the path of the folder of cases.
    return re.sub(r"(/heads/\.?)[0-9a-f]{32}", r"\1", path)


def files(place: Path) -> set[Path]:
    return {path.relative_to(place) for path in place.rglob("*")}


@pytest.mark.slow
def test_no_variable_makes_it_write_import_or_stop(tmp_path: Path) -> None:
    seen = []
    for name, env in (("plain", {}), ("hostile", every_variable())):
        (place := tmp_path / name).mkdir()
        made, opened = work(place, env)
        seen.append(
            ({steady(str(path)) for path in made}, {steady(path, place) for path in opened})
        )
    plain, hostile = seen
    assert IMPORTED not in plain[0]
    assert hostile[0] == plain[0]
    assert hostile[1] == plain[1]
    if can_trace():
        assert any(".toml.tmp" in path for path in plain[1]), plain[1]


PROGRAM = """
import os, resource, sys
sys.argv = ["imr-tui", "--version"]
from imr_tui.cli import main
from imr_tui.cli.runtime import hardening
try: main()
except SystemExit: pass
print(sorted(os.environ), resource.getrlimit(resource.RLIMIT_CORE), oct(os.umask(0)))
hardening.restrict()
print(sorted(os.environ), resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_what_is_left_of_an_environment() -> None:
    wanted = {"TERM": "xterm", "LC_ALL": "C.UTF-8", "TMUX": "/tmp/x"}
    other = {"EDITOR": "vi", "PATH": "/usr/bin", "LANG": "C\x1b[2J", "USER": "a\u202eb"}
    env = {**HOSTILE, "LD_PRELOAD": "", **wanted, **other}
    env.pop("PYTHONINSPECT")
    program = [sys.executable, "-c", PROGRAM]
    allow_core = (resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE))
    done = subprocess.run(
        program,
        env=env,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(*allow_core),
    )
    _, first, second = done.stdout.splitlines()
    assert first == f"{sorted({**wanted, **other, **OURS})} (0, 0) 0o77"
    assert second == f"{sorted({**wanted, **OURS})} (0, 0)"


@pytest.mark.slow
@pytest.mark.parametrize("allowed", [False, True], ids=["internal", "osc52"])
def test_the_clipboard_of_the_terminal_is_used_only_where_the_site_allows_it(
    tmp_path: Path, allowed: bool
) -> None:
    path = case_at(tmp_path, "summary")
    argv = [sys.executable, "-c", with_host(clipboard="osc52" if allowed else "internal")]
    with Terminal([*argv, str(path)], tmp_path) as terminal:
        terminal.enter_text()
        terminal.type(TYPED)
        terminal.wait_for(TYPED)
        terminal.key("shift+home", "ctrl+c")
        if allowed:
            terminal.wait_for("Sent to the clipboard")
            assert "copied" not in terminal.text.casefold()
        terminal.key("end", "ctrl+v")
        twice = TYPED * 2
        terminal.wait_until(lambda: on_disk(path).summary.text == twice, what="what was pasted")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    sent = b"\x1b]52;c;" + base64.b64encode(TYPED.encode())
    assert (sent in terminal.raw) is allowed
    assert (b"\x1b]52" in terminal.raw) is allowed


def with_host(**said: object) -> str:
    """A program that is imr-tui on a machine whose owner has `said` this."""
    return (
        "from imr_tui.cli import main\n"
        "from imr_tui.store.config import machine_policy\n"
        f"machine_policy.load_host = lambda: machine_policy.Host(**{said!r})\n"
        "main()"
    )


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param("\x11", id="quit"),
        pytest.param("\x1c\x04\x1a\x19\x03", id="others", marks=pytest.mark.slow),
    ],
)
def test_keys_just_behind_a_text_lose_nothing(tmp_path: Path, keys: str) -> None:
    path = case_at(tmp_path, "summary")
    with Terminal([*APP, str(path)], tmp_path) as terminal:
        terminal.enter_text()
        terminal.type(TYPED + keys)
        if "\x11" not in keys:
            terminal.wait_for("^q quits")
            terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    assert on_disk(path).summary.text == TYPED


@pytest.mark.slow
def test_all_that_a_session_leaves_is_private_whatever_the_umask(tmp_path: Path) -> None:
    path = case_at(tmp_path, "summary")
    script = 'umask 000; exec "$@"'
    with Terminal(["sh", "-c", script, "sh", *APP, str(path)], tmp_path) as terminal:
        terminal.enter_text()
        terminal.type(TYPED)
        terminal.wait_until(lambda: on_disk(path).summary.text == TYPED, what="the text")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    left = [path.parent, *path.parent.rglob("*")]
    open_to_others = [each for each in left if stat.S_IMODE(each.lstat().st_mode) & 0o077]
    # What the test itself put there is as the test's own umask made it.
    assert [each for each in open_to_others if each != path] == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("how", ["quit", pytest.param("SIGKILL", marks=pytest.mark.slow)])
def test_no_word_of_a_case_is_on_the_screen_of_before_or_seen_by_others(
    tmp_path: Path, how: str
) -> None:
    path = case_at(tmp_path, "rationale")
    with Terminal([*APP, str(path.parent)], tmp_path) as terminal:
        terminal.wait_for("CM26")
        terminal.settle()
        terminal.key("enter")
        terminal.enter_text()
        terminal.type(TYPED)
        terminal.wait_for(TYPED)
        for name in ("cmdline", "comm"):
            said = Path(f"/proc/{terminal.pid}/{name}").read_bytes()
            assert b"Rowan" not in said
            assert b"CM26" not in said
        if how == "quit":
            terminal.key("ctrl+q")
        else:
            terminal.kill(signal.Signals[how])
        terminal.wait_exit()
        terminal.wait_until(lambda: b"\x1b[?1049l" in terminal.raw, what="the main screen")
    outside = re.sub(rb"\x1b\[\?1049h.*?\x1b\[\?1049l", b"", bytes(terminal.raw), flags=re.DOTALL)
    for word in (TYPED, SUMMARY, "CM26", "Rowan"):
        assert word.encode() not in outside
    # No title of the window, which other programs and the reader's own machine see.
    assert not re.search(rb"\x1b\](?:[012];|l)", terminal.raw)
    assert os.path.lexists(path)


@pytest.mark.usefixtures("tmux_installed")
@pytest.mark.parametrize(
    "how", [pytest.param(signal.SIGTERM, marks=pytest.mark.slow), signal.SIGKILL]
)
def test_nothing_of_a_case_is_left_in_a_multiplexer(tmp_path: Path, how: signal.Signals) -> None:
    path = case_at(tmp_path, "rationale")
    script = f"echo before; {shlex.join([*APP, str(path)])}; cat"
    with Tmux(["sh", "-c", script], tmp_path) as window:
        window.enter_text()
        window.type(TYPED)
        window.wait_for(TYPED)
        assert "CM26" not in window.titles
        (app,) = processes.children(window.pid)
        processes.send(app, how)
        # After a kill the guard restores the screen, which may be after the shell has gone on.
        window.wait_for("before")
        left = window.scrollback()
    for word in (TYPED, "CM26", "Rowan", "Decision"):
        assert word not in left


def test_a_process_that_holds_a_case_is_dumped_by_nobody() -> None:
    program = (
        "import ctypes; from imr_tui.store.safety.linux import forbid_dumps; "
        "before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0); forbid_dumps(); "
        "print(before, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "1 0\n"
