"""The texts of a case that its letter prints, each with its place."""

from collections.abc import Iterator

from imr_tui.case import Case, Item
from imr_tui.citation import words
from imr_tui.stages import Place


def printed(case: Case) -> Iterator[tuple[Place, str]]:
    """Every text that the letter prints, in the letter's order."""
    yield from ((Place("reviewer.licenses"), state) for state in case.reviewer.licenses)
    yield from ((Place("reviewer.specialties"), title) for title in case.reviewer.specialties)
    yield Place("summary.text"), case.summary.text
    for index, item in enumerate(case.items):
        yield from _printed_of_item(index, item)


def _printed_of_item(index: int, item: Item) -> Iterator[tuple[Place, str]]:
    yield Place("request", index), item.request
    if item.is_modified:
        yield Place("original", index), item.original
        yield Place("authorized", index), item.authorized
    for field, listed in (
        ("administrator_citations", item.administrator_citations),
        ("citations", item.citations),
    ):
        for at, citation in enumerate(listed):
            if not citation.is_blank():
                yield Place(f"{field}[{at}]", index), words(citation)
    yield Place("rationale", index), item.rationale
