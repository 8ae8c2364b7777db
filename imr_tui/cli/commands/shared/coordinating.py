"""`imr-tui shared check` and `assign`: verify texts, and give cases to reviewers."""

from __future__ import annotations

import click

from imr_tui.cli.output import say, tell
from imr_tui.cli.progress import with_progress
from imr_tui.errors import EXIT_FINDINGS
from imr_tui.services.shared.coordination import assign_cases, count_texts, verify_texts
from imr_tui.services.shared.store import database
from imr_tui.store.config.machine_policy import load_host
from imr_tui.text.sanitize import clean_line


@click.command(epilog="Example: imr-tui shared check")
def check() -> int:
    """Compare every text with its digest.

    Names the cases, versions and files that differ; the exit code is then 1.
    """
    store = database(load_host())
    count = broken = 0
    try:
        for text in with_progress(verify_texts(store), count_texts(store), "Checking"):
            count += 1
            if not text.is_intact:
                broken += 1
                say(clean_line(f"{text.name}: differs from its digest"))
    finally:
        store.close()
    tell(f"{count - broken:,} of {count:,} texts are intact.")
    return EXIT_FINDINGS if broken else 0


@click.command(epilog="Example: imr-tui shared assign CM26-0190442 --to alice")
@click.argument("numbers", nargs=-1, required=True, metavar="NUMBER...")
@click.option("--to", "reviewer", required=True, metavar="ROLE", help="The role of the reviewer.")
def assign(numbers: tuple[str, ...], reviewer: str) -> int:
    """Give cases to a reviewer.

    If one of them cannot be assigned, none is.
    """
    store = database(load_host())
    try:
        assigned = assign_cases(store, numbers, reviewer)
    finally:
        store.close()
    for number in dict.fromkeys(numbers):
        say(f"{number}: {'assigned' if number in assigned else 'was assigned before'}")
    return 0
