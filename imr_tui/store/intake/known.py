"""The case numbers and assignments of a folder, read once for many assignments."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import ImrError
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.intake.received import RECEIVED, intake_folder, numbers_in
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes
from imr_tui.store.worklist.case_files import case_names

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = re.compile(
    rb'schema = \d+\n\n\[case\]\nnumber = "([^"\\\n]+)"\n'
    rb'(?:assignment = "([^"\\\n]*)"\n|(?!assignment))'
)
"""How a case file of this program begins; other files are decoded."""


class Known(NamedTuple):
    """Which file has which number, and which number has which assignment."""

    files: dict[str, str]
    """The name of the case file that has or holds a number, by the number in lower case."""
    assignments: dict[str, str]
    """The id of the assignment of a case, by the number in lower case; blank if it has none."""
    numbers: dict[str, str]
    """The number of the case of an assignment, by its id."""

    def note(self, number: str, assignment: str, file: str = "") -> None:
        """Note the assignment of a number, and the file if it has one."""
        folded = number.casefold()
        if file:
            self.files.setdefault(folded, file)
        if assignment or folded not in self.assignments:
            self.assignments[folded] = assignment
        if assignment:
            self.numbers.setdefault(assignment, number)


def known(folder: Path) -> Known:
    """Read which numbers and assignments a folder of cases has; raises CannotStore.

    What was received counts more than what a case file says, which a reviewer may have changed.
    """
    found = Known({}, {}, {})
    kept = intake_folder(folder) / RECEIVED
    for number in numbers_in(kept):
        _, assignment = _head(kept / f"{number}{SUFFIX}")
        found.note(number, assignment)
    for name in case_names(folder):
        stem = PurePath(name).stem
        held, assignment = _head(folder / name)
        for number in dict.fromkeys((stem, held or stem)):
            given = found.assignments.get(number.casefold(), "") or assignment
            found.note(number, given, name)
    return found


def _head(path: Path) -> tuple[str, str]:
    """The number and the assignment in a case file; blank if it cannot be read."""
    with suppress(ImrError, UnicodeDecodeError):
        data = read_bytes(path)
        if head := _HEAD.match(data):
            return head[1].decode(), (head[2] or b"").decode()
        particulars = decode(data, path).particulars
        return particulars.number, particulars.assignment
    return "", ""
