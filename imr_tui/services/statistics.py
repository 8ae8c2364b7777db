"""Reads what the statistics count from the cases of a folder, its log and its sealed copies."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import BadInput, ImrError
from imr_tui.model.limits import is_case_number
from imr_tui.statistics.facts import UNKNOWN, CaseFacts, Warned, facts_of
from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.case_codec import decode, misnamed
from imr_tui.store.cases.letter_file import last_written
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.signing.sealed_copies import CASE, SealedCopies
from imr_tui.store.signing.standing import read_revision
from imr_tui.store.signing.unfinished import is_unfinished
from imr_tui.store.worklist.case_files import case_names
from imr_tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, tzinfo
    from pathlib import Path

    from imr_tui.checks.setup import CheckSetup
    from imr_tui.model.case import Case
    from imr_tui.signing.events import EventName

_WRITING: tuple[EventName, ...] = ("signed", "letter written")
"""The events of the log by whose account a determination counts."""


class CountedFolder(NamedTuple):
    """What the statistics count of a folder."""

    cases: tuple[CaseFacts, ...]
    """The cases whose determination was written, by name."""
    unfinished: int
    """The number of other cases."""
    problems: tuple[str, ...]
    """Sentences about files that could not be read; they are not counted."""


def read_folder(
    folder: Path,
    zone: tzinfo | None = None,
    setup: CheckSetup | None = None,
    names: Iterable[str] | None = None,
    goes_on: Callable[[], bool] = lambda: True,
) -> CountedFolder:
    """Read the cases of `folder`; with a setup, also the rules that warn about them.

    `zone` gives the day of a time; None is that of this machine. `names` are the files, None for
    all. It ends early once `goes_on()` is false. Of a signed case the sealed text counts, also if
    the file was changed since. Raises CannotStore if the folder cannot be listed.
    """
    accounts = _accounts(folder)
    cases: list[CaseFacts] = []
    unfinished, problems = 0, []
    for name in case_names(folder) if names is None else names:
        if not goes_on():
            break
        try:
            found = _determination(folder / name, zone)
        except ImrError as error:
            problems.append(clean_line(str(error)))
            continue
        if found is None:
            unfinished += 1
            continue
        case, written = found
        warned = _warned(case, setup) if setup is not None else ()
        cases.append(facts_of(case, written, accounts.get(case.number, UNKNOWN), warned))
    return CountedFolder(tuple(cases), unfinished, tuple(problems))


def _determination(path: Path, zone: tzinfo | None) -> tuple[Case, date | None] | None:
    """The case as it was determined, and the day; None if it is not written yet.

    An imported letter counts from its decision date. Raises BadInput, CannotStore.
    """
    if (sealed := _sealed(path)) is not None:
        case, moment = sealed
        return case, moment.astimezone(zone).date()
    case = decode(read_bytes(path), path)
    if says := misnamed(path, case):
        raise BadInput(says)
    if written := last_written(path):
        return case, datetime.fromisoformat(written).astimezone(zone).date()
    return (case, case.particulars.decision_date) if case.particulars.imported else None


def _sealed(path: Path) -> tuple[Case, datetime] | None:
    """The last signed text of a case and when it was signed; None if it was not signed."""
    if not is_case_number(path.stem):
        return None
    copies = SealedCopies(path.parent, path.stem)
    revisions = copies.revisions()
    if revisions and is_unfinished(path.parent, path.stem):
        # The newest one may belong to a signature that was never finished.
        marked = decode(read_bytes(path), path).signature
        revisions = [each for each in revisions if marked and each <= marked.revision]
    if not revisions:
        return None
    sealed, manifest = read_revision(copies, revisions[-1])
    return decode(sealed.case, copies.file(revisions[-1], CASE)), manifest.signed_at


def _accounts(folder: Path) -> Mapping[str, str]:
    """The account that signed each case or wrote its letter last; only logins, never names."""
    log = AuditLog(folder)
    # By name, which the log finds without parsing its other lines.
    events = (event for name in _WRITING for event in log.events(name=name))
    return {each.case: each.account for each in sorted(events, key=attrgetter("seq"))}


def _warned(case: Case, setup: CheckSetup) -> Iterable[Warned]:
    """The warnings of a check, and those that the reviewer accepted."""
    from imr_tui.checks.rule import RULES
    from imr_tui.services.check_case import check_case

    for finding in check_case(case, setup):
        if finding.severity == "warning":
            yield Warned(f"{finding.rule.id} {finding.rule.slug}", finding.place.item)
    for key in case.acknowledged:
        rule, _, item = key.partition("-")
        name = f"{rule} {RULES[rule].slug}" if rule in RULES else rule
        yield Warned(name, int(item) - 1 if item else None)
