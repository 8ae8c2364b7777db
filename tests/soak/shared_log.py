"""Logs every save and every claim in the shared store by triggers, and judges them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import psycopg

from imr_tui.store.cases.case_codec import decode

TRIGGERS = """
create table log_saves (
    id bigint generated always as identity, number text, revision bigint, session text,
    sequence bigint, body bytea, holder text, expires timestamptz,
    began timestamptz default statement_timestamp()
);
create table log_claims (
    id bigint generated always as identity, number text, before text, ended timestamptz,
    before_fence bigint, session text, fence bigint, at timestamptz default clock_timestamp()
);
create function log_save() returns trigger language plpgsql security definer as $$
begin
    insert into log_saves (number, revision, session, sequence, body, holder, expires)
    select new.number, new.revision, new.session, new.sequence, new.body,
        (select session from claims where number = new.number),
        (select expires from claims where number = new.number);
    return null;
end $$;
create function log_claim() returns trigger language plpgsql security definer as $$
begin
    insert into log_claims (number, before, ended, before_fence, session, fence)
    values (new.number, old.session, old.expires, old.fence, new.session, new.fence);
    return null;
end $$;
create trigger log_save after insert or update of body on cases
    for each row execute function log_save();
create trigger log_claim after update of fence on claims
    for each row when (new.fence <> old.fence) execute function log_claim();
"""
"""Superusers make them: the app's roles cannot see what they write, nor do without it."""


class Save(NamedTuple):
    """A save that the store accepted."""

    revision: int
    session: str
    words: frozenset[str]
    body: bytes
    is_of_holder: bool
    """Whether the session had the case, with a lease that had not ended when the save began.

    Until the save is done, nobody else can claim the case. Also true of a new case.
    """


class StoreLog:
    """Looks behind the app's back, as a superuser."""

    def __init__(self, socket_directory: str, port: int) -> None:
        self._connection = psycopg.connect(
            host=socket_directory, port=port, user="postgres", dbname="imr", autocommit=True
        )

    def install(self) -> None:
        """Make the triggers."""
        self._connection.execute(TRIGGERS)

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def end_leases(self, number: str) -> None:
        """Let the lease on a case end now, as the clock would."""
        self._connection.execute(
            "update claims set expires = clock_timestamp() where number = %s", [number]
        )

    def saves(self, number: str) -> Sequence[Save]:
        """All accepted saves of a case, in order."""
        rows = self._connection.execute(
            "select revision, session, body, holder, expires > began from log_saves"
            " where number = %s order by id",
            [number],
        ).fetchall()
        return [
            Save(
                row[0],
                row[1],
                words_of(row[2]),
                row[2],
                row[0] == 1 or (row[3] == row[1] and bool(row[4])),
            )
            for row in rows
        ]

    def double_claims(self, number: str) -> int:
        """How often a case was claimed by a session while another one had it."""
        sql = """
            select count(*) from log_claims
            where number = %s and before <> '' and before <> session and ended > at
        """
        return int(self._one(sql, number))

    def claims(self, number: str) -> int:
        """How often a case changed its holder."""
        return int(self._one("select count(*) from log_claims where number = %s", number))

    def _one(self, sql: Any, number: str) -> Any:
        row = self._connection.execute(sql, [number]).fetchone()
        assert row is not None
        return row[0]


def words_of(body: bytes) -> frozenset[str]:
    """The words in the summary of a case file."""
    return frozenset(decode(bytes(body), "it").summary.text.split())


def faults(number: str, saves: Sequence[Save], given_up: Collection[str]) -> Iterator[str]:
    """What is wrong with the history of a case; `given_up`: words that a reviewer gave up."""
    for save in saves:
        if not save.is_of_holder:
            yield f"double holder: {save.session} saved {number} without having it"
    for earlier, later in pairwise(saves):
        if later.revision not in (earlier.revision, earlier.revision + 1):
            yield f"revisions of {number}: {earlier.revision}, then {later.revision}"
        if lost := earlier.words - later.words - set(given_up):
            yield f"lost in revision {later.revision} of {number}: {', '.join(sorted(lost))}"
