"""Which of several servers is the primary, and whether it may be used."""

import pytest

from imr_tui.errors import BadInput, Unreachable
from imr_tui.store.shared.connection.identity import NEVER_SEEN, Identity, ServerFacts
from imr_tui.store.shared.connection.server_choice import (
    SchemaTooNew,
    primary,
    require_usable,
)
from imr_tui.store.shared.schema.files import SCHEMA


def facts(name: str, epoch: int, timeline: int, *, is_writable: bool = True) -> ServerFacts:
    return ServerFacts(
        name, name, is_writable, "alice", identity=Identity(epoch, timeline), schema=SCHEMA
    )


USABLE = facts("one:1", 2, 5)


@pytest.mark.parametrize(
    ("pairs", "newest"),
    [
        ([(1, 1)], 0),
        ([(1, 1), (1, 2)], 1),
        ([(1, 10), (1, 9)], 0),
        # A restored backup is newer than each timeline of the epoch before.
        ([(1, 9), (2, 1), (1, 3)], 1),
    ],
)
def test_the_highest_epoch_then_timeline_is_the_primary(
    pairs: list[tuple[int, int]], newest: int
) -> None:
    servers = [facts(f"server:{at}", *pair) for at, pair in enumerate(pairs)]
    assert primary(servers) is servers[newest]
    assert primary(servers[::-1]) is servers[newest]


def test_a_replica_is_never_chosen() -> None:
    replica = facts("two:2", 9, 9, is_writable=False)
    assert primary([replica, USABLE]) is USABLE
    with pytest.raises(Unreachable, match="two:2 takes no changes"):
        primary([replica])


def test_two_servers_with_the_same_pair_are_refused_unless_they_are_one() -> None:
    other = USABLE._replace(server="two:2", instance="two:2")
    with pytest.raises(Unreachable, match="one:1 and two:2 both say"):
        primary([USABLE, other])
    assert primary([USABLE, other, facts("three:3", 2, 6)]).server == "three:3"
    assert primary([USABLE, other._replace(instance="one:1")]) is USABLE


@pytest.mark.parametrize("seen", [Identity(2, 6), Identity(3, 1)])
def test_a_former_primary_is_refused(seen: Identity) -> None:
    with pytest.raises(Unreachable, match="former primary"):
        require_usable(USABLE, "alice", seen)


@pytest.mark.parametrize("seen", [NEVER_SEEN, Identity(1, 9), Identity(2, 4), Identity(2, 5)])
def test_a_primary_that_is_as_new_is_used(seen: Identity) -> None:
    require_usable(USABLE, "alice", seen)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"is_privileged": True}, "may see every row"),
        ({"has_rights": False}, "has no rights"),
        ({"role": "imr_owner"}, "turned the role alice into imr_owner"),
        ({"schema": 0}, "shared init"),
        ({"schema": SCHEMA - 1 or -1}, "shared migrate"),
        ({"schema": SCHEMA + 1}, "Install the newer"),
    ],
)
def test_a_role_or_a_schema_is_refused(changed: dict[str, object], why: str) -> None:
    with pytest.raises(BadInput, match=why):
        require_usable(USABLE._replace(**changed), "alice", NEVER_SEEN)  # type: ignore[arg-type]


def test_a_newer_schema_is_told_apart() -> None:
    with pytest.raises(SchemaTooNew):
        require_usable(USABLE._replace(schema=SCHEMA + 1), "alice", NEVER_SEEN)
