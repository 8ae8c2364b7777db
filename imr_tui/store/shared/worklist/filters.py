"""Turns what was typed into the filter of the worklist into conditions of SQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, LiteralString, NamedTuple

from imr_tui.store.worklist.rows import CLOSED, NEW_FACTS, SIGNED, WRITTEN
from imr_tui.store.worklist.selection import read_day

if TYPE_CHECKING:
    from datetime import date

PROSE = "text:"
"""What begins a word that is searched in the prose."""
_DUE = re.compile(r"due(<|>|:|=)(.*)")
_STATE = "state:"
_FINISHED = (CLOSED, SIGNED, WRITTEN)
_TRIGRAM = 3
# A large part of all cases has these: they are found soon without an index, but not with it.
_COMMON = (*_FINISHED, "standard")
# `not Row.is_over`: such a case never has rank 3. A partial index applies to a literal only.
_RUNS: LiteralString = """(rank < 3 and state <> 'closed'
    and coalesce(shown ->> 'decided_on', '') = '' and coalesce(shown ->> 'written', '') = '')"""
# `Row.has_new_facts`, which does not have rank 3 either.
_HAS_NEWS: LiteralString = """(rank < 3 and state <> 'closed'
    and coalesce(shown ->> 'note', '') <> '')"""
_SIGNS: dict[str, LiteralString] = {"<": "<", ">": ">", ":": "=", "=": "="}
# No text of the store contains these, and PostgreSQL does not accept them.
_IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")


class Filter(NamedTuple):
    """The conditions that a row must meet, all of them."""

    conditions: tuple[LiteralString, ...] = ()
    """Conditions of SQL, with the names of their values as `%(name)s`."""
    values: dict[str, Any] = {}  # noqa: RUF012
    """The values by name."""
    prose: str = ""
    """The words to be found in the prose, or blank."""
    is_of_unfinished: bool = False
    """Whether no finished case can meet the conditions."""
    indexed: tuple[LiteralString, ...] = ()
    """Conditions by which the index of words finds the finished cases that match."""

    def and_(self, condition: LiteralString, **values: object) -> Filter:
        """This filter with one condition more."""
        return self._replace(conditions=(*self.conditions, condition), values=self.values | values)

    @property
    def sql(self) -> LiteralString:
        """The conditions joined, `true` if there are none."""
        return " and ".join(self.conditions) or "true"

    @property
    def sql_by_index(self) -> LiteralString:
        """The same conditions in a form that uses the index of words."""
        return " and ".join((*self.indexed, *self.conditions)) or "true"


def filter_of(typed: str, today: date) -> Filter:
    """The filter for what was typed, in the syntax of `selection.matches`.

    Also `text:word`, which is searched in what the reviewer wrote, by the stems of English words.
    """
    words = typed.casefold().split()
    if _IMPOSSIBLE.search(typed):
        return Filter(("false",), is_of_unfinished=True)
    made = Filter()
    prose = (word.removeprefix(PROSE) for word in words if word.startswith(PROSE))
    made = made._replace(prose=" ".join(filter(None, prose)))
    others = [word for word in words if not word.startswith(PROSE)]
    for at, word in enumerate(others):
        made = _with(made, f"word{at}", word, today)
    return made


def _with(made: Filter, name: str, word: str, today: date) -> Filter:
    if word == "late":
        late: LiteralString = f"({_RUNS} and due < %(today)s or {_like(name)})"
        return _by_index(made.and_(late, today=today, **{name: _pattern(word)}), name, word)
    if found := _DUE.fullmatch(word):
        day = read_day(found[2], today)
        return made if day is None else _due(made, name, found[1], day)
    if word.startswith(_STATE):
        return _state(made, name, word.removeprefix(_STATE))
    return _by_index(made.and_(_like(name), **{name: _pattern(word)}), name, word)


def _due(made: Filter, name: str, sign: str, day: date) -> Filter:
    condition: LiteralString = f"{_RUNS} and due {_SIGNS[sign]} %({name})s and due < 'infinity'"
    return made.and_(condition, **{name: day})._replace(is_of_unfinished=True)


def _state(made: Filter, name: str, state: str) -> Filter:
    if not state:
        return made
    condition: LiteralString = f"starts_with(state, %({name})s)"
    if NEW_FACTS.startswith(state):
        condition = f"({condition} or {_HAS_NEWS})"
    made = made.and_(condition, **{name: state, f"{name}_like": _pattern(state)})
    is_finished = any(each.startswith(state) for each in _FINISHED)
    made = made._replace(is_of_unfinished=made.is_of_unfinished or not is_finished)
    # The words contain the state, so that their index finds it, too.
    return _by_index(made, f"{name}_like", state)


def _by_index(made: Filter, name: str, word: str) -> Filter:
    """`made` with the index of words, if `word`, with its pattern in `name`, has trigrams."""
    if len(word) < _TRIGRAM or any(each.startswith(word) for each in _COMMON):
        return made
    # The index has `lower`, so that only `like` can use it: the policy is applied before `like`.
    return made._replace(indexed=(*made.indexed, f"lower(words) like lower(%({name})s)"))


def _like(name: str) -> LiteralString:
    return f"words like %({name})s"


def _pattern(word: str) -> str:
    escaped = re.sub(r"([\\%_])", r"\\\1", word)
    return f"%{escaped}%"
