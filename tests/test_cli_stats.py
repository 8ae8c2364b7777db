"""`imr-tui stats`: what it prints, writes, records and refuses."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import pytest

from imr_tui.store.audit.log import AuditLog
from imr_tui.store.cases.folder import Folder
from tests.builders import NUMBER, a_complete_case, an_item, names, saved
from tests.commands import Run, assert_refused

WRITTEN = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def written(cases: Path) -> Path:
    """A folder with one written case: a drug, an MRI and a request that no category has."""
    items = (
        an_item("Norco 10/325 mg #90"),
        an_item("MRI of the neck", decision="overturned"),
        an_item("=Approval of the plan"),
    )
    case = a_complete_case(items=items)
    saved(cases, case)
    Folder(cases).write_letter(NUMBER, "The letter.\n", case, WRITTEN)
    return cases


def test_the_report_names_categories_drugs_and_other_requests(run: Run, written: Path) -> None:
    done = run("stats", written)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "1 determination with 3 items."
    assert "Diagnostic testing: 1 item, 33 percent; 1 overturned, 100 percent." in lines
    assert "opioid: 1 item, 100 percent; 0 overturned, 0 percent." in lines
    assert lines[-1] == "  =Approval of the plan"
    assert max(map(len, lines)) <= 80


def test_json_csv_and_svg(run: Run, written: Path, tmp_path: Path) -> None:
    picture = tmp_path / "picture.svg"
    done = run("stats", written, "--json", "--svg", picture)
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["items"] == 3
    first = picture.read_bytes()
    assert ET.fromstring(first).tag.endswith("svg")
    done = run("stats", written, "--csv", "--by", "guideline", "--svg", picture)
    rows = list(csv.reader(io.StringIO(done.out)))
    assert [row[0] for row in rows] == ["section", "guideline", "total"]
    assert picture.read_bytes() != first


def test_each_run_is_recorded_without_a_case(run: Run, written: Path) -> None:
    run("stats", written)
    events = [(each.case, each.event) for each in AuditLog(written).events()]
    assert events == [("", "exported")]


def test_a_period_leaves_out_what_was_written_before(run: Run, written: Path) -> None:
    assert "1 determination" in run("stats", written, "--from", "2026-11-20").out
    done = run("stats", written, "--from", "11/21/2026")
    assert done.out.splitlines()[0] == "No determination was written from 2026-11-21."


def test_public_hides_small_counts_and_requests(run: Run, written: Path) -> None:
    done = run("stats", written, "--public", "--json")
    counts = json.loads(done.out)
    assert counts["public"] is True
    assert counts["items"] is counts["upheld"] is counts["cases"] is None
    assert (counts["groups"], counts["drugs"], counts["other"]) == ([], [], [])


def test_a_broken_case_is_named_and_the_exit_code_tells(run: Run, written: Path) -> None:
    (written / "CM26-9.toml").write_text("schema = 1\n[case\n")
    done = run("stats", written)
    assert done.code == 3
    assert "1 determination" in done.out
    assert "CM26-9.toml" in done.err
    assert "It was not counted." in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--json", "--csv"),
        ("--public", "--by", "reviewer"),
        ("--by", "name"),
        ("--from", "2026-02-01", "--to", "2026-01-01"),
        ("--from", "13/45/2026"),
    ],
)
def test_wrong_usage_is_refused_and_not_recorded(
    run: Run, written: Path, arguments: tuple[str, ...]
) -> None:
    assert_refused(run("stats", written, *arguments), 2, "Error: ")
    assert list(AuditLog(written).events()) == []


def test_a_picture_never_replaces_a_case(run: Run, written: Path) -> None:
    path = written / f"{NUMBER}.toml"
    before = path.read_bytes()
    assert_refused(run("stats", written, "--svg", path), 3, "has the name of a case file")
    assert path.read_bytes() == before


def test_a_missing_folder_is_refused_and_not_created(run: Run, tmp_path: Path) -> None:
    assert_refused(run("stats", tmp_path / "none"), 4, "There is no folder")
    assert "none" not in names(tmp_path)
