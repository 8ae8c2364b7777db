"""The words of a command line: commands, mistyped ones, case numbers, folders, help, examples."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from imr_tui.cli import commands
from imr_tui.cli.dispatch import COMMANDS, GROUPS
from imr_tui.cli.runtime import open_app
from imr_tui.model.case import Particulars
from imr_tui.services.named_case import folder_at_hand, path_of
from imr_tui.store.cases.folder import Folder
from tests.builders import NUMBER, a_complete_case, names, saved
from tests.commands import Run, assert_refused

pytestmark = pytest.mark.process

LISTED = sorted(name for name, entry in COMMANDS.items() if entry.group)
SAMPLES = ("CM26-0190442", "CM14-0187654")
"""The numbers that examples name."""


@pytest.fixture
def here(cases: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds `cases`, with one case in it, and is the current one."""
    saved(cases, a_complete_case())
    monkeypatch.chdir(cases.parent)
    return cases.parent


def root() -> click.Context:
    """The context of the program, from which a command has `-h` and keeps it."""
    return click.Context(commands.imr_tui, **commands.imr_tui.context_settings)


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Each command, and each command of a command, with its words."""
    for name in COMMANDS:
        command = commands.load(name)
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {below}", part) for below, part in command.commands.items())


# Mistyped words


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (("nwe",), r"Did you mean 'new'\?"),
        (("lsit", "cases"), r"Did you mean 'list'\?"),
        (("chekc", "--json"), r"Did you mean 'check'\?"),
        (("nwe", NUMBER), r"Did you mean 'new'\?"),
        (("zzzz",), "`imr-tui -h` lists the commands"),
        (("ope",), "`imr-tui -h` lists the commands"),
        (("",), "`imr-tui -h` lists the commands"),
    ],
)
def test_a_mistyped_command(run: Run, here: Path, words: tuple[str, ...], advice: str) -> None:
    done = run(*words)
    assert_refused(done, 2, rf"\nError: No such command(, folder or case)? '{words[0]}'\. {advice}")
    assert "There is no folder" not in done.err


def test_no_command_of_a_restricted_machine_is_suggested(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_is_restricted", lambda: True)
    assert_refused(run("nwe"), 2, r"No such command, folder or case 'nwe'\. `imr-tui -h` lists")


@pytest.mark.parametrize(
    "words",
    [
        ("nwe",),
        ("letter", "nwe"),
        ("letter", "CM26-0190443"),
        ("letter", "cases"),
        ("history", "a b"),
        ("check", "nwe"),
        ("verify", "CM26-0190443"),
        ("CM26-0190443",),
        ("cover", "two.toml"),
    ],
)
def test_no_message_invents_a_path(run: Run, here: Path, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.code in (2, 3, 4)
    assert re.findall(r"[\w-]+/[\w-]+|\S+\.toml", done.err.replace(words[-1], "")) == []


# Case numbers

OF_A_CASE = [
    ("letter",),
    ("cover",),
    ("public",),
    ("history",),
    ("log",),
    ("check",),
    ("verify",),
    ("sign", "--confirm", "0001"),
    ("correct", "--reason", "why"),
    ("rereview", "--number", "CM26-9", "--ordered", "2026-01-02", "--facts", "x"),
    ("seal",),
]


@pytest.mark.parametrize("words", OF_A_CASE, ids=lambda words: words[0])
def test_a_number_is_the_file_of_the_case(run: Run, here: Path, words: tuple[str, ...]) -> None:
    file = f"cases/{NUMBER}.toml"
    # Some commands record what they did, and say so from the second time on.
    run(*words, file)
    by_file = run(*words, file)
    assert run(*words, NUMBER) == by_file
    assert run(*words, NUMBER.lower()) == by_file
    assert run(*words, NUMBER, "--folder", "cases") == by_file
    assert run(*words, "--folder=cases", NUMBER) == by_file
    if words[0] not in ("history", "log"):
        assert_refused(run(*words, "CM26-9"), 4, "The folder cases has no case CM26-9")


def test_the_folder_option_is_where_numbers_are_looked_up(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = run("letter", NUMBER)
    (elsewhere := here / "elsewhere").mkdir(mode=0o700)
    monkeypatch.chdir(elsewhere)
    assert_refused(run("letter", NUMBER), 4, f"no case {NUMBER}, because there is no folder cases")
    assert run("letter", NUMBER, "--folder", here / "cases") == letter
    assert_refused(run("letter", NUMBER, "--folder", here), 4, f"has no case {NUMBER}")


def test_a_folder_of_cases_is_at_hand_in_itself(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = run("letter", NUMBER)
    listed = run("list").out
    (here / "cases" / ".imr").mkdir(mode=0o700, exist_ok=True)
    monkeypatch.chdir(here / "cases")
    assert folder_at_hand() == Path()
    assert run("letter", NUMBER) == letter
    assert run("list").out == listed
    assert_refused(run("letter", "CM26-2"), 4, "The current folder has no case CM26-2")


def test_what_exists_is_never_a_number(here: Path) -> None:
    assert path_of(NUMBER, Path("cases")) == Path("cases") / f"{NUMBER}.toml"
    (here / NUMBER).mkdir()
    assert path_of(NUMBER, Path("cases")) == Path(NUMBER)
    assert path_of("cases", Path("cases")) == Path("cases")


def test_versions_of_a_case_that_is_gone(run: Run, here: Path) -> None:
    assert_refused(run("letter", "CM26-0000002"), 4, "The folder cases has no case CM26-0000002")
    done = run("history", "CM26-0000002")
    assert (done.code, done.out) == (0, "No earlier version of CM26-0000002 yet.\n")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Folder, str]]:
    """The folder and the number of each case that was opened, instead of opening it."""
    seen: list[tuple[Folder, str]] = []

    def show(folder: Folder, number: str, *_: object, **options: object) -> int:
        seen.append((folder, number))
        return 0

    monkeypatch.setattr(open_app, "_show", show)
    monkeypatch.setattr(open_app, "is_terminal", lambda: True)
    return seen


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ((), ""),
        (("cases",), ""),
        ((NUMBER,), NUMBER),
        ((NUMBER.lower(),), NUMBER),
        ((f"cases/{NUMBER}.toml",), NUMBER),
        (("--folder", "cases"), ""),
        (("--folder", "cases", NUMBER), NUMBER),
        (("open", NUMBER), NUMBER),
    ],
)
def test_the_app_opens_a_folder_or_a_case(
    run: Run, here: Path, opened: list[tuple[Folder, str]], words: tuple[str, ...], number: str
) -> None:
    assert run(*words).code == 0
    assert opened == [(Folder(Path("cases")), number)]


def test_a_number_that_no_case_has_opens_nothing(
    run: Run, here: Path, opened: list[tuple[Folder, str]]
) -> None:
    assert_refused(run("CM26-0000002"), 4, "The folder cases has no case CM26-0000002")
    assert opened == []


@pytest.mark.parametrize("word", [None, "cases", NUMBER])
def test_the_app_opens_without_click(here: Path, word: str | None) -> None:
    program = (
        "import sys\nfrom imr_tui.cli.runtime import open_app\n"
        "open_app.open_path = lambda path, **options: print(path)\n"
        "from imr_tui.cli import main\n"
        "try: main()\nexcept SystemExit: print('click' in sys.modules)"
    )
    argv = [sys.executable, "-c", program, *filter(None, [word])]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    path = f"cases/{NUMBER}.toml" if word == NUMBER else word
    assert done.stdout.split("\n")[:2] == [str(path), "False"]


# The folder


@pytest.mark.parametrize(
    "words",
    [("list",), ("list", "--json"), ("stats",), ("verify",), ("check",)],
)
def test_a_folder_is_named_either_way(run: Run, here: Path, words: tuple[str, ...]) -> None:
    # Verifying is recorded, which a second run says.
    run(*words)
    by_argument = run(*words, "cases")
    assert run(*words, "--folder", "cases") == by_argument
    assert run(*words) == by_argument


def test_a_new_case_goes_into_the_folder_of_the_option(run: Run, here: Path) -> None:
    (here / "other").mkdir(mode=0o700)
    assert run("new", "CM26-2", "--folder", "other").out == "other/CM26-2.toml\n"
    assert names(here / "other") == ["CM26-2.toml"]


@pytest.mark.parametrize("words", [("list",), ("new", "CM26-2"), ("intake", "-"), ("stats",)])
def test_a_folder_is_named_once(run: Run, here: Path, words: tuple[str, ...]) -> None:
    done = run(*words, "cases", "--folder", "cases")
    assert_refused(done, 2, r"Error: Name the folder once: as an argument, or with --folder\.")


def test_every_command_that_reads_cases_has_the_option() -> None:
    without = {"completion", "demo", "help", "install-login", "shared"}
    for name in set(COMMANDS) - without:
        names_of = [option for param in commands.load(name).params for option in param.opts]
        assert "--folder" in names_of, name


def test_phrases_take_the_folder_before_and_after_a_word(run: Run, here: Path) -> None:
    found = run("phrases", "taper")
    assert found.code == 0
    assert run("phrases", "--folder", "cases", "taper") == found
    assert run("phrases", "taper", "--folder", "cases") == found


# Help


def test_short_help_is_help(run: Run) -> None:
    assert run("-h") == run("--help")
    for words, _ in every_command():
        done = run(*words.split(), "-h")
        assert (done.code, done.err) == (0, ""), words
        assert done == run(*words.split(), "--help")
        assert done.out.startswith("Usage: "), words


def test_help_has_the_commands_in_groups_with_an_example(run: Run) -> None:
    out = run("-h").out
    titles = [title for title, _ in GROUPS.values()]
    sections = re.split(rf"^({'|'.join(titles)}):\n", out, flags=re.MULTILINE)
    assert sections[1::2] == titles
    for group, section in zip(GROUPS, sections[2::2], strict=True):
        listed = re.findall(r"^  ([a-z-]+)  +\w", section, re.MULTILINE)
        assert listed == [name for name, entry in COMMANDS.items() if entry.group == group]
        assert f"Example: {GROUPS[group][1]}\n" in section


def test_help_says_of_a_command_what_the_command_says_of_itself() -> None:
    for name, entry in COMMANDS.items():
        assert entry.says == commands.load(name).get_short_help_str(limit=200)


def test_help_loads_no_command() -> None:
    program = (
        "import sys\nsys.argv = ['imr-tui', '-h']\nfrom imr_tui.cli import main\n"
        "try: main()\nexcept SystemExit: print('imr_tui.cli.commands.check' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize(("words", "command"), every_command(), ids=lambda each: str(each)[:20])
def test_each_command_has_an_example_that_can_be_typed(
    cases: Path, monkeypatch: pytest.MonkeyPatch, words: str, command: click.Command
) -> None:
    saved(cases, *(a_complete_case().but(particulars=Particulars(number=each)) for each in SAMPLES))
    monkeypatch.chdir(cases.parent)
    epilog = " ".join((command.epilog or "").split())
    if command.hidden and not epilog:
        return
    typed = re.fullmatch(r'Example: (?:eval "\$\()?imr-tui (.*?)(?:\)"| > \S+)?', epilog)
    assert typed, epilog
    example = shlex.split(typed[1])
    if words != "open":
        assert example[: len(words.split())] == words.split()
        rest = example[len(words.split()) :]
    else:
        rest = example
    command.make_context(words, rest, parent=root())


def test_the_examples_of_the_groups_can_be_typed(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(cases, *(a_complete_case().but(particulars=Particulars(number=each)) for each in SAMPLES))
    monkeypatch.chdir(cases.parent)
    for _, example in GROUPS.values():
        _, name, *rest = shlex.split(example)
        commands.load(name).make_context(name, rest, parent=root())


def test_a_wrong_option_is_answered_with_the_nearest(run: Run, here: Path) -> None:
    assert_refused(run("list", "--jsno"), 2, r"Error: No such option.*--json")


def test_the_help_names_the_options_with_which_the_app_is_opened(run: Run) -> None:
    says = run("--help").out
    assert "--plain" in says
    assert "--folder DIR" in says
