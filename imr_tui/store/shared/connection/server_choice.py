"""Decides which of the servers that answered is the primary, and whether it may be used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from imr_tui.errors import BadInput, Unreachable
from imr_tui.store.shared.connection.sentences import STILL_WORKS, unreachable
from imr_tui.store.shared.schema.files import SCHEMA

if TYPE_CHECKING:
    from imr_tui.store.shared.connection.identity import Identity, ServerFacts


class SchemaTooNew(BadInput):
    """The shared store was changed by a newer program; nothing was sent to it."""


def primary(answers: Sequence[ServerFacts]) -> ServerFacts:
    """The writable server with the highest epoch and timeline; raises Unreachable.

    Two servers with the same pair are refused: neither is known to be the primary.
    """
    if not (writable := [facts for facts in answers if facts.is_writable]):
        names = " and ".join(facts.server for facts in answers)
        raise unreachable(names, "takes no changes now: it is a replica, or read-only")
    newest = max(writable, key=lambda facts: facts.identity)
    same = [facts for facts in writable if facts.identity == newest.identity]
    if len({facts.instance for facts in same}) > 1:
        names = " and ".join(facts.server for facts in same)
        raise Unreachable(f"{names} both say that they are the primary. {STILL_WORKS}")
    return newest


def require_usable(facts: ServerFacts, role: str, remembered: Identity) -> None:
    """Raise BadInput for a role or a schema that the app must not use.

    Raises Unreachable if the server is older than the pair that this folder `remembered`.
    """
    _require_role(facts, role)
    if facts.schema == 0:
        raise BadInput(
            f"The database on {facts.server} holds no cases yet. Nothing was sent. Ask your site "
            "to run `imr-tui shared init`."
        )
    if facts.identity < remembered:
        raise Unreachable(
            f"The server {facts.server} is a former primary of the shared store, so nothing was "
            f"read or sent. {STILL_WORKS}"
        )
    _require_schema(facts.schema)


def _require_role(facts: ServerFacts, role: str) -> None:
    if facts.role != role:
        raise BadInput(
            f"The server turned the role {role} into {facts.role}, so nothing was sent. Ask your "
            "site to correct it."
        )
    if facts.is_privileged:
        raise BadInput(
            f"The database role {role} may see every row, so nothing was sent. Ask your site for "
            "a member of imr_reviewer or imr_coordinator."
        )
    if not facts.has_rights:
        raise BadInput(
            f"The database role {role} has no rights in the shared store. Nothing was sent. Ask "
            "your site to add it to imr_reviewer."
        )


def _require_schema(schema: int) -> None:
    if schema > SCHEMA:
        raise SchemaTooNew(
            f"The shared store has schema {schema}, but this program knows {SCHEMA}. Nothing was "
            "sent. Install the newer imr-tui."
        )
    if schema < SCHEMA:
        raise BadInput(
            f"The shared store has schema {schema}, but this program needs {SCHEMA}. Nothing was "
            "sent. Ask your site to run `imr-tui shared migrate`."
        )
