"""What a session works with: a case, a machine with a shared store, and words to type."""

import os
import pwd
import random
import string
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Literal

from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.config.machine_policy import FILE as HOST_FILE
from imr_tui.store.toml_files import toml
from tests.bench.samples import SEED, case_at, make_folder
from tests.soak.failures.sites import ROLE

Place = Literal["summary", "rationale", "item", "complete"]
"""Where is typed: a text, the form of an item, or the summary of a case that is complete."""
LINE = 100
"""Words of a paragraph, about."""
_PROGRAM = (
    "from pathlib import Path; from imr_tui.store.config.machine_policy import load_host; "
    "load_host.__defaults__ = (Path({file!r}),); from imr_tui.cli import main; main()"
)


def case_for(home: Path, place: Place, words: int, chance: random.Random) -> Path:
    """A case in a folder of its own, whose text has so many words."""
    if place == "complete":
        return make_folder(home, SEED) / SEED.name
    path = case_at(home, "rationale" if place == "rationale" else "summary")
    if words:
        file = open_case(path)
        lines = ("".join(islice(letters(chance), 6 * LINE)).strip() for _ in range(words // LINE))
        file.save(edits.set_summary(file.case, "\n".join([*lines, ""])))
    return path


def program(home: Path, url: str) -> list[str]:
    """The app on a machine with a shared store."""
    file = home / HOST_FILE.name
    account = pwd.getpwuid(os.getuid()).pw_name
    file.write_text(toml.dumps({"shared": url, "shared_roles": {account: ROLE}}))
    return [sys.executable, "-c", _PROGRAM.format(file=str(file))]


def letters(chance: random.Random) -> Iterator[str]:
    """Words that nobody has seen before."""
    while True:
        yield from chance.choices(string.ascii_lowercase, k=chance.randint(3, 9))
        yield " "


def text_of(case: Case, place: Place) -> str:
    """The text that is typed into."""
    if place == "rationale":
        return case.items[0].rationale
    return case.items[0].request if place == "item" else case.summary.text
