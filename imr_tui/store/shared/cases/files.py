"""The files of a case in the shared store: its letter, and what belongs to its signatures."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from imr_tui.errors import CannotStore
from imr_tui.model.limits import required_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from imr_tui.store.shared.cases.leases import Lease
    from imr_tui.store.shared.connection.database import Database

_FILES = "select path, body, digest from files where number = %(number)s order by path"
_STORE = """
insert into files as kept (number, reviewer, path, body, digest)
select number, reviewer, path, sent, sha256(sent)
from cases, unnest(%(paths)s::text[], %(bodies)s::bytea[]) as each (path, sent)
where number = %(number)s
on conflict (number, path, reviewer) do update
    set body = excluded.body, digest = excluded.digest
    where kept.digest <> excluded.digest
"""


def files_of(database: Database, number: str) -> dict[str, bytes]:
    """The files of a case by their path in its folder.

    Raises CannotStore for a damaged one, Unreachable.
    """
    return intact_files(number, database.run(_FILES, {"number": required_number(number)}))


def intact_files(number: str, records: Iterable[tuple[str, bytes, bytes]]) -> dict[str, bytes]:
    """Files by path, from their paths, contents and SHA-256; raises CannotStore if one differs."""
    files = {}
    for path, body, digest in records:
        require_intact(f"{path} of {number}", body, digest)
        files[path] = body
    return files


def require_intact(what: str, body: bytes, digest: bytes) -> None:
    """Raise CannotStore unless the SHA-256 of `body` is `digest`."""
    if hashlib.sha256(body).digest() != digest:
        raise CannotStore(
            f"The shared store holds a damaged {what}: it differs from its digest. Nothing was "
            "changed. Ask your site to restore it."
        )


def store_files(database: Database, number: str, files: Mapping[str, bytes]) -> None:
    """Add files to a case, in place of those with the same paths; raises Unreachable.

    To be called in a transaction in which the session has locked its lease.
    """
    values = {"number": number, "paths": list(files), "bodies": list(files.values())}
    database.run(_STORE, values)


def write_files(database: Database, lease: Lease, files: Mapping[str, bytes]) -> None:
    """Add files to a case that this session has; raises LeaseLost, Unreachable."""
    with database.transaction():
        lease.lock()
        store_files(database, lease.number, files)
