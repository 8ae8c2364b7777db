"""A text in the reviewer's own editor, on a terminal: scripted ones that end in every way."""

import re
import shlex
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from imr_tui.model.limits import MAX_PROSE
from imr_tui.store.config.account_folder import account_name
from imr_tui.store.config.profile import digest_of
from imr_tui.store.toml_files import toml
from tests.bench.samples import APP, PROFILE, on_disk
from tests.soak import crashes, processes
from tests.terminal.below_a_shell import Shell, below_a_shell
from tests.terminal.driver import Terminal

TYPED = "Typed in the app."


def script(place: Path, body: str) -> Path:
    """An editor that is a shell script; `$1` is the text, and `$place` what the test looks into."""
    path = place / "editor"
    path.write_text(f"#!/bin/sh\nplace={shlex.quote(str(place))}\n{body}\n")
    path.chmod(0o700)
    return path


@contextmanager
def editing(
    place: Path, body: str, *, app: tuple[str, ...] = APP, pin: str = ""
) -> Iterator[Shell]:
    """The app in a text that holds TYPED, with the editor called."""
    export = f"export EDITOR={shlex.quote(str(script(place, body)))}"
    if pin:
        profile = PROFILE.but(pin=digest_of(pin)).model_dump()
        (place / "profile").write_text(toml.dumps(profile))
        export += f"; cp -f profile cases/.imr/accounts/{account_name()}/profile.toml"
    with below_a_shell(place, app=app, first=export) as shell:
        shell.terminal.type(TYPED)
        shell.wait_saved(TYPED)
        shell.terminal.key("f4")
        yield shell


def left(shell: Shell) -> list[Path]:
    """The folders of texts that are there."""
    place = shell.path.parent / ".imr" / "editing"
    return sorted(place.iterdir()) if place.exists() else []


def is_told(shell: Shell, words: str) -> bool:
    """Whether a notification says so, however it is wrapped."""
    return words in shell.terminal.notices


def quit_and_look(shell: Shell, code: int = 0) -> None:
    shell.terminal.key("ctrl+q")
    assert shell.wait_over() == code
    shell.assert_restored()


def wait_app(shell: Shell) -> None:
    """Wait until the app has its screen again."""
    shell.terminal.wait_for("words")


@pytest.mark.slow
def test_the_text_goes_out_and_comes_back_as_one_step(tmp_path: Path) -> None:
    body = """
    cp "$1" "$place/out"; cp "$(dirname "$1")"/../../../*.toml "$place/then"
    stat -c %a "$1" "$(dirname "$1")" >"$place/modes"
    ls /proc/self/fd >"$place/descriptors"
    # Without another program: while one begins, a shell blocks all signals.
    while read -r name bits; do
        case $name in SigBlk:|SigIgn:) echo "$name $bits"; esac
    done </proc/$$/status >"$place/signals"
    ps -o stat= -p $$ >"$place/state"; stty -a >"$place/line"
    printf 'First.\\nSecond.\\n' >"$1"
    """
    with editing(tmp_path, body) as shell:
        shell.wait_saved("First.\nSecond.")
        wait_app(shell)
        assert shell.said("out") == TYPED
        assert TYPED in shell.said("then"), "not on the disk before the editor starts"
        (tmp_path / "then").unlink()
        assert shell.said("modes").split() == ["600", "700"]
        assert "+" in shell.said("state"), "not in the foreground"
        # 32 and 33 belong to the C library, which keeps them from a new program.
        signals = [int(word, 16) & (1 << 31) - 1 for word in shell.said("signals").split()[1::2]]
        assert signals == [0, 0], "blocked, ignored"
        assert shell.said("descriptors").split() == ["0", "1", "2", "3"], "3 is the folder itself"
        assert " icanon" in shell.said("line")
        assert " ixon" in shell.said("line")
        shell.terminal.wait_until(lambda: not left(shell), what="nothing left")
        shell.terminal.type("More. ")
        shell.terminal.key("ctrl+z")
        shell.wait_saved("First.\nSecond.")
        shell.terminal.key("ctrl+z")
        shell.wait_saved(TYPED)
        shell.terminal.key("ctrl+y")
        shell.wait_saved("First.\nSecond.")
        quit_and_look(shell)


