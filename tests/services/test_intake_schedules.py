"""A started case is never altered, in whatever order a reviewer and an organization act."""

import tempfile
from pathlib import Path

import pytest

from imr_tui.store.intake import case_writes
from tests.services.intake_schedules import Schedule

MEMORY = Path("/dev/shm")
"""A file system that does not wait for a disk."""


def schedules(count: int) -> list[Schedule]:
    """Schedules that were run, each with its own folder; fails at the first that alters a case."""
    ran = []
    place = str(MEMORY) if MEMORY.is_dir() else None
    for seed in range(count):
        with tempfile.TemporaryDirectory(prefix="imr-schedule-", dir=place) as name:
            schedule = Schedule(Path(name), seed)
            assert schedule.run() == "", f"seed {seed}"
            ran.append(schedule)
    return ran


@pytest.mark.parametrize(
    "count", [12, pytest.param(1_000, marks=[pytest.mark.slow, pytest.mark.timeout(600)])]
)
def test_a_started_case_is_never_altered(count: int) -> None:
    ran = schedules(count)
    assert sum(each.started is not None for each in ran) > count / 2
    assert sum(each.was_raced for each in ran) > count / 20


@pytest.mark.slow
def test_an_altered_case_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def overwrite(path: Path, before: bytes, data: bytes) -> None:
        path.write_bytes(data)

    monkeypatch.setattr(case_writes, "replace_unchanged", overwrite)
    with pytest.raises(AssertionError, match="a started case was altered"):
        schedules(200)
