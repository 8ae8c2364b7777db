"""README and manual: readable, complete and true to the command line; `imr-tui help`."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

import imr_tui
from imr_tui.cli import commands
from imr_tui.cli.commands.help_topic import WIDTH, manual, plain
from imr_tui.cli.dispatch import COMMANDS
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.config import SettingsFile
from imr_tui.store.config.machine_policy import Host
from tests.commands import Run, assert_refused

pytestmark = pytest.mark.process

ROOT = Path(imr_tui.__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BOLD = re.compile(r"(?<!\*)\*{1,2}(?!\*)")
PAGES = {"README": README, **manual()}
TOPICS = sorted(manual())
FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)]+)\)")
each_page = pytest.mark.parametrize("name", PAGES)


def sentences(page: str) -> Iterator[list[str]]:
    """The words of each sentence, list entry and heading outside code and tables."""
    prose = FENCE.sub("\n", page)
    prose = re.sub(r"^\|.*$", "", prose, flags=re.MULTILINE)
    prose = LINK.sub("link", prose)
    for block in re.split(r"\n\s*\n|^(?:- |\d+\. |#+ )", prose, flags=re.MULTILINE):
        for sentence in re.split(r"(?<=[.!?])\**\s+", block):
            words = BOLD.sub("", sentence).split()
            if re.search(r"\w", sentence):
                yield words


def code_lines(page: str) -> Iterator[str]:
    """Each command line of `imr-tui` in a code block."""
    for block in FENCE.findall(page):
        yield from (line for line in block.splitlines() if line.startswith("imr-tui "))


def table(page: str) -> list[str]:
    return [line for line in page.splitlines() if line.startswith("|")]


# The pages


@each_page
def test_sentences_are_short(name: str) -> None:
    found = list(sentences(PAGES[name]))
    assert len(found) > 8
    assert [" ".join(words) for words in found if len(words) > 30] == []
    # Headings are no sentences, but would lower the mean.
    lengths = [len(words) for words in found if len(words) > 3]
    assert sum(lengths) / len(lengths) <= 15


def test_a_long_sentence_would_be_found() -> None:
    page = "# A\n\n- one two. **Three.** four\n\n```\nx y\n```\n| a | b |\n\nfive `-`\nsix seven."
    assert [len(words) for words in sentences(page)] == [1, 2, 1, 1, 4]


def test_the_readme_is_an_entrance() -> None:
    assert len(README.splitlines()) <= 160


@each_page
def test_every_link_leads_to_a_file(name: str) -> None:
    folder = ROOT if name == "README" else ROOT / "imr_tui" / "manual"
    links = LINK.findall(PAGES[name])
    assert [link for link in links if not (folder / link).is_file()] == []


def test_the_readme_links_every_topic_with_its_summary() -> None:
    links = re.findall(r"^- \[(\S+)\]\(imr_tui/manual/(\S+)\.md\): (.+)$", README, re.MULTILINE)
    assert sorted(links) == sorted((each, each, summary(each)) for each in TOPICS)


def summary(topic: str) -> str:
    sentence = PAGES[topic].splitlines()[2]
    return sentence[0].lower() + sentence[1:]


def test_readme_and_manual_have_the_same_key_table() -> None:
    assert len(table(README)) > 15
    assert table(README) == table(PAGES["keys"])


@each_page
def test_every_topic_that_a_page_names_exists(name: str) -> None:
    named = re.findall(r"imr-tui help\s+([a-z][a-z-]*)", PAGES[name])
    assert [each for each in named if each not in PAGES] == []


def test_every_setting_is_described() -> None:
    keys = {*SettingsFile.model_fields, *(each.name for each in fields(Host))}
    said = PAGES["settings"]
    assert [
        key for key in keys if not re.search(rf"^{key} = |`\[{key}\]`", said, re.MULTILINE)
    ] == []


def test_the_case_file_of_the_manual_can_be_read() -> None:
    (block,) = FENCE.findall(PAGES["case-file"])
    empty = "[[items.administrator_citations]]"
    start = block.index(empty)
    line = block[start : block.index("\n", start) + 1]
    case = decode(block.replace(line, "").encode(), Path("CM26-0190442.toml"))
    assert isinstance(case, Case)
    assert case.items[0].citations[0].title == "Shoulder Disorders"


# Command lines


def test_every_command_is_in_the_manual() -> None:
    listed = re.findall(r"^\| `imr-tui ([a-z-]+)", PAGES["commands"], re.MULTILINE)
    assert sorted(listed) == sorted(set(COMMANDS) - {"open"} | {"--restricted"})


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"open"}))
def test_every_option_of_a_command_is_in_the_manual(name: str) -> None:
    command = commands.imr_tui.get_command(click.Context(commands.imr_tui), name)
    assert command is not None
    parts = [command, *(command.commands.values() if isinstance(command, click.Group) else ())]
    params = [param for part in parts for param in part.params]
    options = [each.opts for each in params if isinstance(each, click.Option)]
    (row,) = [line for line in table(PAGES["commands"]) if line.startswith(f"| `imr-tui {name}")]
    named = set(re.findall(r"`(-[a-z-]+)", row))
    assert named <= {"-", *(opt for opts in options for opt in opts)}
    if name != "new":  # Most of its options are the dates of a case.
        assert [opts for opts in options if not named & set(opts)] == []


def test_the_command_lines_of_the_readme_work(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(cases.parent)
    lines = list(code_lines(README))
    assert len(lines) >= 10
    used = set()
    for line in lines:
        _, *words = shlex.split(line)
        done = run(*words)
        # An incomplete case has findings, which is exit code 1.
        assert done.code == (1 if words[0] == "check" else 0), (line, done)
        assert done.out or "-o" in words, line
        used.add(words[0])
    assert {"new", "list", "check", "letter", "guidelines", "history", "doctor", "help"} <= used
    assert (cases.parent / "draft.txt").stat().st_size > 500


# The command


def test_without_a_topic_every_topic_is_listed_with_a_line(run: Run) -> None:
    done = run("help")
    assert (done.code, done.err) == (0, "")
    rows = [re.split("  +", line, maxsplit=1) for line in done.out.splitlines()[2:]]
    assert rows == [[each, PAGES[each].splitlines()[2]] for each in TOPICS]
    assert max(map(len, done.out.splitlines())) <= WIDTH


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_printed_as_plain_text(run: Run, topic: str) -> None:
    done = run("help", topic)
    assert (done.code, done.err) == (0, "")
    assert "```" not in done.out
    # A blank of a phrase has three.
    assert not re.search(r"(?<!\*)\*\*(?!\*)", done.out)
    assert not re.search(r"^[#|]+ [A-Z]", done.out, re.MULTILINE)
    text = " ".join(done.out.split())
    for words in sentences(PAGES[topic]):
        assert re.sub(r"[:.]$", "", " ".join(words)) in text
    prose = [line for line in done.out.splitlines() if not line.startswith("  ")]
    assert [line for line in prose if len(line) > WIDTH] == []


def test_the_plain_text_of_each_part() -> None:
    page = (
        "# One\n\nA **bold** `word`.\n\n## Two\n\n| a | b |\n| --- | --- |\n| `x` | y |\n"
        "| `a long cell of a first column` | z |\n\n```toml\n# one\n| two |\n```\n"
    )
    assert list(plain(page)) == [
        *("One", "===", "", "A bold `word`.", "", "Two", "---", ""),
        *("`x`  y", "`a long cell of a first column`", "     z", "", "  # one", "  | two |"),
    ]


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("ssk", r"There is no topic ssk\. Try ssh\."),
        ("import", r"Try importing\. `imr-tui import --help` describes the command\."),
        ("nfs", r"Try data-safety\."),
        ("zzz", r"`imr-tui help` lists the topics\."),
        ("../README", r"`imr-tui help` lists the topics\."),
        ("\x1b[31m", r"There is no topic"),
    ],
)
def test_an_unknown_topic_is_refused_with_the_nearest(run: Run, word: str, advice: str) -> None:
    assert_refused(run("help", word), 2, advice)