REFUSED = [
    ('echo lost >"$1"; exit 1', "ended with exit code 1", True),
    ("exit 3", "ended with exit code 3", False),
    ('echo lost >"$1"; kill -9 $$', "Signal 9", True),
    (f'head -c {5 * MAX_PROSE} /dev/zero | tr "\\0" x >"$1"', "5,000,000", True),
    ("printf 'a\\377b' >\"$1\"", "not UTF-8", True),
    ('rm "$1"', "no such file", False),
    ('rm "$1"; ln -s /etc/passwd "$1"', "it is a link", True),
]
"""What an editor does, what is said of it, whether there is something to keep."""


@pytest.mark.slow
def test_what_cannot_be_taken_is_kept_and_changes_nothing(tmp_path: Path) -> None:
    with editing(tmp_path, '. "$place/body"') as shell:
        shell.terminal.wait_for("ended with exit code 2")
        kept = 0
        for body, says, keeps in REFUSED:
            (tmp_path / "body").write_text(body)
            wait_app(shell)
            shell.terminal.key("f4")
            shell.terminal.wait_until(partial(is_told, shell, says), what=says)
            kept += keeps
            assert len(left(shell)) == kept, body
            assert shell.holds(TYPED)
        wait_app(shell)
        (tmp_path / "body").write_text("printf 'a\\033[2Jb\\r\\nc\\342\\200\\256d' >\"$1\"")
        shell.terminal.key("f4")
        shell.wait_saved("a<U+001B>[2Jb\nc<U+202E>d")
        wait_app(shell)
        quit_and_look(shell)


@pytest.mark.slow
def test_a_long_run_with_a_resize_a_stop_and_keys_of_its_own(tmp_path: Path) -> None:
    body = """
    printf 'In the editor.'; kill -STOP $$; read -r line
    while [ ! -e "$place/go" ]; do sleep 0.02; done; echo "$line" >"$1"
    """
    with editing(tmp_path, body) as shell:
        terminal = shell.terminal
        terminal.wait_for("In the editor.")
        terminal.wait_gone("words")
        mark = terminal.mark()
        terminal.resize(100, 30)
        terminal.settle()
        assert terminal.bytes_since(mark) == b"", "the app painted over the editor"
        # The second line, and an answer of the terminal, come for nobody.
        terminal.type("said to it\r:q!\r\x1b[?1;2c")
        terminal.settle()
        (tmp_path / "go").touch()
        shell.wait_saved("said to it")
        wait_app(shell)
        terminal.wait_until(lambda: "F1 Help" in terminal.screen[29], what="the whole picture")
        assert "In the editor." not in terminal.text
        terminal.type("!")
        terminal.wait_until(lambda: not shell.holds("said to it"), what="the next key")
        assert sorted(on_disk(shell.path).summary.text) == sorted("said to it!")
        quit_and_look(shell)


@pytest.mark.slow
def test_a_command_is_no_shell_line(tmp_path: Path) -> None:
    editor = script(tmp_path, 'printf "%s|" "$@" >"$place/words"')
    said = f"{editor} `id` $(id) ; id 'a b' $HOME *"
    with below_a_shell(tmp_path, first=f"export VISUAL={shlex.quote(said)}") as shell:
        shell.terminal.key("f4")
        shell.terminal.wait_until((tmp_path / "words").exists, what="the editor")
        shell.terminal.wait_until(lambda: shell.said("words").count("|") > 7, what="the words")
        words = shell.said("words").split("|")
        assert words[:-2] == ["`id`", "$(id)", ";", "id", "a b", "$HOME", "*"]
        wait_app(shell)
        quit_and_look(shell)


WAITING = 'printf "Half a thought" >"$1"; echo $$ >"$place/pid"; printf Ready.; sleep 60'


@pytest.mark.parametrize("how", ["SIGKILL", "closed"])
@pytest.mark.slow
def test_an_ending_meanwhile_hangs_up_on_the_editor_and_keeps_its_text(
    tmp_path: Path, how: str
) -> None:
    with editing(tmp_path, WAITING) as shell:
        shell.terminal.wait_for("Ready.")
        editor = int(shell.said("pid"))
        if how == "closed":
            shell.terminal.hang_up()
        else:
            processes.send(shell.app, signal.Signals[how])
        shell.wait_app_gone()
        shell.terminal.wait_until(lambda: not processes.is_running(editor), what="the editor's end")
        code = 128 + (signal.SIGHUP if how == "closed" else signal.Signals[how])
        assert shell.wait_over() == code
        if how != "closed":
            assert shell.are_modes_off()
        (place,) = left(shell)
        assert (place / "text.txt").read_text() == "Half a thought"
        assert shell.holds(TYPED)
    if how == "closed":
        assert_told(shell.path.parent, tmp_path, "(summary) is in")
        assert (place / "text.txt").read_text() == "Half a thought"


