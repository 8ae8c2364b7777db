"""A part of the campaign on two hosts, and that it sees what is wrong."""

import pytest

from imr_tui.store.cases.case_codec import encode
from tests.soak import shared_schedules
from tests.soak.shared_log import Save, faults
from tests.store.shared.hosts import written

pytestmark = pytest.mark.process


def save(revision: int, text: str, *, is_of_holder: bool = True) -> Save:
    return Save(revision, "session", frozenset(text.split()), encode(written(text)), is_of_holder)


@pytest.mark.parametrize(
    ("saves", "given_up", "expected"),
    [
        ([save(1, "a"), save(2, "a b")], "", ""),
        ([save(1, "a"), save(2, "b")], "a", ""),
        ([save(1, "a"), save(2, "b")], "", "lost in revision 2"),
        ([save(1, "a"), save(3, "a")], "", "revisions"),
        ([save(1, "a"), save(2, "a", is_of_holder=False)], "", "double holder"),
    ],
)
def test_a_wrong_history_is_seen(saves: list[Save], given_up: str, expected: str) -> None:
    found = list(faults("CM26-0000001", saves, given_up.split()))
    assert len(found) == bool(expected)
    assert all(expected in says for says in found)


@pytest.mark.slow
@pytest.mark.usefixtures("can_run_servers")
def test_nothing_is_lost_on_two_hosts() -> None:
    *_, lost, doubles = lines = list(shared_schedules.campaign(short=True))
    assert lost.split()[-1] == doubles.split()[-1] == "0", "\n".join(lines)
    counted = {line.rsplit(maxsplit=1)[0].strip(): line.split()[-1] for line in lines}
    assert int(counted["schedules"]) == shared_schedules.SHORT
    assert int(counted["shared states"]) > 0
    assert int(counted["saves"]) > int(counted["schedules"])
