"""A case that the reader would refuse is never made, never written, and says why."""

from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from imr_tui.errors import BadInput, LimitReached
from imr_tui.model import edits, evidence_edits, reviewer_edits
from imr_tui.model.case import Case, Record
from imr_tui.model.edits import Change
from imr_tui.model.evidence import Citation
from imr_tui.model.limits import MAX_CASE_BYTES, MAX_KEYS, MAX_LINE, MAX_PROSE, MAX_ROWS
from imr_tui.model.size import Scale, Size, require_allowed, text_bytes
from imr_tui.session.open_case import OpenCase
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.case_file import CaseFile
from imr_tui.store.cases.folder import Folder
from imr_tui.store.safety import safe_open
from imr_tui.store.toml_files.toml import count_keys
from tests import strategies
from tests.builders import MTUS, NOW, NUMBER, a_complete_case, an_item

pytestmark = pytest.mark.process

BLANK = Citation(sections=("a",) * 40)
PIECES = ["x", '"', "\\", "é", "漢", "😀", "a\n", "\x00", "\ufeff", "\ud800", "\t", "\r\n"]


def long_texts(most: int) -> st.SearchStrategy[str]:
    """Texts up to beyond a limit, of characters that take up more than they show."""
    lengths = st.sampled_from([0, 1, most // 4, most // 2, most, most + 1])
    return st.builds(lambda piece, length: piece * length, st.sampled_from(PIECES), lengths)


LINES = long_texts(MAX_LINE) | strategies.raw_texts
PROSE = long_texts(MAX_PROSE // 4) | strategies.raw_texts
MANY = st.sampled_from([1, 2, 300, MAX_ROWS, MAX_ROWS + 1])
INDEX = st.integers(0, 2)
SIDES = st.sampled_from(["citations", "administrator_citations"])


def copies(entry: Any, count: int) -> list[Any]:
    """Entries that are all different."""
    return [entry.but(title=f"{at}") for at in range(count)]


def an_edit(kind: Any, **arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Change]:
    return st.fixed_dictionaries(arguments).map(lambda given: partial(kind, **given))


CHANGES = st.one_of(
    an_edit(edits.set_summary, text=PROSE),
    an_edit(edits.set_rationale, index=INDEX, text=PROSE),
    an_edit(evidence_edits.append_paragraph, index=INDEX, paragraph=PROSE),
    an_edit(edits.set_item_line, index=INDEX, name=st.just("request"), text=LINES),
    an_edit(evidence_edits.set_uncited, index=INDEX, reason=LINES),
    an_edit(edits.set_party, name=st.just("employer"), who=LINES),
    an_edit(edits.set_providers, providers=st.builds(lambda a, n: [a] * n, LINES, MANY)),
    an_edit(reviewer_edits.set_licenses, states=st.builds(lambda a, n: [a] * n, LINES, MANY)),
    an_edit(edits.add_item, request=LINES),
    an_edit(edits.add_record, record=strategies.records()),
    an_edit(evidence_edits.add_citation, index=INDEX, side=SIDES, citation=strategies.citations()),
    an_edit(
        evidence_edits.copy_citations,
        index=INDEX,
        side=SIDES,
        copied=MANY.map(partial(copies, BLANK)),
    ),
    an_edit(
        edits.acknowledge,
        key=st.sampled_from(["IMR206", "IMR305-2", "IMR305-1000"]),
        reason=LINES,
        digest=st.just("0" * 64),
        now=st.just(NOW),
    ),
    an_edit(edits.add_copied, index=INDEX, copied=strategies.copied()),
    an_edit(edits.remove_item, index=INDEX),
    an_edit(edits.move_item, index=INDEX, to=INDEX),
)


class Disk:
    """A case file that is never written: what is edited is looked at before."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.path = Path(mkdtemp()) / f"{case.number}.toml"

    def save(self, case: Case) -> None:
        """Take it."""


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(strategies.cases(), st.lists(CHANGES, max_size=8))
def test_what_is_edited_can_be_read_again_or_was_refused(case: Case, changes: list[Change]) -> None:
    session = OpenCase(Disk(case), lambda _: None)  # type: ignore[arg-type]
    told: list[str] = []
    for change in changes:
        before = session.case
        try:
            session.edit(change, "")
        except LimitReached as error:
            assert session.case is before
            told.append(str(error))
    session.close()
    assert all("Nothing was changed" in sentence for sentence in told)
    data = encode(session.case)
    assert decode(data, "x") == session.case
    assert len(data) <= MAX_CASE_BYTES


@given(strategies.cases())
def test_a_case_is_never_larger_than_it_is_measured(case: Case) -> None:
    data, size = encode(case), Scale().size(case)
    keys = count_keys(data.decode())
    assert len(data) <= size.bytes <= 2 * len(data) + 2_000
    assert keys <= size.keys <= keys + most_not_written(case)


def most_not_written(value: Any) -> int:
    """Lines of tables and blank fields that are counted, but that a file may do without."""
    if isinstance(value, tuple | dict):
        inner = value.values() if isinstance(value, dict) else value
        return 1 + sum(most_not_written(each) for each in inner)
    if not hasattr(value, "model_fields_set"):
        return 0 if value else 1
    return 1 + sum(most_not_written(each) for each in vars(value).values())


@pytest.mark.slow
@given(st.lists(strategies.cases(), min_size=2, max_size=4))
def test_a_scale_that_was_used_says_the_same(cases: list[Case]) -> None:
    scale = Scale()
    shared = [case.but(items=cases[0].items, records=cases[-1].records) for case in cases]
    for case in (*cases, *shared, *cases):
        assert scale.size(case) == Scale().size(case)


def test_a_case_with_many_items_and_many_pages_fits_many_times() -> None:
    items = tuple(an_item(rationale="word " * 500, citations=(MTUS,) * 10) for _ in range(21))
    case = a_complete_case(items).but(summary=a_complete_case().summary.but(text="word " * 2_000))
    assert Scale().size(case).bytes * 6 < MAX_CASE_BYTES
    assert Scale().size(case).keys * 10 < MAX_KEYS


def test_text_that_takes_up_more_than_it_shows_is_counted() -> None:
    assert text_bytes('a"\\é漢') == 1 + 2 + 2 + 2 + 3


def test_a_case_that_is_too_large_may_only_become_smaller() -> None:
    large, larger = Size(MAX_CASE_BYTES + 1, 9), Size(MAX_CASE_BYTES + 2, 9)
    require_allowed(large, larger)
    require_allowed(large, large)
    for size, before in ((large, None), (larger, large), (Size(9, MAX_KEYS + 1), Size(9, 9))):
        with pytest.raises(LimitReached):
            require_allowed(size, before)


def test_too_many_lines_of_fields_are_refused() -> None:
    citations = (Citation(sections=("",) * MAX_ROWS),) * 51
    case = a_complete_case((an_item(citations=citations),))
    with pytest.raises(LimitReached, match="at most 50,000 fields and list entries"):
        require_allowed(Scale().size(case), Size(MAX_CASE_BYTES, 9))


# ── The last defence ─────────────────────────────────────────────────────────────────────


def too_large() -> list[Case]:
    whole = a_complete_case()
    rationale = "x" * MAX_PROSE
    citations = tuple(copies(BLANK, MAX_ROWS))
    long = whole.summary.but(text="x" * (MAX_PROSE + 1))
    return [
        a_complete_case(tuple(an_item(rationale=rationale) for _ in range(17))),
        a_complete_case((an_item(citations=citations), an_item(citations=citations))),
        whole.but(records=(Record(),) * (MAX_ROWS + 1)),
        whole.but(summary=long),
        whole.but(parties=whole.parties.but(employer="x" * (MAX_LINE + 1))),
    ]


@pytest.mark.parametrize("at", range(5))
def test_what_cannot_be_read_never_replaces_what_can(tmp_path: Path, at: int) -> None:
    path = tmp_path / f"{NUMBER}.toml"
    first = encode(a_complete_case())
    path.write_bytes(first)
    file = CaseFile(path, decode(first, path), first)
    with pytest.raises(LimitReached):
        file.save(too_large()[at])
    assert path.read_bytes() == first
    assert not list(tmp_path.glob(".imr/aside/*"))


def test_a_new_case_that_is_too_large_is_not_made(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    case = edits.set_summary(Case.blank("A"), "x" * MAX_PROSE)
    with pytest.raises(LimitReached, match="1,000,000 bytes"):
        Folder(tmp_path).new(case)
    assert not list(tmp_path.glob("*.toml"))


def test_bytes_that_no_file_may_have_are_no_case() -> None:
    with pytest.raises(BadInput, match="larger than 16,000,000 bytes"):
        decode(b"#" * (safe_open.MAX_BYTES + 1), "x")


def test_a_large_file_from_elsewhere_is_opened_and_can_be_shortened(tmp_path: Path) -> None:
    path = tmp_path / f"{NUMBER}.toml"
    case = edits.set_summary(a_complete_case(), "x" * MAX_PROSE)
    case = edits.set_rationale(case, 0, "y" * MAX_PROSE)
    path.write_bytes(encode(case))
    session = OpenCase(CaseFile(path, decode(path.read_bytes(), path), path.read_bytes()), print)
    with pytest.raises(LimitReached):
        session.edit(partial(edits.set_party, name="employer", who="Another Employer" * 9), "")
    assert session.edit(partial(edits.set_summary, text="x"), "")
    assert session.undo()
    assert session.redo()
    assert session.flush()
    session.close()
    assert decode(path.read_bytes(), path).summary.text == "x"


def test_texts_that_fit_one_by_one_are_refused_together() -> None:
    session = OpenCase(Disk(a_complete_case(5)), lambda _: None)  # type: ignore[arg-type]
    for at in range(4):
        session.edit(partial(edits.set_rationale, index=at, text=str(at) * 245_000), "")
    before, room = session.case, session.room
    with pytest.raises(LimitReached, match="1,000,000 bytes"):
        session.edit(partial(edits.set_rationale, index=4, text="x" * 245_000), "")
    assert session.case is before
    assert session.room == room
    assert session.edit(partial(edits.set_rationale, index=4, text="x" * (room // 2)), "")
    assert len(encode(session.case)) <= MAX_CASE_BYTES
    session.close()
