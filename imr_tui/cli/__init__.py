"""The command line: thin commands over the layers below.

Data goes to standard output, talk to standard error. Exit codes: 0 fine, 1 findings or
incomplete, 2 usage, 3 bad input, 4 cannot read or write, 5 locked or conflicting, 70 our bug.
"""

from imr_tui.cli.main import main

__all__ = ["main"]
