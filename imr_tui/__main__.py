"""`python -m imr_tui` is `imr-tui`."""

from imr_tui.cli import main

main()
