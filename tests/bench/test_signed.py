"""The signed cases of the bench verify like those that the program signed, in linear time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from imr_tui.signing import events
from imr_tui.signing.event_chain import Line
from imr_tui.signing.events import LoggedEvent
from imr_tui.store.audit import log_files
from imr_tui.store.audit.log import AuditLog
from tests.bench.signed import signed_cases
from tests.commands import Run
from tests.services.signing import NUMBER, SIGNED_AT, Desk, desk, signing_site
from tests.signers import needs_keygen

__all__ = ["desk", "signing_site"]

pytestmark = [pytest.mark.process, needs_keygen]


def test_they_verify(tmp_path: Path, run: Run) -> None:
    folder, _ = signed_cases(tmp_path, 3)
    done = run("verify", folder)
    assert done.code == 0, done.out
    assert "3 of 3 cases are good." in done.err


def test_the_log_is_read_as_often_for_many_cases_as_for_one(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = signed_cases(tmp_path, 12)
    (tmp_path / "one").mkdir()
    one, _ = signed_cases(tmp_path / "one", 1)
    read = list[Path]()
    lines = log_files.lines

    def counted(of: Path) -> Iterator[Line]:
        read.append(of)
        return lines(of)

    monkeypatch.setattr(log_files, "lines", counted)
    assert run("verify", folder).code == run("verify", one).code == 0
    assert read.count(folder) == read.count(one) > 0


@pytest.mark.slow
def test_signing_does_not_parse_the_whole_log(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    log = AuditLog(desk.path)
    for _ in range(200):
        log.append(NUMBER, "opened", now=SIGNED_AT)
    parsed = list[bytes]()
    parse = events.parse

    def counted(line: bytes) -> LoggedEvent:
        parsed.append(line)
        return parse(line)

    monkeypatch.setattr(events, "parse", counted)
    desk.signed_case()
    assert len(parsed) < 20
