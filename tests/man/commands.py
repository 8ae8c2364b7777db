"""The pages of section 1: imr-tui and each of its commands, from what click knows of them."""

import re
from collections.abc import Iterator

import click

from imr_tui.cli.commands import imr_tui, load
from imr_tui.cli.commands.help_topic import manual
from imr_tui.cli.dispatch import COMMANDS, GROUPS
from imr_tui.store.config import machine_policy, phrase_files, profile, settings, site_catalogue
from tests.man import markdown, roff

PROGRAM = "imr-tui"
TOPICS = {
    "check": "checks",
    "guidelines": "guidelines",
    "phrases": "phrases",
    "import": "importing",
    "intake": "intake",
    "log": "audit",
    "public": "public-copy",
    "stats": "statistics",
    "sign": "signing",
    "cover": "sending",
    "shared": "shared-setup",
    "completion": "completion",
    "demo": "demo",
}
"""The topics of the manual that a page contains; to the others, it refers."""
FILES = {
    "cases/NUMBER.toml": "A case. See `imr-case`(5).",
    "cases/NUMBER.txt": "The letter of a case.",
    f"cases/.imr/{settings.FILE}": "Settings of a folder of cases. See `imr-tui.toml`(5).",
    f"cases/.imr/{site_catalogue.FILE}": "Guidelines of the site. See `imr-tui help guidelines`.",
    f"cases/.imr/accounts/LOGIN/{profile.FILE}": "What imr-tui asked a reviewer at first.",
    str(machine_policy.FILE): "Settings of the machine. See `imr-tui.toml`(5).",
    str(phrase_files.SITE_FILE): "Phrases of the site. See `imr-tui help phrases`.",
}


def root() -> click.Context:
    """The context of `imr-tui` itself."""
    return click.Context(imr_tui, info_name=PROGRAM, **imr_tui.context_settings)


def listed() -> list[str]:
    """The commands that have a page."""
    return [name for name, entry in COMMANDS.items() if entry.group]


def command_pages() -> Iterator[tuple[str, str]]:
    """The name and the content of each page of section 1."""
    yield f"{PROGRAM}.1", program_page()
    for name in listed():
        yield f"{PROGRAM}-{name}.1", command_page(name)


def program_page() -> str:
    """The page of `imr-tui`."""
    summary, *_ = paragraphs(imr_tui)
    return roff.page(PROGRAM, 1, lowered(summary), _program_body())


def _program_body() -> Iterator[str]:
    topics = manual()
    opening = click.Context(load("open"), info_name=PROGRAM, **imr_tui.context_settings)
    yield from _synopsis((root(), "[OPTIONS] [PATH | NUMBER]"), (root(), "COMMAND [ARGS]..."))
    yield roff.section("Description")
    _, *rest = paragraphs(imr_tui)
    for text in (*rest, imr_tui.epilog or ""):
        yield from roff.paragraph(text)
    yield roff.section("Options")
    yield from _options(root())
    yield from _options(opening, besides=root())
    yield from _ways_to_open(topics["commands"])
    yield roff.section("Commands")
    for group, (title, example) in GROUPS.items():
        yield roff.subsection(title)
        for name in listed():
            if COMMANDS[name].group == group:
                yield from roff.entry(reference(f"{PROGRAM}-{name}", 1), COMMANDS[name].says)
        yield from roff.paragraph(f"Example: `{example}`")
    yield roff.section("Keys")
    yield from markdown.to_roff(markdown.parts(topics["keys"])[""])
    commands = markdown.parts(topics["commands"])
    yield roff.section("Environment")
    yield from markdown.to_roff(commands["Environment"])
    yield roff.section("Files")
    for path, says in FILES.items():
        yield from roff.entry(roff.italic(path), says)
    yield from exit_status()
    yield roff.section("See also")
    pages = [*(f"{PROGRAM}-{name}" for name in listed())]
    names = [*(reference(page, 1) for page in pages), *FORMATS]
    yield ", ".join(names)
    yield from roff.paragraph("`imr-tui help` lists the topics of the manual:")
    for name, text in topics.items():
        yield from roff.entry(roff.bold(name), text.split("\n")[2])


def command_page(name: str) -> str:
    """The page of a command."""
    return roff.page(f"{PROGRAM}-{name}", 1, lowered(COMMANDS[name].says), _command_body(name))


