"""The campaigns themselves: a few steps of each, and that they see what is wrong."""

from pathlib import Path

import pytest

from imr_tui.cli import signing_setup
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.case_file import CaseFile
from imr_tui.store.safety import atomic
from tests.builders import NUMBER
from tests.signers import needs_keygen
from tests.soak import crashes, order, schedules, signing
from tests.soak.acting import NEW, OLD
from tests.soak.crashes import Point
from tests.soak.order import commits
from tests.soak.signing import Stage, staged

pytestmark = pytest.mark.process

traced = pytest.mark.skipif(not crashes.available(), reason="strace is not here or may not trace")

GOOD = [
    '7 openat(AT_FDCWD</>, "/c/.x.tmp", O_RDWR|O_CREAT) = 3</c/.x.tmp>',
    '7 write(3</c/.x.tmp>, "text", 4) = 4',
    "7 fsync(3</c/.x.tmp>) = 0",
    '7 rename("/c/.x.tmp", "/c/x") = 0',
    "7 fsync(4</c>) = 0",
]


def wrong(lines: list[str]) -> list[str]:
    return [says for _, says in commits(lines) if says]


def test_the_right_order_is_right() -> None:
    assert list(commits(GOOD)) == [("/c/x", "")]
    exchange = GOOD[3].replace("rename(", "renameat2(AT_FDCWD, ")
    assert list(commits([*GOOD[:3], exchange, GOOD[4]])) == [("/c/x", "")]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([*GOOD[:2], *GOOD[3:]], "not synced before it got its name"),
        ([*GOOD[:3], GOOD[1], *GOOD[3:]], "not synced before it got its name"),
        (GOOD[:4], "its folder was not synced afterwards"),
        ([*GOOD[:2], GOOD[3], GOOD[2], GOOD[4]], "not synced before it got its name"),
    ],
)
def test_another_order_is_seen(lines: list[str], says: str) -> None:
    assert says in wrong(lines)


@pytest.mark.slow
@traced
def test_every_commit_comes_about_in_the_right_order() -> None:
    *faults, total = order.campaign()
    assert faults == []
    assert int(total.split()[-1]) >= 15


@pytest.mark.slow
@traced
def test_points_of_every_kind_are_found_and_survived() -> None:
    found = list(crashes.points("save"))
    kinds = {(point.call, point.what) for point in found}
    assert {("renameat2", "signal=KILL"), ("write", "retval=10"), ("fsync", "error=EIO")} <= kinds
    for wanted in (("renameat2", "signal=KILL"), ("write", "retval=10"), ("unlinkat", "error=EIO")):
        point = next(point for point in found if (point.call, point.what) == wanted)
        assert crashes.fault(point) == "", point


def test_a_torn_and_a_lost_text_are_seen(tmp_path: Path) -> None:
    folder = crashes.prepare(tmp_path / "cases", "save")
    before = crashes.texts(folder)
    assert crashes.torn(folder) == crashes.lost(folder, before) == ""
    path = folder.path_of(NUMBER)
    path.write_bytes(encode(NEW)[:-1])
    assert "torn" in crashes.torn(folder)
    path.write_bytes(encode(NEW))
    for version in folder.versions(NUMBER).all():
        if version.path.read_bytes() == encode(OLD):
            version.path.unlink()
    assert crashes.lost(folder, before) == "lost: 1 of 2 texts"
    path.write_bytes(b"no case")
    assert "stuck" in crashes.stuck(folder)


def test_a_point_says_what_it_is() -> None:
    point = Point("save", "fsync", 3, "error=EIO", until_end=True)
    assert str(point) == "save: fsync 3+ error=EIO"
    assert point.injection == "inject=fsync:error=EIO:when=3+"


def point_of(stage: Stage, call: str, what: str) -> Point:
    """The first point of its kind of an act."""
    return next(each for each in stage.points() if (each.call, each.what) == (call, what))


@pytest.mark.slow
@needs_keygen
@traced
@pytest.mark.parametrize("act", ["sign", "seal"])
def test_a_signature_is_whole_or_not_there(act: str) -> None:
    with staged(act) as stage:
        commit = "linkat" if act == "seal" else "renameat2"
        points = (commit, signing.KILL), ("fsync", "error=EIO"), ("unlinkat", "error=EIO")
        for call, what in points:
            point = point_of(stage, call, what)
            assert signing.fault(stage, point) == "", point


@pytest.mark.slow
@needs_keygen
@traced
def test_half_a_signature_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    with staged("sign") as stage:
        point = point_of(stage, "renameat2", signing.KILL)
        monkeypatch.setattr(signing_setup, "settle", lambda *_: None)
        assert "half done: it is draft" in signing.fault(stage, point)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer schedules than even a short campaign runs."""
    monkeypatch.setattr(schedules, "SHORT", 12)


@pytest.mark.slow
@pytest.mark.usefixtures("few")
def test_no_schedule_loses_an_update() -> None:
    told = list(schedules.campaign(short=True))
    assert not [line for line in told if "fault" in line], told
    assert schedules.Desks.words > 0


def overwrite(self: CaseFile, case: Case) -> None:
    """A save that looks at nothing."""
    atomic.write(self.path, encode(case))


@pytest.mark.slow
def test_a_lost_update_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "SHORT", 200)
    monkeypatch.setattr(CaseFile, "save", overwrite)
    assert any("fault: lost" in line for line in schedules.campaign(short=True))
