"""The command line: thin commands over the layers below.

Data goes to standard output, talk to standard error. Exit codes: 0 fine, 1 findings or
incomplete, 2 usage, 3 bad input, 4 cannot read or write, 5 locked or conflicting, 70 our bug.
"""

from imr_tui.store.maintenance import gc_control


def main() -> None:
    """Run the command; every ending has its exit code, and none a traceback."""
    gc_control.begin()
    from imr_tui.cli.dispatch import run

    run()
