"""IMR514: words that the dictionary of the system does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from imr_tui.checks.context import printed
from imr_tui.checks.rule import Hit, Span, rule
from imr_tui.checks.rules.request.drug_names import drug_misspellings
from imr_tui.checks.rules.wording.privacy import names_of_parties
from imr_tui.reading.language.patterns import unaccented
from imr_tui.reading.slips.near_misses import broken_phrases, near_misses
from imr_tui.reading.slips.word_slips import word_slips
from imr_tui.spelling.own_words import name_words
from imr_tui.spelling.words import Word, checked_words
from imr_tui.text.layout import listed

if TYPE_CHECKING:
    from imr_tui.checks.context import CheckContext
    from imr_tui.domain.workflow import Place
    from imr_tui.model.case import Case, Parties

SPELLING = "IMR514"
"""The id of the rule."""
_PROSE = ("summary.text", "request", "original", "authorized", "rationale")
_SHOWN = 3


def texts_to_spell(case: Case) -> Iterator[tuple[Place, str]]:
    """The texts of a case whose spelling is checked, with their fields."""
    return (each for each in printed(case) if each[0].field in _PROSE)


def party_words(parties: Parties) -> frozenset[str]:
    """The words of the parties' names, which no list of words may hold."""
    return name_words(parties.named())


@rule(
    SPELLING,
    "spelling",
    "info",
    why="Misspelled words look careless in a letter that is published.",
    source="Practice: typing errors in published determinations; the dictionaries of hunspell",
    fires={
        "rationale": "The neck was swolen. It is not medically necessary.",
        "misspelled": {"swolen": ("swollen",)},
    },
    passes={
        "rationale": "The neck was swollen. It is not medically necessary.",
        "misspelled": {"swolen": ("swollen",)},
    },
)
def spelling(context: CheckContext) -> Iterator[Hit]:
    """A word in small letters is in no dictionary of hunspell: `swolen`.

    Words of three letters and less are not checked, nor words with a capital or a digit. Drugs,
    anatomy, treatments, words of guidelines and words that the reviewer added are right. A word
    that another rule reports is not reported twice, and each word once for each text.

    Nothing is reported without hunspell, or before it has answered.
    """
    if not context.misspelled:
        return
    drugs: dict[Place, list[Span]] = {}
    for place, misspelled in drug_misspellings(context):
        drugs.setdefault(place, []).append(misspelled.span)
    for place, text in texts_to_spell(context.case):
        found = [word for word in checked_words(text) if word.text in context.misspelled]
        others = [*_reported(context.case, text), *drugs.get(place, ())] if found else []
        for word in _once(found, others):
            yield Hit(place, _message(word.text, context.misspelled[word.text]), word.span)


def _once(found: Iterable[Word], others: Sequence[Span]) -> Iterator[Word]:
    """Each of the words that were found once, without those that `others` report."""
    seen = set[str]()
    for word in found:
        is_reported = any(start < word.span[1] and word.span[0] < end for start, end in others)
        if word.text not in seen and not is_reported:
            seen.add(word.text)
            yield word


def _reported(case: Case, text: str) -> Iterator[Span]:
    """The words in a text that IMR501, IMR510 and IMR512 report."""
    for span, _ in (*near_misses(text), *broken_phrases(text), *word_slips(text)):
        yield span
    names = names_of_parties(case.parties)
    yield from (match.span() for match in names.finditer(unaccented(text)))


def _message(word: str, suggestions: Sequence[str]) -> str:
    if not suggestions:
        return f"{word!r} is not in the dictionary. Correct it, or add it with Ctrl+Space."
    meant = listed([repr(each) for each in suggestions[:_SHOWN]], "or")
    return f"{word!r} is not in the dictionary. Was {meant} meant?"
