"""`python -m tests.animation.program`: the demonstration at a fixed time, without hunspell."""

import sys

from imr_tui.cli import main
from imr_tui.cli.runtime import open_app
from imr_tui.store.spelling import hunspell
from tests.animation.script import NOW

if __name__ == "__main__":
    open_app._now = lambda: NOW
    hunspell.PROGRAMS = ()
    sys.argv = ["imr-tui", "demo"]
    main()
