"""The pages of section 5: the files of settings, and the case file."""

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from imr_tui.cli.commands.help_topic import manual
from imr_tui.model.case import Case
from imr_tui.store import config
from imr_tui.store.config import machine_policy, profile, settings
from imr_tui.text.field_docs import field_docs
from tests.man import markdown, roff
from tests.man.commands import PROGRAM, lowered, reference
from tests.man.schema import Key, keys

_FOLDER_FILE = f".imr/{settings.FILE}"
_PROFILE_FILE = f".imr/accounts/LOGIN/{profile.FILE}"


def file_pages() -> Iterator[tuple[str, str]]:
    """The name and the content of each page of section 5."""
    topics = manual()
    summary = lowered(topics["settings"].split("\n")[2])
    yield "imr-tui.toml.5", roff.page("imr-tui.toml", 5, summary, _settings(topics["settings"]))
    summary = lowered(topics["case-file"].split("\n")[2])
    yield "imr-case.5", roff.page("imr-case", 5, summary, _case(topics["case-file"]))


def _settings(topic: str) -> Iterator[str]:
    parts = markdown.parts(topic)
    yield roff.section("Synopsis")
    for path in (str(machine_policy.FILE), f"FOLDER/{_FOLDER_FILE}", f"FOLDER/{_PROFILE_FILE}"):
        yield ".PP"
        yield roff.italic(path)
    yield roff.section("Description")
    yield from roff.paragraph(
        "These files are TOML. Every key is optional. An unknown key is refused with its line. "
        "`imr-tui settings --show-origin` lists the values in force."
    )
    for heading, text in parts.items():
        if not heading:
            yield from markdown.to_roff(text)
            continue
        yield roff.section(heading.partition(":")[0])
        if _FOLDER_FILE in heading:
            yield from _keys(config.SettingsFile)
        if str(machine_policy.FILE) in heading:
            yield from _keys(config.HostFile, field_docs(machine_policy.Host))
        yield from markdown.to_roff(_without_keys(text))
    yield roff.section("The profile")
    yield from roff.paragraph(
        f"`{_PROFILE_FILE}` holds what imr-tui asked a reviewer at first. "
        "`p` on the worklist shows and changes it."
    )
    yield from _keys(config.Profile)
    yield from _see()


def _without_keys(text: str) -> str:
    """A part of the manual without its table of keys, which the page has with types."""
    return "\n".join(line for line in text.split("\n") if not line.startswith("|"))


def _case(topic: str) -> Iterator[str]:
    parts = markdown.parts(topic)
    (example,) = (each for each in markdown.blocks(parts[""]) if each.startswith("```"))
    yield roff.section("Synopsis")
    yield roff.italic("FOLDER/NUMBER.toml")
    yield roff.section("Description")
    yield from markdown.to_roff(parts[""].replace(example, ""))
    yield roff.section("Keys")
    yield from _keys(Case)
    yield from _tables(Case, "")
    yield roff.section("Example")
    yield from markdown.to_roff(example)
    for heading, text in parts.items():
        if heading:
            yield roff.section(heading.replace("`", ""))
            yield from markdown.to_roff(text)
    yield from _see()


def _tables(model: type[BaseModel], above: str) -> Iterator[str]:
    """The tables below a model, each with its keys, and then those below it."""
    for key in keys(model):
        if key.table is not None:
            path = f"{above}{key.name}"
            yield roff.subsection(f"`{key.header.format(path)}`")
            yield from roff.paragraph(key.says)
            yield from _keys(key.table)
            yield from _tables(key.table, f"{path}.")


def _keys(model: type[BaseModel], docs: Mapping[str, str] | None = None) -> Iterator[str]:
    for key in keys(model, docs):
        if key.table is None:
            yield from roff.entry(roff.bold(key.name), key.says, _value(key))


def _value(key: Key) -> str:
    """The type, default and necessity of a key, in sentences."""
    default = f" Default: `{key.default}`." if key.default else ""
    required = " Required." if key.is_required else ""
    return f"{key.kind[0].upper()}{key.kind[1:]}.{default}{required}"


def _see() -> Iterator[str]:
    yield roff.section("See also")
    others = [reference("imr-tui.toml", 5), reference("imr-case", 5)]
    yield ", ".join((reference(PROGRAM, 1), reference(f"{PROGRAM}-settings", 1), *others))
