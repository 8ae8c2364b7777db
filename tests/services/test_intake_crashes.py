"""Kill -9 while assignments are taken in: the same command again gives the same cases."""

import pytest

from tests.soak import crashes, intake
from tests.soak.order import commits
from tests.soak.signing import KILL

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not crashes.available(), reason="strace is not here or may not trace"),
]
CHANGES = ("linkat", "rename", "renameat2", "unlinkat", "ftruncate", "fsync")
"""System calls that make, or complete, a change."""


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_killed_intake_is_completed_by_the_next() -> None:
    with intake.staged() as stage:
        found = [each for each in stage.points() if each.what == KILL and each.call in CHANGES]
        assert len(found) > 50
        for point in found[:: len(found) // 12]:
            assert intake.fault(stage, point) == "", point


@pytest.mark.slow
def test_every_file_comes_to_its_place_in_the_right_order() -> None:
    with intake.staged() as stage:
        stage.points()
        lines = stage.template.with_name("trace").read_text(errors="backslashreplace").splitlines()
    found = list(commits([f"1 {line}" for line in lines]))
    assert {says for _, says in found} == {""}
    assert sum(name.endswith(".toml") for name, _ in found) > 10


@pytest.mark.slow
def test_a_difference_is_seen() -> None:
    with intake.staged() as stage:
        stage.reset()
        assert intake._differs(stage)
        assert "writes" in intake._is_unsettled(stage)
        stage.take_in()
        assert intake._differs(stage) == intake._is_unsettled(stage) == ""
        (stage.cases / ".imr" / "intake" / "received" / "CM26-5.toml").write_bytes(b"changed")
        assert "CM26-5" in intake._is_unrecorded(stage)
