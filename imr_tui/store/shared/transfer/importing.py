"""Copies cases of a folder into the shared store, several in one transaction."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.store.history.versions import Event
from imr_tui.store.shared.transfer.outcome import Outcome, conflict, copied, same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from imr_tui.store.shared.cases.audit import SharedAudit
    from imr_tui.store.shared.cases.columns import Columns
    from imr_tui.store.shared.connection.database import Database

_MAX_CASES = 100
"""How many cases one transaction has at most; what an interrupted import loses."""
_MAX_BYTES = 4_000_000
"""After how many bytes a transaction ends."""
_SECONDS = 60.0
"""How long a transaction may take."""
_THERE = """
select number, digest,
    array(select path from files where files.number = cases.number order by path),
    array(select digest from files where files.number = cases.number order by path)
from cases where number = any(%(numbers)s)
"""
# A case that another session creates meanwhile is left alone.
_CREATE = """
insert into cases (number, reviewer, body, digest, due, rank, state, priority, items, decided,
    words, prose, shown, session, sequence)
select number, %(reviewer)s, body, sha256(body), due::date, rank, state, priority, items, decided,
    words, prose, shown::jsonb, %(session)s, 0
from unnest(%(numbers)s::text[], %(bodies)s::bytea[], %(due)s::text[], %(rank)s::smallint[],
    %(state)s::text[], %(priority)s::text[], %(items)s::integer[], %(decided)s::integer[],
    %(words)s::text[], %(prose)s::text[], %(shown)s::text[])
    as each (number, body, due, rank, state, priority, items, decided, words, prose, shown)
on conflict (number) do nothing
returning number
"""
_CREATE_VERSIONS = """
insert into versions (number, reviewer, version, event, body, digest)
select number, reviewer, 1, %(event)s, body, digest from cases where number = any(%(created)s)
"""
_CREATE_FILES = """
insert into files (number, reviewer, path, body, digest)
select number, reviewer, path, sent, sha256(sent)
from unnest(%(owners)s::text[], %(paths)s::text[], %(contents)s::bytea[])
    as each (number, path, sent)
join cases using (number)
"""


class CaseFiles(NamedTuple):
    """A case of a folder, byte by byte."""

    number: str
    """Its number."""
    body: bytes
    """Its case file."""
    files: Mapping[str, bytes]
    """Its other files, by their path in the folder."""
    columns: Callable[[], Columns]
    """Computes what the shared store knows of it besides, which takes long."""

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.body) + sum(map(len, self.files.values()))


class _There(NamedTuple):
    """What the shared store has of a case."""

    digest: bytes
    files: Mapping[str, bytes]
    """The digests of its files, by path."""


class Importer:
    """Adds cases to the shared store, and leaves alone those that it has."""

    def __init__(self, database: Database, audit: SharedAudit, reviewer: str = "") -> None:
        """`reviewer` is the role that gets the cases; blank for nobody."""
        self._database = database
        self._audit = audit
        self._reviewer = reviewer

    def add(self, cases: Iterable[CaseFiles]) -> Iterator[Outcome]:
        """What became of each case; raises Unreachable, and then all of it can be repeated."""
        for batch in _batches(cases):
            yield from self._add(batch)

    def _add(self, batch: list[CaseFiles]) -> list[Outcome]:
        there = self._there(batch)
        created = self._create([case for case in batch if case.number not in there])
        if len(there) + len(created) < len(batch):
            # Another session created one since the batch was looked up.
            there = self._there(batch)
        return [
            copied(case.number) if case.number in created else _compared(case, there[case.number])
            for case in batch
        ]

    def _there(self, batch: list[CaseFiles]) -> dict[str, _There]:
        """Those of the cases that the shared store has."""
        found = self._database.run(_THERE, {"numbers": [case.number for case in batch]})
        return {
            number: _There(digest, dict(zip(paths, digests, strict=True)))
            for number, digest, paths, digests in found
        }

    def _create(self, cases: list[CaseFiles]) -> frozenset[str]:
        """Create cases with all that belongs to them; returns the numbers of those created."""
        if not cases:
            return frozenset()
        # Computed before the transaction, whose time is limited.
        values = {**_values(cases), "reviewer": self._reviewer, "session": self._audit.session}
        with self._database.transaction(_SECONDS):
            created = frozenset(number for (number,) in self._database.run(_CREATE, values))
            kept = {"created": sorted(created), "event": Event.IMPORTED.value}
            self._database.run(_CREATE_VERSIONS, kept)
            self._create_files([case for case in cases if case.number in created])
            self._audit.append_of_cases(sorted(created), "imported")
        return created

    def _create_files(self, cases: list[CaseFiles]) -> None:
        files = [(case.number, *file) for case in cases for file in case.files.items()]
        if files:
            owners, paths, contents = map(list, zip(*files, strict=True))
            values = {"owners": owners, "paths": paths, "contents": contents}
            self._database.run(_CREATE_FILES, values)


def _values(cases: list[CaseFiles]) -> dict[str, object]:
    """Each column as an array."""
    columns = [case.columns()._asdict() for case in cases]
    arrays: dict[str, object] = {name: [row[name] for row in columns] for name in columns[0]}
    arrays["numbers"] = [case.number for case in cases]
    arrays["bodies"] = [case.body for case in cases]
    return arrays


def _compared(case: CaseFiles, there: _There) -> Outcome:
    if there.digest != _digest(case.body):
        return conflict(case.number, "the shared store has another text")
    for path, data in case.files.items():
        if path not in there.files:
            return conflict(case.number, f"the shared store has the case without {path}")
        if there.files[path] != _digest(data):
            return conflict(case.number, f"the shared store has another {path}")
    return same(case.number)


def _batches(cases: Iterable[CaseFiles]) -> Iterator[list[CaseFiles]]:
    batch: list[CaseFiles] = []
    size = 0
    for case in cases:
        batch.append(case)
        size += case.size
        if len(batch) >= _MAX_CASES or size >= _MAX_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