def _command_body(name: str) -> Iterator[str]:
    command, topics = load(name), manual()
    context = click.Context(command, info_name=name, parent=root())
    inner = [
        click.Context(each, info_name=word, parent=context)
        for word, each in getattr(command, "commands", {}).items()
        if not each.hidden
    ]
    yield from _synopsis(*((each, _usage(each)) for each in (context, *inner)))
    yield roff.section("Description")
    for text in paragraphs(command):
        yield from roff.paragraph(text)
    yield roff.section("Options")
    yield from _options(context)
    if inner:
        yield roff.section("Commands")
        for each in inner:
            yield roff.subsection(f"{name} {each.info_name}")
            for text in paragraphs(each.command):
                yield from roff.paragraph(text)
            yield from _options(each)
    if name == "list":
        yield roff.section("The worklist")
        yield from markdown.to_roff(markdown.parts(topics["commands"])["The worklist"])
    if topic := topics.get(TOPICS.get(name, "")):
        yield from _topic(topic)
    yield from _examples(name, (context, *inner), topics)
    yield from exit_status()
    yield roff.section("See also")
    yield ", ".join((reference(PROGRAM, 1), *FORMATS))
    yield from _see(name, topics)


def _synopsis(*usages: tuple[click.Context, str]) -> Iterator[str]:
    yield roff.section("Synopsis")
    for context, rest in usages:
        yield ".PP"
        yield f"{roff.bold(context.command_path.split(' [')[0])} {roff.plain(rest)}"


def _usage(context: click.Context) -> str:
    return " ".join(context.command.collect_usage_pieces(context))


def _options(context: click.Context, besides: click.Context | None = None) -> Iterator[str]:
    """Each option with its description, but none that another context has, too."""
    known = {param.name for param in besides.command.get_params(besides)} if besides else set()
    for param in context.command.get_params(context):
        if isinstance(param, click.Option) and param.name not in known:
            yield from _option(param, context)


def _option(option: click.Option, context: click.Context) -> Iterator[str]:
    if (record := option.get_help_record(context)) is None:
        return
    names, says = record
    if isinstance(option.type, click.Choice):
        # Click shows the choices instead of a name, which no line has room for.
        names = f"{', '.join(option.opts)} {option.opts[-1].lstrip('-').upper()}"
        says = f"{says} One of {', '.join(map(str, option.type.choices))}."
    yield from roff.entry(roff.bold(names), says)


def _ways_to_open(topic: str) -> Iterator[str]:
    """The options that click does not see, such as --restricted, as the manual lists them."""
    for left, right in markdown.table(topic):
        if words := re.fullmatch(r"`imr-tui (--.+)`", left):
            yield from roff.entry(roff.bold(words[1]), f"{right[0].upper()}{right[1:]}.")


def _topic(topic: str) -> Iterator[str]:
    yield roff.section(topic.split("\n")[0].lstrip("# "))
    for heading, text in markdown.parts(topic).items():
        if heading:
            yield roff.subsection(heading)
        yield from markdown.to_roff(text)


def _examples(
    name: str, contexts: tuple[click.Context, ...], topics: dict[str, str]
) -> Iterator[str]:
    """The example of the command, and the command lines in the manual."""
    epilogs = (each.command.epilog or "" for each in contexts)
    found = [each.removeprefix("Example: ") for each in epilogs if each]
    pattern = re.compile(rf"^(imr-tui {name}(?: .*)?)$", re.MULTILINE)
    for topic in topics.values():
        for block in re.findall(r"^```\w*\n(.*?)^```$", topic, re.MULTILINE | re.DOTALL):
            found += pattern.findall(block)
    yield roff.section("Examples")
    yield from roff.example(dict.fromkeys(found))


def exit_status() -> Iterator[str]:
    """The exit codes, as the manual lists them."""
    yield roff.section("Exit status")
    text = markdown.parts(manual()["commands"])["Output and exit codes"]
    for code, meaning in markdown.table(text):
        yield from roff.entry(roff.bold(code), f"{meaning[0].upper()}{meaning[1:]}.")


def _see(name: str, topics: dict[str, str]) -> Iterator[str]:
    near = [topic for topic, text in topics.items() if f"imr-tui {name}" in text]
    if near:
        listed = ", ".join(f"`imr-tui help {topic}`" for topic in near)
        yield from roff.paragraph(f"In the manual: {listed}.")


def paragraphs(command: click.Command) -> list[str]:
    """The paragraphs of the help of a command."""
    return re.split(r"\n\s*\n", (command.help or "").strip())


def lowered(sentence: str) -> str:
    """A sentence as the name line of a page has it."""
    return (sentence[0].lower() + sentence[1:]).rstrip(".")


def reference(name: str, number: int) -> str:
    """The name of a page with its section."""
    return rf"{roff.bold(name)}({number})"


FORMATS = [reference("imr-tui.toml", 5), reference("imr-case", 5)]
"""The pages of section 5."""
