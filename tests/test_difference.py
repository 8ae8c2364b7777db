"""What differs between two states of a case: every field, the words that changed, no other."""

from hypothesis import given, strategies as st

from imr_tui.model import edits, evidence_edits
from imr_tui.model.case import Case
from imr_tui.model.diff import MAX_WORDS, Diff, Piece, _pieces, differences, lines
from tests.builders import DAY, MTUS, a_case, a_complete_case
from tests.strategies import cases as any_cases

LONG = " ".join(f"word{number}" for number in range(40))


def fields(before: Case | None, after: Case | None) -> list[str]:
    return [difference.field for difference in differences(before, after)]


def test_nothing_differs_from_itself() -> None:
    assert differences(a_complete_case(2), a_complete_case(2)) == ()
    assert differences(None, None) == ()


def test_fields_are_named_for_a_reader() -> None:
    before = a_complete_case(2)
    after = edits.set_rationale(before, 1, "Quite other.")
    after = edits.set_decision(after, 0, "overturned")
    after = evidence_edits.add_citation(after, 0, "citations", MTUS)
    after = edits.set_date(after, "date_of_injury", DAY)
    assert fields(before, after)[:4] == [
        *(
            "item 1 decision",
            "item 2 rationale",
            "case date_of_injury",
            "item 1 citation 2 guideline",
        ),
    ]


def test_words_stand_in_what_stays_around_them() -> None:
    before = edits.set_summary(a_case(), LONG)
    after = edits.set_summary(a_case(), LONG.replace("word20 ", "six sessions "))
    assert list(lines(differences(before, after))) == [
        "summary text",
        "    ... word14 word15 word16 word17 word18 word19",
        "  - word20",
        "  + six sessions",
        "    word21 word22 word23 word24 word25 word26 ...",
    ]


def test_a_new_and_a_removed_item_show_all_of_theirs() -> None:
    one, two = a_complete_case(1), a_complete_case(2)
    added = differences(one, two)
    assert {difference.field.split(" ")[1] for difference in added} == {"2"}
    assert all(piece.kind == "new" for difference in added for piece in difference.pieces)
    removed = differences(two, one)
    assert all(piece.kind == "gone" for difference in removed for piece in difference.pieces)


def test_a_change_of_spaces_alone_is_seen() -> None:
    before, after = (edits.set_summary(a_case(), text) for text in ("one two", "one  two"))
    (difference,) = differences(before, after)
    assert difference.pieces == (Piece("same", "one"), Piece("gone", "two"), Piece("new", "two"))


def test_a_huge_change_is_told_as_a_whole() -> None:
    before = " ".join(f"a{number}" for number in range(MAX_WORDS + 1))
    after = " ".join(f"b{number}" for number in range(MAX_WORDS + 1))
    assert [piece.kind for piece in _pieces(before, after)] == ["gone", "new"]


@given(any_cases(), any_cases())
def test_cases_differ_where_their_differences_say_so(one: Case, other: Case) -> None:
    found = differences(one, other)
    assert all(isinstance(difference, Diff) for difference in found)
    assert differences(one, one) == ()
    back = differences(other, one)
    assert {difference.field for difference in found} == {difference.field for difference in back}


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d"])), st.lists(st.sampled_from(["a", "b", "c", "d"]))
)
def test_the_pieces_are_both_texts(old: list[str], new: list[str]) -> None:
    pieces = _pieces(" ".join(old), " ".join(new))
    if len(old) + len(new) < 12:
        kept = {"gone": "same gone", "new": "same new"}
        for kind, words in (("gone", old), ("new", new)):
            shown = [piece.text for piece in pieces if piece.kind in kept[kind]]
            assert " ".join(shown).split() == words
