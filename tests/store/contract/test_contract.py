"""What every store of cases does: the same tests for the folder and for the shared store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from imr_tui.errors import BadInput, CannotStore, ChangedElsewhere, Conflict
from imr_tui.model import edits
from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.contract import Query
from imr_tui.store.history.versions import Event
from imr_tui.store.locking.holder import Held
from tests.builders import DAY, NOW, NUMBER, a_case, a_complete_case
from tests.store.contract.stores import ME, OTHER, PAIRS, Pair

ALL = Query(DAY)


@pytest.fixture(params=PAIRS)
def pair(request: pytest.FixtureRequest, cases: Path) -> Iterator[Pair]:
    with PAIRS[request.param](cases, request) as sessions:
        yield sessions


def numbered(count: int) -> Case:
    return Case.blank(f"CM26-{count:07}")


def complete(count: int, items: int = 1) -> Case:
    case = a_complete_case(items)
    return case.but(particulars=case.particulars.but(number=numbered(count).number))


def due(count: int, text: str = "") -> Case:
    """A case whose due date grows with `count`."""
    case = numbered(count)
    case = edits.set_date(case, "application_received", DAY.replace(day=count))
    case = edits.set_date(case, "records_received", DAY.replace(day=count))
    return edits.set_summary(case, text)


# Opening, creating, saving


def test_a_new_case_is_opened_as_it_was_stored(pair: Pair) -> None:
    case = a_complete_case(2)
    pair.mine.store.new(case)
    assert pair.mine.store.open(NUMBER).case == case
    assert pair.theirs.store.open(NUMBER).case == case


def test_a_number_is_taken_once(pair: Pair) -> None:
    pair.mine.store.new(a_case())
    with pytest.raises(Conflict):
        pair.theirs.store.new(a_complete_case())
    assert pair.mine.store.open(NUMBER).case == a_case()


def test_what_does_not_exist_cannot_be_opened(pair: Pair) -> None:
    with pytest.raises(CannotStore):
        pair.mine.store.open(NUMBER)
    with pytest.raises(BadInput):
        pair.mine.store.open("../passwd")


def test_a_save_is_what_others_open(pair: Pair) -> None:
    pair.mine.store.new(a_case())
    claimed = pair.mine.store.claim(NUMBER, ME)
    opened = pair.mine.store.open(NUMBER)
    for text in ("one", "two", "three"):
        opened.save(edits.set_summary(opened.case, text))
    assert pair.theirs.store.open(NUMBER).case.summary.text == "three"
    claimed.release()


def test_a_save_twice_over_changes_nothing(pair: Pair) -> None:
    pair.mine.store.new(a_case())
    claimed = pair.mine.store.claim(NUMBER, ME)
    opened = pair.mine.store.open(NUMBER)
    case = edits.set_summary(opened.case, "one")
    opened.save(case)
    opened.save(case)
    assert pair.theirs.store.open(NUMBER).case == case
    claimed.release()


def test_a_text_of_another_session_is_never_overwritten(pair: Pair) -> None:
    pair.mine.store.new(a_case())
    mine = pair.mine.store.open(NUMBER)
    claimed = pair.theirs.store.claim(NUMBER, OTHER)
    theirs = pair.theirs.store.open(NUMBER)
    theirs.save(edits.set_summary(theirs.case, "theirs"))
    claimed.release()
    claimed = pair.mine.store.claim(NUMBER, ME)
    with pytest.raises(ChangedElsewhere):
        mine.save(edits.set_summary(mine.case, "mine"))
    assert pair.mine.store.open(NUMBER).case.summary.text == "theirs"
    claimed.release()


# Versions


def test_versions_are_kept_newest_first(pair: Pair) -> None:
    pair.mine.store.new(a_case(), Event.IMPORTED)
    claimed = pair.mine.store.claim(NUMBER, ME)
    opened = pair.mine.store.open(NUMBER)
    later = edits.set_summary(opened.case, "later")
    opened.save(later)
    assert opened.versions.note(encode(later), Event.LEFT)
    assert not opened.versions.note(encode(later), Event.LEFT)
    assert opened.versions.note(encode(later), Event.LETTER)
    claimed.release()
    kept = pair.theirs.store.versions(NUMBER)
    found = kept.all()
    assert [each.event for each in found] == [Event.LETTER, Event.LEFT, Event.IMPORTED]
    assert [each.number for each in found] == sorted((each.number for each in found), reverse=True)
    assert decode(kept.read(found[-1].number), Path(f"{NUMBER}.toml")) == a_case()
    assert kept.find(found[0].number).event is Event.LETTER
    with pytest.raises(BadInput, match=f"{NUMBER} has no version 99"):
        kept.find(99)


def test_a_case_without_versions_has_none(pair: Pair) -> None:
    pair.mine.store.new(a_case())
    assert list(pair.mine.store.versions(NUMBER).all()) == []
    with pytest.raises(BadInput, match="has no earlier versions"):
        pair.mine.store.versions(NUMBER).read(1)


# Claims


def test_one_session_has_a_case(pair: Pair) -> None:
    pair.mine.store.new(a_case())
    assert pair.theirs.store.holder(NUMBER) is None
    claimed = pair.mine.store.claim(NUMBER, ME)
    assert claimed.is_held
    assert claimed.renew()
    with pytest.raises(Held) as caught:
        pair.theirs.store.claim(NUMBER, OTHER)
    assert (caught.value.holder.who, caught.value.holder.host) == (ME.who, ME.host)
    there = pair.theirs.store.holder(NUMBER)
    assert there is not None
    assert (there.who, there.host, there.since) == (ME.who, ME.host, ME.since)
    claimed.release()
    assert pair.theirs.store.holder(NUMBER) is None
    assert pair.theirs.store.claim(NUMBER, OTHER).renew()


def test_a_claim_is_released_once(pair: Pair) -> None:
    pair.mine.store.new(a_case())
    first = pair.mine.store.claim(NUMBER, ME)
    first.release()
    second = pair.theirs.store.claim(NUMBER, OTHER)
    first.release()
    assert not first.is_held
    assert second.renew()
    assert pair.mine.store.holder(NUMBER) is not None


def test_other_cases_stay_free(pair: Pair) -> None:
    for count in (1, 2):
        pair.mine.store.new(numbered(count))
    held = pair.mine.store.claim(numbered(1).number, ME)
    assert pair.theirs.store.claim(numbered(2).number, OTHER).is_held
    held.release()


# Requests


def test_the_holder_sees_a_request_until_it_is_withdrawn(pair: Pair) -> None:
    pair.mine.store.new(a_case())
    claimed = pair.mine.store.claim(NUMBER, ME)
    assert claimed.request() is None
    request = pair.theirs.store.ask(NUMBER, OTHER)
    claimed.renew()
    asks = claimed.request()
    assert asks is not None
    assert (asks.who, asks.host) == (OTHER.who, OTHER.host)
    assert request.stands
    request.withdraw()
    claimed.renew()
    assert not request.stands


def test_a_refused_request_does_not_stand(pair: Pair) -> None:
    pair.mine.store.new(a_case())
    claimed = pair.mine.store.claim(NUMBER, ME)
    request = pair.theirs.store.ask(NUMBER, OTHER)
    claimed.renew()
    claimed.refuse()
    assert not request.stands
    assert claimed.request() is None
    assert claimed.renew()


def test_one_session_asks_at_a_time(pair: Pair) -> None:
    pair.mine.store.new(a_case())
    claimed = pair.mine.store.claim(NUMBER, ME)
    request = pair.theirs.store.ask(NUMBER, OTHER)
    with pytest.raises(Held):
        pair.mine.store.ask(NUMBER, ME)
    request.withdraw()
    claimed.release()


# Letters and other files


def test_a_letter_is_one_of_the_files_of_a_case(pair: Pair) -> None:
    case = a_complete_case()
    pair.mine.store.new(case)
    pair.mine.store.new(numbered(2))
    assert dict(pair.mine.store.files(NUMBER)) == {}
    claimed = pair.mine.store.claim(NUMBER, ME)
    pair.mine.store.write_letter(NUMBER, "The letter.\n", case, NOW)
    claimed.release()
    files = pair.theirs.store.files(NUMBER)
    assert files[f"{NUMBER}.txt"] == b"The letter.\n"
    assert dict(pair.theirs.store.files(numbered(2).number)) == {}


# The worklist


def test_rows_come_in_pages_by_due_date(pair: Pair) -> None:
    for count in (3, 1, 5, 2, 4):
        pair.mine.store.new(due(count))
    first = pair.theirs.rows.rows(ALL, None, 2)
    second = pair.theirs.rows.rows(ALL, first[-1], 2)
    third = pair.theirs.rows.rows(ALL, second[-1], 2)
    shown = [row.number for row in (*first, *second, *third)]
    assert shown == [numbered(count).number for count in (1, 2, 3, 4, 5)]
    assert list(pair.theirs.rows.rows(ALL, third[-1], 2)) == []


def test_a_row_shows_the_case(pair: Pair) -> None:
    case = complete(1, 2)
    pair.mine.store.new(case)
    (row,) = pair.theirs.rows.rows(ALL, None, 10)
    assert row.number == case.number
    assert (row.items, row.decided, row.priority) == (2, 2, "standard")
    assert row.request == case.items[0].request
    assert row.state
    assert row.employee == "SW"


def test_the_filter_finds_words_states_and_dates(pair: Pair) -> None:
    pair.mine.store.new(due(1))
    pair.mine.store.new(due(2))
    pair.mine.store.new(complete(7))

    def found(words: str) -> list[str]:
        rows = pair.theirs.rows.rows(ALL._replace(words=words), None, 10)
        return sorted(row.number for row in rows)

    one, two, seven = (numbered(count).number for count in (1, 2, 7))
    assert found("") == [one, two, seven]
    assert found("0000002") == [two]
    assert found("THERAPY") == [seven]
    assert found("100%") == []
    assert found("_") == []
    assert found("cm26 therapy") == [seven]
    (first,) = (row for row in pair.theirs.rows.rows(ALL, None, 10) if row.number == one)
    assert found(f"due:{first.due}") == [one]
    assert found(f"due>{first.due}") == [two]
    state = next(row.state for row in pair.theirs.rows.rows(ALL, None, 10) if row.number == seven)
    assert seven in found(f"state:{state[:3]}")
    assert found("state:nothing") == []
