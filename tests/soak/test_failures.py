"""The failures campaign itself: a state of two failures, and that it sees what is wrong."""

import sys
from pathlib import Path

import pytest

from imr_tui.model import edits
from imr_tui.store.cases.case_codec import decode, encode
from tests.requirements import skip_or_fail
from tests.soak.failures import left, sites
from tests.soak.failures.campaign import MANY, Outcome, run, summary
from tests.soak.failures.desk import Desk
from tests.soak.failures.failovers import FAILURES, Returning
from tests.soak.failures.told import told
from tests.soak.failures.typist import Typist

pytestmark = pytest.mark.process

ECHO = """
import os, tty
tty.setraw(0)
while data := os.read(0, 1):
    if data not in b"xq":
        os.write(1, data)
    if data == b"q":
        break
"""
"""A program that shows every character but two."""
LOG = """\
71|alice|LOG:  connection authorized: user=alice database=imr
71|alice|LOG:  execute <unnamed>: select (select max(number) from epoch)
72|bob|LOG:  execute <unnamed>: update cases set body = $1
73|alice|LOG:  execute <unnamed>:
\twith claim as (
\tselect fence from claims) select 1
73|alice|DETAIL:  parameters: $1 = 'from cases'
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("failure", "state"),
    [("killed", "in a save"), ("former primary returns", "shared 1/4 s ago")],
)
def test_no_character_is_lost(failure: str, state: str) -> None:
    skip_or_fail("postgres", sites.why_missing())
    with FAILURES[failure]() as site:
        outcome = run(site, failure, state, 1)
    assert outcome.faults == []
    assert outcome.typed > 100
    assert outcome.failing


@pytest.mark.slow
def test_losses_are_seen(tmp_path: Path) -> None:
    skip_or_fail("postgres", sites.why_missing())
    with Returning() as site, Desk(site, tmp_path, 1) as desk:
        desk.open()
        desk.type(1.0, desk.normal)
        desk.wait_until(lambda: left.is_all_shared(desk), "the text is shared")
        desk.quit()
        assert list(left.faults(desk)) == []
        desk.site.fail()
        desk.mend_alone()
        desk.site.return_former()
        with site.connection() as now, site.connection(site.replica) as former:
            case = decode(left.shared_body(desk), "it")
            body = encode(edits.set_summary(case, case.summary.text[:-1]))
            now.execute("update cases set body = %s", [body])
            later = encode(edits.set_summary(case, f"{case.summary.text} later"))
            former.execute("update cases set body = %s", [later])
        told = " ".join(left.faults(desk))
    assert "the shared store has 19 of 20 characters" in told
    assert "another file than the folder" in told
    assert "the former primary has what was typed since" in told


def test_what_a_server_was_told_is_read_from_its_log() -> None:
    found = told(LOG.splitlines())
    assert found.sessions == {71, 73}
    assert [process for process, _ in found.statements] == [73]
    assert "from claims" in found.statements[0][1]


def test_a_key_that_is_shown_late_counts_from_its_beat(tmp_path: Path) -> None:
    with Typist([sys.executable, "-c", ECHO], tmp_path) as typist:
        typist.type("ab")
        keys = typist.type("cdxe")
        assert typist.typed == "abcdxe"
        # The third is never shown, and so nothing behind it is.
        assert len(keys) == 2
        assert all(key.seen > key.due for key in keys)
        typist.key("q")
        assert typist.wait_exit() == 0


def test_the_campaign_tells_what_is_late_and_slow() -> None:
    good = Outcome("killed", "idle", 100, 0.5, [10.0] * MANY, [11.0] * MANY)
    assert not [line for line in summary("killed", [good]) if "fault" in line]
    assert good.lateness == ""
    slow = Outcome("killed", "idle", 100, 3.5, [10.0] * MANY, [13.0] * MANY)
    assert slow.lateness == "shared again only after 3.5 s"
    assert "fault: killed: a key takes 1.30 times as long" in " ".join(summary("killed", [slow]))
