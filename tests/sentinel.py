"""A word in every field of the cases that tests use, looked for afterwards where none may be.

At the end of the whole run, whatever workers it had, every file below its temporary folders is
searched, but for folders of cases and letters; a hit fails the run.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from imr_tui.model.case import Case
from imr_tui.store.cases.case_codec import decode, encode

SENTINEL = "Zqxsentinel"
"""No word of anything, and no name that a rule knows."""
HEADING = b"HOW THE IMR FINAL DETERMINATION WAS MADE"
"""What a letter is known by; one that a test has asked for may lie anywhere."""
LEFT_SCREEN = b"\x1b[?1049l"
"""What the app writes when it gives the screen back."""
LARGEST = 50_000_000


def marked(data: bytes) -> bytes:
    """The file of a case with the word in every text that is not blank, and every name."""
    return encode(_marked(decode(data, "a sample")))


def _marked(case: Case) -> Case:
    parties = case.parties.but(
        employee=_named(case.parties.employee),
        employer=_named(case.parties.employer),
        claims_administrator=_named(case.parties.claims_administrator),
        adjuster=_named(case.parties.adjuster),
        utilization_review_organization=_named(case.parties.utilization_review_organization),
        providers=tuple(map(_named, case.parties.providers)),
    )
    records = tuple(
        record.but(title=_with(record.title), source=_with(record.source))
        for record in case.records
    )
    items = tuple(
        item.but(
            request=_with(item.request),
            original=_with(item.original),
            authorized=_with(item.authorized),
            rationale=_with(item.rationale),
        )
        for item in case.items
    )
    summary = case.summary.but(text=_with(case.summary.text))
    return case.but(parties=parties, records=records, items=items, summary=summary)


def _named(name: str) -> str:
    """A name with the word at its start, so that the rule of names does not find the word alone."""
    return f"{SENTINEL}{name}" if name.strip() else name


def _with(text: str) -> str:
    """A text with the word at its end, but before its last dot, so that its sentence is whole."""
    if not text.strip():
        return text
    return f"{text[:-1]} {SENTINEL}." if text.endswith(".") else f"{text} {SENTINEL}"


def told_after(raw: bytes) -> bool:
    """Whether the word was written to the terminal after the app had left its screen."""
    _, left, after = raw.rpartition(LEFT_SCREEN)
    return bool(left) and SENTINEL.encode() in after


def leaks(place: Path) -> Iterator[Path]:
    """The files below `place`, outside of folders of cases, that hold the word."""
    word = SENTINEL.encode()
    for top, folders, names in os.walk(place):
        if _is_of_cases(folders, names):
            folders[:] = [name for name in folders if name != ".imr"]
            continue
        for path in (Path(top, name) for name in names):
            if path.is_file() and path.stat().st_size < LARGEST:
                data = path.read_bytes()
                if word in data and HEADING not in data:
                    yield path


def _is_of_cases(folders: list[str], names: list[str]) -> bool:
    return ".imr" in folders or any(name.endswith(".toml") for name in names)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Search what the run has left; the controller does it when its workers have gone."""
    factory = getattr(session.config, "_tmp_path_factory", None)
    if hasattr(session.config, "workerinput") or factory is None:
        return
    found = sorted(leaks(factory.getbasetemp()))
    for path in found:
        print(f"\nleaked: {path} holds the sentinel, outside of a folder of cases")
    if found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
