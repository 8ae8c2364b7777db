"""Plain mode says printable characters and line feeds only, whatever is typed or in a case."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from imr_tui.store.cases.folder import Folder
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import Holder
from tests.builders import NOW
from tests.commands import Run
from tests.plain.driving import plain
from tests.soak.hostile import HELD, NUMBER, PAYLOADS, TAG, Texts, hostile_folder
from tests.soak.payloads import leaked, printed_wrongly

AT_ONCE = 24
"""Payloads that one session sees, in one line and one by one."""

# A blank line ends each question, and says a page again at its prompt.
LOOKS: Sequence[str] = (
    *("?", "", "f {}", "all", "o {}", "order {}", "{}", "i {}", "n", "", "n {}", "", ""),
    *("s", "r", "b", "p", "settings", "f", "{}", "{}", ".", "pin", "", "b"),
    *(f"o {HELD}", "", "take", "g summary", "p", "q", f"o {NUMBER}"),
    *("g credentials", "", "?", "states {}", "n", "", "specialties {}", "n", "", "1"),
    *("record", "", "p", "{}", ".", "", "t", "{}", ".", "", "e 1", "{}", ".", "", "b"),
    *("items", "", "e 1", "{}", ".", "", "b", "facts", "cited", "summary"),
    *("g summary", "", "p", "i", "{}", ".", "i {}", "p", "s 1 {}", "a 1 {}", "d 1", "find {}", ""),
    *("phrases {}", "", "", "spelling", "", "replace {}", "", "", "p"),
    *(
        "g decision 1",
        "",
        "?",
        "u",
        "request",
        "{}",
        ".",
        "",
        "r {}",
        "",
        "",
        "p",
        "i {}",
        "p",
    ),
    *("g citations 1", "", "?", "a {}", "", "", "a {}", "1", "{}", ".", "", "d", "", "", "", "b"),
    *(
        "g citations 1",
        "e 1",
        "{}",
        ".",
        "",
        "",
        "k",
        "s",
        "b",
        "c",
        "",
        "",
        "m",
        "1",
        "{}",
        "1",
        "",
    ),
    *("x", "f", "{}", ".", "", "e 1", "{}", "", "t", "b", "o", "e 1", ".", "", "b", "none", ""),
    *("review", "", "?", "list", "f", "explain", "go", "", "review", "f", "a", "{}", "", "f {}"),
    *("l", "all", "f {}", "g {}", "b", "w", "n", "", "pdf", "n", "", "s", "", "b"),
    *("h", "", "c 1", "r {}", "b", "finding", "g {}", "", "undo", "redo", "save", "zz{}", "q", "q"),
)
PLACES = 28
"""Places of hostile text that a session says, at least."""


def typed(text: str, payloads: Sequence[str]) -> Iterator[str]:
    """The lines of a look: with all payloads after their tags, then each of them at once."""
    for look in LOOKS[:-1]:
        yield look.replace("{}", text)
    for payload in payloads:
        yield f"o {payload}"
    yield LOOKS[-1]


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, len(PAYLOADS), AT_ONCE))
def test_every_payload_is_said_as_printable_characters(tmp_path: Path, start: int) -> None:
    texts = Texts(range(start, start + AT_ONCE))
    folder = hostile_folder(tmp_path, texts)
    held = claim(folder, HELD, Holder(who=texts["holder"], host=texts["host"], since=NOW))
    lines = typed(texts["pasted"], PAYLOADS[start : start + AT_ONCE])
    output = plain(Folder(folder), *lines)
    held.release()
    assert list(printed_wrongly(output)) == []
    assert list(leaked(output.encode())) == []
    places, payloads = (set(each) for each in zip(*TAG.findall(output), strict=True))
    assert len(places) >= PLACES
    assert len(payloads) == len(PAYLOADS[start : start + AT_ONCE])
    assert output.endswith("All is saved.\n")
    assert "Traceback" not in output


def test_arguments_are_said_as_printable_characters(run: Run, tmp_path: Path) -> None:
    for payload in PAYLOADS:
        done = run("--plain", tmp_path / f"x{payload.replace(chr(0), '')}".replace("/", "_"))
        assert done.code != 0
        assert list(printed_wrongly(done.out + done.err)) == [], payload


def test_a_payload_that_a_page_would_say_as_it_is_is_found() -> None:
    assert list(printed_wrongly("Item 1: \x1b[31mred")) != []
    assert list(printed_wrongly("Item 1: \u202ered")) != []
