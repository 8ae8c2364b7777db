"""`imr-tui doctor`: facts about the system, problems of a folder of cases, and their fixes."""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from imr_tui.cli.output import say
from imr_tui.cli.parameters import in_folder
from imr_tui.errors import EXIT_FINDINGS, BadInput, ImrError
from imr_tui.services.signing_state import SigningState, signing_state
from imr_tui.services.spelling import checker
from imr_tui.services.verify_log import log_faults, log_state
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host, load_host
from imr_tui.store.maintenance.diagnose import Problem, examine
from imr_tui.store.maintenance.installed_files import altered, program
from imr_tui.store.safety import linux
from imr_tui.store.safety.linux import is_remote, kind_of
from imr_tui.terminal.capabilities import Colours, capabilities
from imr_tui.text.sanitize import clean_line

JSON_SCHEMA = 1
"""The version of the JSON that this command prints."""
SHOWN = 5
"""How many altered files are named."""
_SECONDS = 5.0
"""How long each server of the shared store has to answer."""

Facts = Sequence[tuple[str, str]]
"""Facts about a folder: a name and a value."""
_COLOURS: dict[Colours, str] = {
    "full": "16 million",
    "256": "256",
    "16": "16",
    "none": "none (uses reverse, bold and underline)",
}
_MULTIPLEXERS = {"TMUX": "tmux", "STY": "screen", "ZELLIJ": "zellij"}


@click.command(epilog="Example: imr-tui doctor --folder cases")
@in_folder
@click.option(
    "--repair",
    "names",
    multiple=True,
    metavar="NAME",
    help="Make this repair (a name from the report).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def doctor(folder: Path, names: tuple[str, ...], as_json: bool) -> int:
    """Check the installation and a folder of cases.

    Reports on the program, the terminal, the folder DIR (default: cases) and every file in it. Only
    --repair changes anything, and it keeps the original file. The exit code is 1 if a problem is
    found.
    """
    place = Folder(folder)
    host = load_host()
    signing = signing_state(place, host, os.environ, datetime.now(UTC))
    shared_facts, shared_problems = shared_state(host)
    problems = list(_problems(place, signing))
    done = _repaired(problems, names)
    if names:
        problems = list(_problems(place, signing))
    problems += shared_problems
    facts = [*folder_facts(place), *signing_facts(signing), *shared_facts]
    if as_json:
        say(_as_json(facts, problems, done))
    else:
        _print(facts, problems, done)
    return EXIT_FINDINGS if problems else 0


def _problems(place: Folder, signing: SigningState) -> Iterator[Problem]:
    yield from examine(place)
    yield from (Problem("log", fault) for fault in log_faults(place.path))
    yield from (Problem("signing", fault) for fault in signing.faults)
    yield from _altered()


def _altered() -> Iterator[Problem]:
    """A problem if the program's files differ from those installed."""
    dist = program()
    if names := list(altered(dist)) if dist else []:
        rest = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        listed = ", ".join(names[:SHOWN])
        says = f"Files of the program were changed: {listed}{rest}. Reinstall imr-tui."
        yield Problem("program", says)


def _repaired(problems: Sequence[Problem], names: Sequence[str]) -> list[str]:
    """Apply the fixes named; raises BadInput, before the first one, for an unknown name."""
    wanted = [problem for problem in problems if problem.name in names and problem.fix]
    if unknown := set(names) - {problem.name for problem in wanted}:
        known = ", ".join(problem.name for problem in problems if problem.fix) or "nothing"
        raise BadInput(
            f"There is no repair named {', '.join(sorted(unknown))}. Nothing was changed. "
            f"Available repairs: {known}."
        )
    return [problem.fix() for problem in wanted if problem.fix is not None]


def _print(facts: Facts, problems: Sequence[Problem], done: Sequence[str]) -> None:
    for name, value in (*program_facts(), *terminal_facts(), *facts, *spelling_facts()):
        say(f"{name:<16}{value}")
    for sentence in done:
        say(f"repaired        {sentence}")
    for problem in problems:
        # A file name may contain a tab.
        say(clean_line(f"{problem.name}: {problem.says}"))
        if problem.offer:
            say(f"    --repair {problem.name} {problem.offer} (the original file is kept)")
    say("No problems found." if not problems else f"{_count(len(problems))} found.")


def _count(problems: int) -> str:
    return "1 problem" if problems == 1 else f"{problems} problems"


def _as_json(facts: Facts, problems: Sequence[Problem], done: Sequence[str]) -> str:
    found = [
        {"name": problem.name, "problem": problem.says, "repair": problem.offer or None}
        for problem in problems
    ]
    return json.dumps(
        {
            "schema": JSON_SCHEMA,
            **dict(program_facts()),
            "terminal": dict(terminal_facts()),
            "folder": dict(facts),
            **dict(spelling_facts()),
            "repaired": list(done),
            "found": found,
        },
        indent=2,
    )


def terminal_facts() -> Iterator[tuple[str, str]]:
    """The properties of the terminal."""
    size = shutil.get_terminal_size((0, 0))
    yield "terminal", clean_line(os.environ.get("TERM", "") or "unknown (TERM is not set)")
    yield "size", f"{size.columns}x{size.lines}" if size.columns else "unknown"
    can = capabilities(os.environ)
    yield (
        "colours",
        _COLOURS[can.colours]
        if can.can_move_cursor
        else "none (the terminal cannot move the cursor)",
    )
    yield "characters", "UTF-8" if can.characters == "UTF-8" else "ASCII only"
    found = [name for variable, name in _MULTIPLEXERS.items() if os.environ.get(variable)]
    yield "multiplexer", ", ".join(found) or "none"
    yield "over ssh", "yes" if os.environ.get("SSH_CONNECTION") else "no"


def program_facts() -> Iterator[tuple[str, str]]:
    """The version of the program."""
    dist = program()
    yield "program", f"imr-tui {dist.version}" if dist else "runs from source, not from a wheel"


def spelling_facts() -> Iterator[tuple[str, str]]:
    """The spelling checker, asked about one word."""
    yield "spelling", checker()


def folder_facts(folder: Folder) -> Iterator[tuple[str, str]]:
    """The properties of the file system of `folder`."""
    yield "folder", clean_line(str(folder.path))
    remote = " (network: locks may not work across machines)"
    yield "file system", f"{kind_of(folder.path)}{remote if is_remote(folder.path) else ''}"
    yield "free", f"{shutil.disk_usage(folder.path).free // 1_000_000:,} MB"
    yield "audit log", log_state(folder.path)
    yield "can be written", "yes" if os.access(folder.path, os.W_OK) else "no"
    without = "no (another session is noticed within two minutes)"
    yield "locks", "yes" if linux.offers_locks(folder.path) else without


def shared_state(host: Host) -> tuple[Facts, Sequence[Problem]]:
    """The shared store, and what is wrong with it; nothing on a machine without one."""
    if not host.shared:
        return (), ()
    # The network, and the driver of PostgreSQL.
    from imr_tui.services.shared.status import in_words, status

    try:
        found = status(host, seconds=_SECONDS)
    except ImrError as error:
        return [("shared store", "cannot be used")], [Problem("shared", str(error))]
    problems = [Problem("shared", says) for says in found.problems]
    return [("shared store", clean_line(in_words(found)))], problems


def signing_facts(signing: SigningState) -> Iterator[tuple[str, str]]:
    """Who may sign in the folder, and the keys that can sign now."""
    yield "signers", clean_line(signing.signers)
    yield "signing keys", clean_line(signing.keys)
