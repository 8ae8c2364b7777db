"""Drafts of dialogs on the disk: what is kept, what is dropped, and where a draft belongs."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from imr_tui.errors import CannotStore, ImrError, KeptElsewhere
from imr_tui.model import edits, evidence_edits
from imr_tui.model.case import Case
from imr_tui.session.draft_paths import moved
from imr_tui.session.open_drafts import OpenDrafts
from imr_tui.store.cases.drafts import NO_CASE, drop_orphans, load_drafts, save_drafts
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import account_folder
from imr_tui.store.config.settings import Retention
from imr_tui.store.maintenance.housekeeping import tidy
from imr_tui.store.maintenance.trusted_time import Uptime
from imr_tui.store.recovery.asides import Aside
from imr_tui.store.safety import atomic
from tests.builders import MTUS, NUMBER, OTHER, a_complete_case, an_item
from tests.rows import each_row
from tests.strategies import texts

pytestmark = pytest.mark.process

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PATHS = st.from_regex(r"(items\[[0-3]\]\.)?[a-z_]{1,8}", fullmatch=True)


@given(st.dictionaries(PATHS, texts, max_size=4))
def test_what_is_kept_comes_back(
    tmp_path_factory: pytest.TempPathFactory, drafts: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("cases")
    lines = {path: text.replace("\n", " ").replace("\t", " ") for path, text in drafts.items()}
    save_drafts(folder, NUMBER, lines)
    assert load_drafts(folder, NUMBER) == lines
    save_drafts(folder, NUMBER, {})
    assert load_drafts(folder, NUMBER) == {}
    assert not list((account_folder(folder) / "drafts").glob("*"))


def test_a_broken_file_is_no_draft(tmp_path: Path) -> None:
    save_drafts(tmp_path, NUMBER, {"a": "b"})
    (path,) = (account_folder(tmp_path) / "drafts").iterdir()
    path.write_text('[typed]\na = ["no text"]\n', encoding="utf-8")
    assert load_drafts(tmp_path, NUMBER) == {}


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / ".imr").write_text("no folder", encoding="utf-8")
    with pytest.raises(CannotStore):
        save_drafts(tmp_path, NUMBER, {"a": "b"})


def test_drafts_go_with_their_case(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for number in ("A", "B"):
        (tmp_path / f"{number}.toml").write_bytes(b"")
    for number in ("A", "B", "C", NO_CASE):
        save_drafts(tmp_path, number, {"a": "b"})
    (tmp_path / "B.toml").unlink()
    for day in range(3):
        tidy(folder, Retention(), NOW + timedelta(days=day), Uptime("", 0.0))
    left = {number for number in ("A", "B", "C", NO_CASE) if load_drafts(tmp_path, number)}
    assert left == {"A", NO_CASE}


# ── Where a draft belongs after an edit ──────────────────────────────────────────────────


def three_items() -> Case:
    first, second = an_item("A", citations=(MTUS, OTHER)), an_item("B")
    return a_complete_case((first, second, an_item("C").but(follows=1)))


@each_row(
    ("path", "change", "then"),
    [
        ("date_of_injury", edits.add_item, "date_of_injury"),
        ("items[1].follows", partial(edits.remove_item, index=0), "items[0].follows"),
        ("items[2].follows", partial(edits.remove_item, index=0), "items[1].follows"),
        ("items[0].follows", partial(edits.remove_item, index=0), ""),
        ("items[2].follows", partial(edits.move_item, index=2, to=0), "items[0].follows"),
        ("items[0].follows", partial(edits.move_item, index=2, to=0), "items[1].follows"),
        ("items[1].follows", partial(edits.set_rationale, index=1, text="x"), "items[1].follows"),
        ("items[3].follows", edits.add_item, "items[3].follows"),
        ("records[1].to", partial(edits.remove_record, index=0), "records[0].to"),
        ("records[1].to", partial(edits.remove_record, index=1), ""),
        (
            "items[0].citations[1].year",
            partial(evidence_edits.remove_citation, index=0, side="citations", at=0),
            "items[0].citations[0].year",
        ),
        (
            "items[0].citations[0].year",
            partial(evidence_edits.remove_citation, index=0, side="citations", at=0),
            "",
        ),
        (
            "items[0].citations[0].year",
            partial(evidence_edits.move_citation, index=0, side="citations", at=0, to=1),
            "items[0].citations[1].year",
        ),
    ],
)
def test_a_draft_follows_its_row(path: str, change: edits.Change, then: str) -> None:
    before = three_items()
    assert moved(path, before, change(before)) == then


# ── The drafts of a session ──────────────────────────────────────────────────────────────


def test_what_was_typed_since_the_case_took_a_draft_stays(tmp_path: Path) -> None:
    drafts = OpenDrafts(tmp_path, lambda _: None)
    drafts.open(NUMBER)
    drafts.put("date_of_injury", "8/14/2013")
    taken = drafts.find("date_of_injury")
    assert taken is not None
    drafts.put("date_of_injury", "8/14/2")
    drafts.give(taken)
    drafts.settle()
    assert drafts.flush(5)
    assert load_drafts(tmp_path, NUMBER) == {"date_of_injury": "8/14/2"}
    assert drafts.text("date_of_injury") == "8/14/2"


def test_a_draft_that_the_case_took_goes_only_when_it_is_settled(tmp_path: Path) -> None:
    drafts = OpenDrafts(tmp_path, lambda _: None)
    drafts.open(NUMBER)
    drafts.put("a", "b")
    taken = drafts.find("a")
    assert taken is not None
    drafts.give(taken)
    assert drafts.text("a", "else") == "else"
    assert drafts.flush(5)
    assert load_drafts(tmp_path, NUMBER) == {"a": "b"}
    drafts.settle()
    assert drafts.flush(5)
    assert load_drafts(tmp_path, NUMBER) == {}


def test_no_draft_is_kept_of_a_case_that_can_only_be_read(tmp_path: Path) -> None:
    save_drafts(tmp_path, NUMBER, {"a": "b"})
    drafts = OpenDrafts(tmp_path, lambda _: None)
    drafts.open("")
    drafts.put("a", "c")
    assert drafts.text("a", "else") == "else"
    assert drafts.flush(5)
    assert load_drafts(tmp_path, NUMBER) == {"a": "b"}


def test_the_next_session_has_the_drafts_that_the_disk_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ImrError | None] = []
    drafts = OpenDrafts(tmp_path, told.append)
    drafts.open(NUMBER)
    drafts.put("a", "kept before")
    assert drafts.flush(5)

    def refuse(path: Path, data: bytes) -> None:
        raise CannotStore(f"{path} could not be written: no space left on device.")

    with monkeypatch.context() as full:
        full.setattr(atomic, "write", refuse)
        drafts.put("a", "b")
        drafts.put("folder.path", "/letters")
        assert drafts.flush(5)
        assert isinstance(told[-1], KeptElsewhere)
        assert not drafts.is_saved
    drafts.close()
    later = OpenDrafts(tmp_path, told.append)
    later.open(NUMBER)
    assert (later.text("a"), later.text("folder.path")) == ("b", "/letters")
    later.flush(5)
    later.close()
    assert list((tmp_path / ".imr" / "journal").iterdir()) == []


def test_a_session_whose_drafts_are_all_in_their_files_leaves_no_journal(tmp_path: Path) -> None:
    drafts = OpenDrafts(tmp_path, lambda _: None)
    drafts.open(NUMBER)
    drafts.put("a", "b")
    assert drafts.flush(5)
    drafts.close()
    assert list((tmp_path / ".imr" / "journal").iterdir()) == []
    assert load_drafts(tmp_path, NUMBER) == {"a": "b"}


def test_drafts_of_a_case_that_only_lies_aside_stay(tmp_path: Path) -> None:
    """The file was taken away, and a session keeps its text beside it."""
    aside = Aside(tmp_path, NUMBER)
    aside.write(b"text")
    save_drafts(tmp_path, NUMBER, {"a": "b"})
    save_drafts(tmp_path, "CM-GONE", {"a": "b"})
    drop_orphans(tmp_path)
    assert load_drafts(tmp_path, NUMBER) == {"a": "b"}
    assert load_drafts(tmp_path, "CM-GONE") == {}
