"""The manual pages: as the program is now, complete, and readable by `man`."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from imr_tui import errors
from imr_tui.cli.commands import imr_tui, load
from imr_tui.cli.commands.help_topic import manual
from imr_tui.cli.dispatch import COMMANDS
from imr_tui.cli.runtime import hardening
from imr_tui.errors import ImrError
from imr_tui.model.case import Case
from imr_tui.model.value import Value
from imr_tui.store.config import HostFile, Profile, SettingsFile
from imr_tui.store.config.site_catalogue import SiteGuideline, SiteTopic
from tests.man import markdown, roff
from tests.man.pages import FOLDER, SETTINGS, pages
from tests.man.programs import rendered, require_man
from tests.man.settings_table import with_tables
from tests.rows import each_row

pytestmark = pytest.mark.process

NAMES = ["imr-tui", *(f"imr-tui-{name}" for name, entry in COMMANDS.items() if entry.group)]
"""The pages of section 1, without that of the app, which is `imr-tui`."""
FILES = sorted(path.name for path in FOLDER.iterdir())
MADE = "Run `make man` and commit the result."


def page(name: str) -> str:
    return (FOLDER / name).read_text(encoding="ascii")


def typed(source: str) -> str:
    """The text of a page without fonts and escapes."""
    text = re.sub(r"\\f[BIR]", "", source).replace(r"\&", "")
    text = re.sub(r"\\\[u([0-9A-F]{4,})\]", lambda match: chr(int(match[1], 16)), text)
    for char, escape in {"^": r"\(ha", "~": r"\(ti", "`": r"\(ga", "'": r"\(aq"}.items():
        text = text.replace(escape, char)
    return text.replace(r"\(dq", '"').replace(r"\-", "-").replace(r"\e", "\\")


def terms(source: str) -> set[str]:
    """What the page describes in lists of terms."""
    return {typed(line) for line in re.findall(r"^\.TP\n(.*)$", source, re.MULTILINE)}


# As the program is now


def test_the_committed_pages_are_those_of_the_program() -> None:
    made = pages()
    assert sorted(made) == FILES, MADE
    assert [name for name in FILES if page(name) != made[name]] == [], MADE


def test_the_tables_of_the_topic_about_settings_are_those_of_the_program() -> None:
    topic = SETTINGS.read_text(encoding="utf-8")
    assert with_tables(topic) == topic, MADE
    for name in (*HostFile.model_fields, *SettingsFile.model_fields):
        assert f"\n| `{name}` | " in topic


# Complete


def test_every_command_has_a_page() -> None:
    assert [*(f"{name}.1" for name in NAMES), "imr-tui.toml.5", "imr-case.5"] == list(pages())


def commands() -> Iterator[tuple[str, click.Command]]:
    """Each command with the name of its page; those of a group have the page of the group."""
    yield "imr-tui", imr_tui
    yield "imr-tui", load("open")
    for name, entry in COMMANDS.items():
        if entry.group:
            command = load(name)
            inner = getattr(command, "commands", {}).values()
            yield from ((f"imr-tui-{name}", each) for each in (command, *inner))


def test_every_option_is_described_on_the_page_of_its_command() -> None:
    found, missing = 0, []
    for name, command in commands():
        described = " ".join(terms(page(f"{name}.1")))
        context = click.Context(command, help_option_names=["-h", "--help"])
        for param in command.get_params(context):
            if isinstance(param, click.Option) and not param.hidden:
                options = [*param.opts, *param.secondary_opts]
                found += len(options)
                missing += [
                    (name, option)
                    for option in options
                    if not re.search(rf"(?<![\w-]){option}(?![\w-])", described)
                ]
    assert found > 80
    assert missing == []


def test_the_options_that_open_the_app_are_described() -> None:
    listed = re.findall(r"^\| `imr-tui (--[a-z-]+)", manual()["commands"], re.MULTILINE)
    assert hardening.OPTION in listed
    described = {term.partition(" ")[0] for term in terms(page("imr-tui.1"))}
    assert set(listed) <= described


def test_every_argument_is_in_the_synopsis() -> None:
    for name, command in commands():
        synopsis = typed(page(f"{name}.1")).partition(".SH DESCRIPTION")[0]
        for param in command.params:
            if isinstance(param, click.Argument) and not command.hidden:
                words = re.findall(r"[A-Z]+", param.make_metavar(click.Context(command)))
                assert [word for word in words if word not in synopsis] == [], name


@pytest.mark.parametrize("model", [HostFile, SettingsFile, Profile], ids=lambda each: each.__name__)
def test_every_key_of_the_settings_is_described(model: type[BaseModel]) -> None:
    assert set(model.model_fields) <= terms(page("imr-tui.toml.5"))


def test_every_key_of_a_case_file_is_described() -> None:
    source = page("imr-case.5")
    described = terms(source) | set(re.findall(r"[\w.]+", " ".join(_headers(source))))
    tables = [
        each for each in Value.__subclasses__() if each.__module__.startswith("imr_tui.model")
    ]
    assert Case in tables
    assert len(tables) > 12
    for model in tables:
        names = {info.alias or name for name, info in model.model_fields.items()}
        paths = {term.removesuffix(".NAME").rpartition(".")[2] for term in described}
        assert names <= paths, model.__name__


def test_the_keys_of_a_sites_guidelines_and_phrases_are_described() -> None:
    guidelines, phrases = (typed(page(f"imr-tui-{name}.1")) for name in ("guidelines", "phrases"))
    for name in (*SiteGuideline.model_fields, *SiteTopic.model_fields):
        assert re.search(rf"\b{name}\b", guidelines), name
    for name in ("name", "about", "fields", "text"):
        assert f"{name} = " in phrases


def _headers(source: str) -> list[str]:
    """The headers of tables: `[case]`, `[[items]]`, `[items.weighing]`."""
    return re.findall(r"^\.SS (\[.*\])$", typed(source), re.MULTILINE)


def test_each_table_of_a_case_file_has_its_header() -> None:
    headers = _headers(page("imr-case.5"))
    assert headers[0] == "[case]"
    for header in (
        *("[parties]", "[[records]]", "[[items]]", "[[items.citations]]", "[items.weighing]"),
        *("[[items.copied]]", "[acknowledged.NAME]", "[signature]"),
    ):
        assert header in headers


def exit_codes() -> set[str]:
    named = {value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    kinds, waiting = set(), [ImrError]
    while waiting:
        kind = waiting.pop()
        kinds.add(kind.exit_code)
        waiting += kind.__subclasses__()
    # A signal, of which SIGINT is one, gives 128 and its number.
    return {str(code) if code < 128 else "128 + n" for code in named | kinds}


@each_row("name", NAMES)
def test_every_exit_code_is_described(name: str) -> None:
    assert exit_codes() >= {"0", "1", "2", "3", "4", "5", "70", "128 + n"}
    _, _, section = page(f"{name}.1").partition(".SH EXIT STATUS\n")
    assert exit_codes() <= terms(section.partition(".SH ")[0])


@each_row("file", FILES)
def test_every_page_that_a_page_names_exists(file: str) -> None:
    named = re.findall(r"(imr-[\w.-]+)\((\d)\)", typed(page(file)))
    assert named
    assert [each for each in named if f"{each[0]}.{each[1]}" not in FILES] == []


@each_row("file", FILES)
def test_a_page_has_the_usual_sections(file: str) -> None:
    sections = re.findall(r"^\.SH (.*)$", page(file), re.MULTILINE)
    assert sections[:3] == ["NAME", "SYNOPSIS", "DESCRIPTION"]
    assert sections[-1] == "SEE ALSO"
    assert len(sections) == len(set(sections))


# The conversion


@pytest.mark.parametrize(
    ("markdown_text", "escaped"),
    [
        ("Run `imr-tui list --json`.", r"Run \fBimr\-tui list \-\-json\fR."),
        ("A **bold** word, and `***`.", r"A \fBbold\fR word, and \fB***\fR."),
        ("See [keys](keys.md): `^n`, `~/x`, \\.", r"See keys: \fB\(han\fR, \fB\(ti/x\fR, \e."),
        ("“Two” – naïve", r"\[u201C]Two\[u201D] \[u2013] na\[u00EF]ve"),
    ],
)
def test_prose_is_escaped(markdown_text: str, escaped: str) -> None:
    assert roff.prose(markdown_text) == escaped


def test_a_line_that_begins_like_a_request_is_protected() -> None:
    assert list(roff.sentences(".imr is a folder. It is hidden.")) == [
        r"\&.imr is a folder.",
        "It is hidden.",
    ]
    # An apostrophe, too, begins a request, but not as it is written here.
    assert roff.line(roff.plain("'tis")) == r"\(aqtis"


def test_each_form_of_the_manual_is_converted() -> None:
    text = (
        "A word\nand more.\n\n- one\n  two\n- three\n\n1. first\n\n"
        "| a | b |\n| --- | --- |\n| `x` | y |\n\n```toml\n# a\n\n.b = '-'\n```\n\n    code\n\n"
        "### Deeper\n"
    )
    assert list(markdown.to_roff(text)) == [
        *(".PP", "A word and more."),
        *(r".IP \(bu 4", "one two", r".IP \(bu 4", "three", ".IP 1. 4", "first"),
        *(".TP", r"\fBx\fR", "y"),
        *(".PP", ".in +4n", ".EX", "# a", "", r"\&.b = \(aq\-\(aq", ".EE", ".in"),
        *(".PP", ".in +4n", ".EX", "code", ".EE", ".in"),
        ".SS Deeper",
    ]


def test_a_topic_is_divided_at_its_headings_but_not_in_code() -> None:
    topic = "# T\n\nSummary.\n\nIntro.\n\n## One\n\n```\n## no\n```\n\n## Two\n\nText.\n"
    parts = markdown.parts(topic)
    assert list(parts) == ["", "One", "Two"]
    assert parts[""].strip() == "Intro."
    assert parts["One"].strip() == "```\n## no\n```"


# As man shows them


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES)
def test_man_has_no_warning(file: str) -> None:
    require_man()
    text, warnings = rendered(FOLDER / file)
    assert warnings == ""
    assert text.startswith(file.rpartition(".")[0].upper())


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES)
def test_the_index_of_man_reads_the_name_and_the_summary(file: str) -> None:
    require_man()
    done = subprocess.run(
        ["lexgrog", FOLDER / file], capture_output=True, text=True, timeout=60, check=True
    )
    name = file.rpartition(".")[0]
    assert re.search(rf': "{re.escape(name)} - [a-z].*[^.]"$', done.stdout.strip()), done.stdout


@pytest.mark.slow
def test_a_page_as_it_is_read(tmp_path: Path) -> None:
    require_man()
    text, _ = rendered(FOLDER / "imr-tui-letter.1")
    lines = [line.strip() for line in text.splitlines()]
    assert "imr-tui-letter - print the determination letter of a case" in lines
    # Typed characters can be copied: no typographic hyphens and quotes.
    assert re.search(r"^\s*--pdf ", text, re.MULTILINE)
    assert not re.search("[‐−‘’]", text)
    keys, _ = rendered(FOLDER / "imr-tui.1")
    assert "^z undo" in keys
    case, _ = rendered(FOLDER / "imr-case.5")
    assert 'number = "CM26-0190442"' in case


@pytest.mark.slow
@pytest.mark.parametrize("width", [80, 120])
def test_prose_keeps_to_the_width(width: int) -> None:
    require_man()
    for file in FILES:
        text, _ = rendered(FOLDER / file, width)
        code = {line.strip() for line in _code(page(file))}
        wide = [line for line in text.splitlines() if len(line) > width]
        assert [line for line in wide if line.strip() not in code] == []


def _code(source: str) -> Iterator[str]:
    for block in re.findall(r"^\.EX\n(.*?)^\.EE$", source, re.MULTILINE | re.DOTALL):
        yield from typed(block).splitlines()
