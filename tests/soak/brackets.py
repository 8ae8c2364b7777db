"""The brackets campaign: strings that look like markup stand on every screen as they are."""

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, OptionList

from imr_tui.domain.workflow import Stage
from imr_tui.errors import BadInput
from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model import edits
from imr_tui.model.case import Case, from_plain
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.profile import save_profile
from imr_tui.store.history.versions import Event
from imr_tui.store.locking.holder import Holder
from imr_tui.store.toml_files.toml import dumps
from imr_tui.ui.app import ImrApp
from imr_tui.ui.dialogs.citing import CopyScreen, Picker
from imr_tui.ui.dialogs.navigation import GoToScreen, ItemsScreen
from imr_tui.ui.dialogs.paths import RescueScreen
from imr_tui.ui.dialogs.record import RecordScreen
from imr_tui.ui.dialogs.sharing import ChoiceScreen, RequestScreen, VersionsScreen
from imr_tui.ui.messages import CaseChosen
from imr_tui.ui.widgets.letter_view import LetterView
from tests.ui.driving import go, press, running, screen_text, the_app, until

NOW = datetime(2026, 11, 23, 14, 2, 7, tzinfo=UTC)
NUMBER = "CM26-0000666"
SIZE = (200, 90)
TOTAL = 10_000
_ALPHABET = "[[[]]]//=@#\\ab1 $(){}.:,'\"*_-^%"
_KNOWN = (
    "[/kg]",
    "[b]",
    "[/]",
    "[",
    "]",
    "\\[",
    "[sic]",
    "[x] done",
    "[@click=quit]a[/]",
    "[#f00]",
)


def refuse(says: str) -> Case:
    """What reading a file does that holds no case."""
    raise BadInput(says)


Look = Callable[[Pilot[None], Case], AsyncIterator[tuple[str, Sequence[str]]]]
"""Goes somewhere; tells after each step what it is called and what has to stand there."""


def strings(chance: random.Random, count: int) -> list[str]:
    """As many different strings as wanted, each as it stays on one line."""
    made: dict[str, None] = {}
    while len(made) < count:
        text = "".join(chance.choices(_ALPHABET, k=chance.randint(6, 18)))
        if chance.random() < 0.2:
            text = chance.choice(_KNOWN) + text
        text = " ".join(text.split())
        if text and not text.startswith("."):
            made[text] = None
    return list(made)


def bracketed_case(some: Iterator[str]) -> Case:
    """A case with a string of its own in every row that a list shows."""

    def rows(count: int) -> list[str]:
        return [next(some) for _ in range(count)]

    def cited(count: int) -> list[dict[str, Any]]:
        return [{"kind": "text", "text": text, "standard": "F"} for text in rows(count)]

    items: list[dict[str, Any]] = [{"request": text, "decision": "upheld"} for text in rows(20)]
    items[0] |= {"rationale": "\n\n".join(rows(16)), "citations": cited(7)}
    items[0] |= {"administrator_citations": cited(7), "weighing": {"question": next(some)}}
    items[1] |= {"original": next(some), "authorized": next(some)}
    return from_plain(
        {
            "schema": 1,
            "case": {"number": NUMBER},
            "parties": {
                "employee": next(some),
                "employer": next(some),
                "claims_administrator": next(some),
                "providers": rows(30),
            },
            "records": [{"title": text} for text in rows(24)],
            # A comma parts the entries of these two.
            "reviewer": {
                "licenses": [next(some).replace(",", "|")],
                "specialties": [next(some).replace(",", "|")],
            },
            "summary": {"text": "\n".join(rows(40))},
            "items": items,
        }
    )


# ── Places ───────────────────────────────────────────────────────────────────────────────


async def at_stages(pilot: Pilot[None], case: Case) -> AsyncIterator[tuple[str, Sequence[str]]]:
    first, second = case.items[:2]
    parties = case.parties
    await go(pilot, Stage("credentials"))
    named = [parties.employee, parties.employer, parties.claims_administrator, *parties.providers]
    yield "credentials", [*named, *case.reviewer.licenses, *case.reviewer.specialties]
    await go(pilot, Stage("summary"))
    yield "summary", case.summary.text.split("\n")
    await go(pilot, Stage("decision", 0))
    yield "decision", [first.request, *first.rationale.split("\n\n")]
    await go(pilot, Stage("decision", 1))
    yield "a modified item", [second.request, second.original, second.authorized]
    await go(pilot, Stage("citations", 0))
    yield "citations", [each.text for each in (*first.citations, *first.administrator_citations)]
    await go(pilot, Stage("review"))
    letter = the_app(pilot).screen.query_one(LetterView)
    await until(pilot, lambda: bool(letter.text))
    letter.focus()
    while True:
        await pilot.pause()
        top, room = letter.scroll_offset.y, letter.content_region.height
        # It is narrower than the screen, so each of its lines is one there.
        lines = letter.text.split("\n")[top : top + room]
        yield "the letter", [part for part in _printed(case) if any(part in x for x in lines)]
        if top + room >= letter.document.line_count:
            break
        letter.scroll_to(y=top + room, animate=False, force=True)


