"""Completion: the tables it reads, the words it offers, and what it does without."""

import subprocess
import sys
from pathlib import Path

import pytest

from imr_tui.checks import RULES
from imr_tui.cli import completion
from imr_tui.cli.completion import SHELLS, script
from imr_tui.cli.completion.candidates import complete
from imr_tui.cli.dispatch import COMMANDS
from tests import completions
from tests.commands import Run, assert_refused

pytestmark = pytest.mark.process

NUMBERS = ["CM26-0000001", "CM26-0000002"]


@pytest.fixture
def here(cases: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds `cases`, with files of two cases, and is the current one."""
    (cases / f"{NUMBERS[0]}.toml").touch()
    (cases / f"{NUMBERS[1]}.toml").touch()
    (cases / "not a number.toml").touch()
    monkeypatch.chdir(cases.parent)
    return cases.parent


def offered(*words: str, keeps_option: bool = True) -> list[str]:
    return [each.word for each in complete(words, keeps_option=keeps_option).words]


@pytest.mark.parametrize("name", completions.tables())
def test_the_tables_are_those_of_the_commands_and_rules(name: str) -> None:
    content = (completions.FOLDER / name).read_text(encoding="utf-8")
    assert content == completions.tables()[name], "Run `make completion`."


def test_commands_and_cases_are_offered_first(here: Path) -> None:
    listed = [name for name, entry in COMMANDS.items() if entry.group]
    assert offered("") == [*listed, *NUMBERS]
    assert offered("hi") == ["history"]
    assert offered("CM") == NUMBERS
    assert complete(["x"], keeps_option=True).otherwise == "file"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("letter", ""), NUMBERS),
        (("letter", "--draft", "CM26-0000002"), NUMBERS[1:]),
        (("letter", NUMBERS[0], ""), []),
        (("check", NUMBERS[0], "CM"), NUMBERS),
        (("--folder", "cases", "CM"), NUMBERS),
        (("letter", "--folder", "none", "CM"), []),
        (("log", "--dir", "cases", "CM"), NUMBERS),
        (("letter", "--wi"), ["--width"]),
        (("letter", "--width", ""), []),
        (("list", "--state", "dr"), ["draft"]),
        (("list", "--state=dr"), ["--state=draft"]),
        (("list", "--state=dr", "--so"), ["--sort"]),
        (("stats", "--by", "mon"), ["month"]),
        (("rules", "IMR301"), ["IMR301"]),
        (("rules", "IMR301", "imr301"), ["IMR301"]),
        (("check", "--select", "IMR102,IMR301"), ["IMR102,IMR301"]),
        (("check", "--ignore", ""), sorted(RULES)),
        (("help", "first"), ["first-letter"]),
        (("completion", ""), list(SHELLS)),
        (("phrases", "ex"), ["export"]),
        (("phrases", "import", "--re"), ["--replace"]),
        (("shared", "status", "--"), ["--help", "--as", "--json"]),
        (("--vers",), ["--version"]),
        (("letter", "-"), None),
        (("nonsense", "x", ""), []),
    ],
)
def test_what_is_offered(here: Path, words: tuple[str, ...], found: list[str] | None) -> None:
    if found is None:
        assert {"-h", "--help", "-o", "--output", "--draft", "--folder"} <= set(offered(*words))
    else:
        assert offered(*words) == found


@pytest.mark.parametrize(
    ("words", "otherwise"),
    [
        (("letter", "ca"), "file"),
        (("letter", "-o", "x"), "file"),
        (("list", ""), "folder"),
        (("list", "--folder=c"), "folder"),
        (("list", "--due", "x"), "none"),
        (("import", "x"), "file"),
        (("intake", "--spool", ""), "folder"),
    ],
)
def test_what_the_shell_completes_itself(
    here: Path, words: tuple[str, ...], otherwise: str
) -> None:
    assert complete(words, keeps_option=True).otherwise == otherwise


def test_the_folder_of_cases_may_be_the_current_one(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "cases" / ".imr").mkdir(mode=0o700)
    monkeypatch.chdir(here / "cases")
    assert offered("letter", "") == NUMBERS


# Answers


def answer(capsys: pytest.CaptureFixture[str], asked: str, *words: str) -> tuple[int, list[str]]:
    code = completion.answer(asked, words)
    return code, capsys.readouterr().out.splitlines()


def test_each_shell_gets_its_form(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says = COMMANDS["history"].says
    assert answer(capsys, "bash_complete", "hi") == (0, ["file", "history"])
    assert answer(capsys, "zsh_complete", "hi") == (0, ["file", f"history:{says}"])
    assert answer(capsys, "fish_complete", "hi") == (0, ["file", f"history\t{says}"])
    assert answer(capsys, "fish_complete", "letter", "CM") == (0, ["file", *NUMBERS])


def test_bash_divides_words_at_equals_signs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("list", "--folder", "=", "cases", "--state", "=", "dr")
    assert answer(capsys, "bash_complete", *words) == (0, ["none", "draft"])
    assert answer(capsys, "bash_complete", "list", "--state", "=")[1][:2] == ["none", "draft"]
    assert answer(capsys, "zsh_complete", "list", "--state=dr") == (0, ["none", "--state=draft"])


def test_nothing_is_offered_where_the_machine_is_restricted(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completion, "is_restricted", lambda: True)
    for shell in SHELLS:
        assert answer(capsys, f"{shell}_complete", "") == (0, [])
        assert answer(capsys, f"{shell}_source") == (0, [])


@pytest.mark.parametrize("asked", ["", "1", "tcsh_complete", "bash_", "bash_run"])
def test_an_unknown_question_is_not_answered(
    capsys: pytest.CaptureFixture[str], asked: str
) -> None:
    assert answer(capsys, asked) == (2, [])


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_printed(run: Run, shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run("completion", shell)
    assert (done.code, done.out, done.err) == (0, script(shell), "")
    assert f"{shell}_complete" in done.out
    monkeypatch.setenv("_IMR_TUI_COMPLETE", f"{shell}_source")
    assert run() == done


def test_a_shell_without_a_script(run: Run) -> None:
    assert_refused(run("completion", "tcsh"), 2, "Invalid value.*'tcsh' is not one of")


def test_a_login_of_the_app_ignores_the_question(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_IMR_TUI_COMPLETE", "bash_complete")
    assert_refused(run("--restricted", "cases"), 2, "this account can only run the app")


def test_completion_loads_neither_click_nor_pydantic(here: Path) -> None:
    program = (
        "import sys, os\nos.environ['_IMR_TUI_COMPLETE'] = 'bash_complete'\n"
        "sys.argv = ['imr-tui', 'check', '--select', 'IMR301']\n"
        "from imr_tui.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = ('click', 'pydantic', 'jinja2', 'textual', 'imr_tui.checks', 'tomli')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.splitlines() == ["none", "IMR301", "[]"]
