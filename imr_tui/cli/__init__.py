"""The command line: thin commands over the layers below.

Data on stdout, messages on stderr. Exit codes: 0 success, 1 findings or incomplete, 2 usage,
3 bad input, 4 cannot read or write, 5 locked or conflicting, 70 internal error.
"""

from imr_tui.store.maintenance import gc_control


def main() -> None:
    """Run the command line; every failure ends with an exit code, never with a traceback."""
    gc_control.pause()
    from imr_tui.cli.dispatch import run

    run()
