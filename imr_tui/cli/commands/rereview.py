"""`imr-tui rereview`: begins the new review that an order requires."""

from datetime import date
from pathlib import Path

import click

from imr_tui.cli.output import say, tell
from imr_tui.cli.parameters import CasePath, Day, case_folder_option
from imr_tui.cli.signing_setup import claimed, local_now, settle_folder, trust_of
from imr_tui.services.open_case import Target, resolve_case
from imr_tui.services.rereview_case import Order, begin_rereview


@click.command(
    epilog="Example: imr-tui rereview CM14-0187654 --number CM26-0000007 --ordered 3/2/2026 "
    '--facts "The surgery was denied before."'
)
@click.argument("case", type=CasePath())
@case_folder_option
@click.option("--number", required=True, help="Number of the new case.")
@click.option("--ordered", type=Day(), required=True, help="Date of the order for a new review.")
@click.option("--facts", required=True, help="The facts that the order found wrong.")
def rereview(case: Path, number: str, ordered: date, facts: str) -> int:
    """Begin an ordered review of a signed case.

    CASE is a signed case; it does not change. The new case takes over its parties, documents
    and requests. Decisions, rationales, credentials and attestations start blank.
    """
    target = resolve_case(case)
    settle_folder(target.folder.path)
    new = Target(target.folder.path_of(number), target.folder, number)
    order = Order(ordered, facts)
    with claimed(new):
        path = begin_rereview(target.path, number, order, trust_of(target.folder), local_now())
    say(str(path))
    tell("Enter the dates on which it was assigned and the records were received.")
    return 0
