"""`imr-tui guidelines`: searches the catalogue as the citation screen does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from imr_tui.catalogue.in_force import badge, remark, versions_in_force
from imr_tui.catalogue.search import Hit, index
from imr_tui.cli.output import say, tell
from imr_tui.cli.pager import show
from imr_tui.cli.parameters import Day, folder_option
from imr_tui.errors import EXIT_FINDINGS
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_state import load_recent
from imr_tui.store.config.site_catalogue import load_catalogue

if TYPE_CHECKING:
    from imr_tui.catalogue.catalogue import Catalogue

JSON_SCHEMA = 1
"""The version of the JSON that this command prints."""


@click.command(epilog="Example: imr-tui guidelines low back mri --on 2026-06-02")
@click.argument("words", nargs=-1)
@click.option("--on", type=Day(), help="Rank versions in force on this day first.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="Maximum number of results.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@folder_option
def guidelines(
    words: tuple[str, ...], on: date | None, limit: int, as_json: bool, folder: Path
) -> int:
    """Search the guidelines.

    Finds guidelines that contain all WORDS, in any order. The exit code is 1 if
    nothing is found.
    """
    place = Folder(folder)
    catalogue = load_catalogue(place)
    hits = index(catalogue).search(" ".join(words), on, load_recent(place), limit)
    if as_json:
        found = [plain(catalogue, hit, on) for hit in hits]
        day = {"on": str(on) if on else None, "as_of": str(catalogue.as_of)}
        say(json.dumps({"schema": JSON_SCHEMA, **day, "guidelines": found}, indent=2))
    elif hits:
        show("\n".join(line for hit in hits for line in lines(catalogue, hit, on)))
    if not hits:
        tell(f"no guideline contains all of these words: {' '.join(words)}.")
    elif on is not None:
        tell(f"in force on {on}. Catalogue as of {catalogue.as_of}. ? means not verified.")
    return 0 if hits else EXIT_FINDINGS


def plain(catalogue: Catalogue, hit: Hit, on: date | None) -> dict[str, Any]:
    """One hit for JSON; dates are ISO 8601, `force` is null without a day."""
    guideline, topic = hit.guideline, hit.topic
    begins, ends = guideline.effective_from, guideline.effective_to
    then = versions_in_force(catalogue, guideline, on) if on else ()
    return {
        "id": guideline.id,
        "kind": guideline.kind,
        "title": guideline.title,
        "printed": guideline.printed,
        "organization": guideline.organization,
        "year": guideline.year,
        "section": guideline.section,
        "pages": guideline.pages,
        "topic": topic.title if topic else None,
        "topic_pages": topic.pages if topic else None,
        "effective_from": str(begins) if begins else None,
        "effective_to": str(ends) if ends else None,
        "end_known": guideline.end_known,
        "force": guideline.force(on) if on else None,
        "in_force_then": [each.id for each in then],
        "as_of": str(guideline.as_of),
        "verified": guideline.verified,
        "site": guideline.is_site,
    }


def lines(catalogue: Catalogue, hit: Hit, on: date | None) -> Iterable[str]:
    """One hit as text: its name, when it was in force, and the version in force instead."""
    guideline, topic = hit.guideline, hit.topic
    marks = [badge(guideline, on), "site" if guideline.is_site else ""]
    yield "  ".join(part for part in (guideline.id, guideline.name, *marks) if part)
    if topic is not None:
        yield f"    {topic.name}"
    if guideline.effective_from is not None:
        until = guideline.effective_to or ("..." if guideline.end_known else "unknown")
        yield f"    {guideline.effective_from} to {until}; {guideline.source}"
    if other := remark(catalogue, guideline, on):
        yield f"    {other}"
