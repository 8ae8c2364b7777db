"""The programs that read manual pages, which may be missing."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.requirements import skip_or_fail

MAN = ("man", "lexgrog", "groff")
"""From the packages man-db and groff."""


def require_man() -> None:
    """Skip the test if a program is missing; fail if `man` is in IMR_TUI_REQUIRE."""
    missing = ", ".join(name for name in MAN if shutil.which(name) is None)
    skip_or_fail("man", missing and f"{missing}: not installed (packages man-db and groff)")


def rendered(page: Path, width: int = 80) -> tuple[str, str]:
    """A page as `man` shows it on a terminal, as plain text, and what `man` warns of."""
    done = subprocess.run(
        ["man", "--warnings=w", "-E", "UTF-8", "-l", "-Tutf8", str(page)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={
            **{"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MANWIDTH": str(width)},
            # No escape codes, and no overstriking.
            **{"GROFF_NO_SGR": "1", "MANROFFSEQ": "", "MAN_KEEP_FORMATTING": ""},
        },
    )
    return _without_overstrikes(done.stdout), done.stderr


def _without_overstrikes(text: str) -> str:
    while "\b" in text:
        at = text.index("\b")
        text = text[: at - 1] + text[at + 1 :]
    return text