def _printed(case: Case) -> list[str]:
    """The strings that the letter prints in lines of their own or inside of one."""
    items = [item.request for item in case.items]
    return [*items, *case.items[0].rationale.split("\n\n"), *case.summary.text.split("\n")]


async def at_dialogs(pilot: Pilot[None], case: Case) -> AsyncIterator[tuple[str, Sequence[str]]]:
    app = the_app(pilot)
    requests = [item.request for item in case.items]
    last = edits.set_summary(case, "All of it is gone.")
    first, second = case.summary.text.split("\n")[:2]
    cited = [each.text for each in case.items[0].administrator_citations]
    shown: list[tuple[str, Screen[Any], Sequence[str]]] = [
        ("items", ItemsScreen(0), requests),
        ("go to", GoToScreen(case, Stage("summary")), requests),
        ("record", RecordScreen(), [each.title for each in case.records]),
        ("copy", CopyScreen(case, 0, "citations"), cited),
        ("two texts", ChoiceScreen(case, lambda: last), case.summary.text.split("\n")[:20]),
        ("a problem", ChoiceScreen(case, partial(refuse, first)), [first]),
        ("request", RequestScreen(Holder(who=first, host=second, since=NOW)), [first, second]),
        ("rescue", RescueScreen(f"NOT SAVED: {first}"), [first]),
        ("versions", VersionsScreen(app.folder.versions(NUMBER).all(), last), []),
    ]
    for name, screen, wanted in shown:
        await app.push_screen(screen)
        await pilot.pause()
        if name == "record":
            screen.query_one("#records").focus()
            await pilot.pause()
        if name == "versions":
            screen.query_one(OptionList).highlighted = 0
            await pilot.pause()
            wanted = case.summary.text.split("\n")[:10]
        yield name, wanted
        screen.dismiss(None)
        await pilot.pause()


async def told(pilot: Pilot[None], case: Case) -> AsyncIterator[tuple[str, Sequence[str]]]:
    """Notifications, a whole stack of them, and what is typed into fields."""
    app = the_app(pilot)
    texts = [record.title for record in case.records[:6]]
    for text in texts:
        app.notify(text, title=text, markup=False)
    await pilot.pause(0.1)
    yield "notifications", texts
    app.clear_notifications()
    await app.push_screen(Picker(None))
    await pilot.pause()
    for text in texts:
        app.screen.query_one(Input).value = text
        await pilot.pause()
        yield "picker", [f"Cite these words as they are: {text}"]
    app.screen.dismiss(None)
    await press(pilot, "ctrl+o")
    for text in texts:
        app.screen.query_one(Input).value = text
        await pilot.pause()
        yield "palette", [text]
    await press(pilot, "escape")


LOOKS: Sequence[Look] = (at_stages, at_dialogs, told)


# ── All of it ────────────────────────────────────────────────────────────────────────────


async def looked_at(place: Path, chance: random.Random) -> tuple[int, list[str]]:
    """How many strings one run of the app has shown, and what was not as it is."""
    folder = Folder(place / "cases")
    folder.path.mkdir(mode=0o700)
    save_profile(folder, Profile(licenses=("Texas",), specialties=("Pain Medicine",)))
    some = iter(strings(chance, 400))
    case = bracketed_case(some)
    (folder.path / f"{NUMBER}.toml").write_bytes(encode(case))
    folder.versions(NUMBER).note(encode(case), Event.IMPORTED)
    names = [next(some).replace("/", "|") for _ in range(40)]
    for name in names:
        (folder.path / f"{name}.toml").write_text(dumps({"schema": 1, "case": {name: 1}}))
    wrong: list[str] = []
    count = 0
    app = ImrApp(folder, Letterhead(), lambda: NOW)
    async with running(app, SIZE) as pilot:
        await until(pilot, lambda: names[0] in screen_text(app))
        wrong += missing("worklist", names, app)
        count += len(names)
        app.post_message(CaseChosen(NUMBER, None))
        await until(pilot, lambda: app.case is not None)
        await pilot.pause()
        for look in LOOKS:
            async for name, wanted in look(pilot, case):
                wrong += missing(name, wanted, app)
                count += len(wanted)
    return count, wrong


def missing(name: str, wanted: Sequence[str], app: ImrApp) -> list[str]:
    """Which of the strings do not stand on the screen, letter by letter."""
    text = screen_text(app)
    return [f"{name}: {each!r}" for each in wanted if each not in text]


def campaign(short: bool, seed: int) -> Iterator[str]:
    """Runs of the app until TOTAL strings have been shown."""
    count = 0
    chance = random.Random(seed)
    while count < (1 if short else TOTAL):
        with tempfile.TemporaryDirectory(prefix="brackets-") as place:
            shown, wrong = asyncio.run(looked_at(Path(place), chance))
        count += shown
        yield from (f"  fault: {each}" for each in wrong[:10])
    yield f"  strings shown                     {count}"
