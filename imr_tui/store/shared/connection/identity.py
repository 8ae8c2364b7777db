"""Which state of the shared store a server has, to tell a former primary from the present one."""

from __future__ import annotations

from typing import NamedTuple


class Identity(NamedTuple):
    """Epoch and timeline of a server; a higher pair is newer."""

    epoch: int
    """Incremented in the table `epoch` when the organization restores a backup."""
    timeline: int
    """Incremented by PostgreSQL when a replica is promoted."""


NEVER_SEEN = Identity(0, 0)
"""The pair of no server at all."""


class ServerFacts(NamedTuple):
    """What a server says about itself, and about the role that asks."""

    server: str
    """`host:port`."""
    instance: str
    """System identifier and start of the server: the same one may have two names."""
    is_writable: bool
    """Whether it is a primary that takes changes; the rest is unknown if not."""
    role: str = ""
    """The role whose rights count, which may be another one than that of the address."""
    is_privileged: bool = False
    """Whether row-level security does not bind the role: a superuser, or the tables' owner."""
    has_rights: bool = True
    """Whether the role may read the tables, if there are any."""
    identity: Identity = NEVER_SEEN
    schema: int = 0
    """The number of the newest migration; 0 if the tables are missing."""