def assert_told(folder: Path, home: Path, words: str) -> None:
    """The next start says so."""
    with Terminal([*APP, str(folder)], home, size=(120, 24)) as terminal:
        terminal.wait_for(words)
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0


@pytest.mark.slow
def test_an_editor_that_takes_no_hangup_is_ended_all_the_same(tmp_path: Path) -> None:
    with editing(tmp_path, f"trap : HUP TERM; {WAITING}; sleep 60") as shell:
        shell.terminal.wait_for("Ready.")
        processes.send(shell.app, signal.SIGTERM)
        assert shell.wait_over() == 143
        shell.assert_restored()


# ── Real editors ─────────────────────────────────────────────────────────────────────────

REAL = {
    "vim": ("i", "A sentinel of vim. ", "\x1b:wq\r"),
    "nano": ("", "A sentinel of nano. ", "\x0f\r\x18"),
}
"""What is typed before the words, the words, and what saves and ends."""
WRITES = re.compile(r'"([^"]*)", [^"]*O_(?:WRONLY|RDWR|CREAT)')


def traced(place: Path, name: str) -> str:
    """The editor, under a name that is known, with a list of what it opens; or its own name."""
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed")
    if not crashes.available():
        return program
    (place / "bin").mkdir()
    wrapper = place / "bin" / name
    trace = ["strace", "-f", "-qq", "-e", "trace=openat,creat", "-o", str(place / "trace")]
    wrapper.write_text(f'#!/bin/sh\nexec {shlex.join([*trace, program])} "$@"\n')
    wrapper.chmod(0o700)
    return str(wrapper)


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_a_real_editor_leaves_nothing_anywhere(tmp_path: Path, name: str) -> None:
    before, words, after = REAL[name]
    (tmp_path / ".vimrc").write_text("set backup undofile swapfile viminfo='100 directory=~\n")
    (tmp_path / ".nanorc").write_text("set backup\nset positionlog\nset historylog\n")
    editor = shlex.quote(traced(tmp_path, name))
    with below_a_shell(tmp_path, first=f"export EDITOR={editor}") as shell:
        shell.terminal.type(TYPED)
        shell.wait_saved(TYPED)
        shell.terminal.key("home", "f4")
        shell.terminal.wait_until(lambda: "words" not in shell.terminal.text)
        shell.terminal.wait_for(TYPED)
        shell.terminal.settle(0.5)
        shell.terminal.type(before + words)
        shell.terminal.wait_for(words)
        shell.terminal.type(after)
        shell.wait_saved(words + TYPED)
        wait_app(shell)
        shell.terminal.wait_until(lambda: not left(shell), what="nothing left")
        quit_and_look(shell)
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    holding = {path for path in found if b"sentinel" in path.read_bytes()}
    assert all(path.is_relative_to(tmp_path / "cases") for path in holding), holding
    if (trace := tmp_path / "trace").exists():
        written = {tmp_path / path for path in WRITES.findall(trace.read_text())}
        places = (tmp_path / "cases" / ".imr" / "editing", Path("/dev"))
        assert any(path.name == "text.txt" for path in written)
        assert not {path for path in written if not set(places) & set(path.parents)}


@pytest.mark.slow
def test_what_vim_had_not_written_outlives_the_line(tmp_path: Path) -> None:
    if shutil.which("vim") is None:
        pytest.skip("vim is not installed")
    with below_a_shell(tmp_path, first="export EDITOR=vim") as shell:
        shell.terminal.key("f4")
        shell.terminal.wait_gone("words")
        shell.terminal.settle(0.5)
        shell.terminal.type("iWords that vim has not written.")
        shell.terminal.wait_for("not written.")
        shell.terminal.hang_up()
        assert shell.wait_over() == 129
        (place,) = left(shell)
        assert b"Words that vim has not written." in (place / ".text.txt.swp").read_bytes()
