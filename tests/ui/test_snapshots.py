"""What the screens look like: a picture of each at 80 by 24, and of some at 120 by 40."""

import os
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from imr_tui.domain.workflow import Stage
from imr_tui.model import edits, evidence_edits, reviewer_edits
from imr_tui.model.evidence import Citation
from imr_tui.model.limits import ATTESTATIONS
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import account_folder
from imr_tui.store.history.versions import Event
from imr_tui.store.intake.new_facts import keep_new_facts
from imr_tui.store.intake.received import keep_received
from imr_tui.store.locking.claim import claim
from imr_tui.store.locking.holder import Holder
from imr_tui.ui.dialogs.paths import RescueScreen
from imr_tui.ui.dialogs.sharing import ChoiceScreen
from imr_tui.ui.dialogs.sign import SignScreen
from imr_tui.ui.features import checking
from tests.builders import a_complete_case, an_item
from tests.ui.conftest import FRESH, NOW, MakeApp, on_disk, put
from tests.ui.driving import go, press, rest, saved, screen_text, the_app, until
from tests.ui.to_sign import to_sign

PAUSE = 0.06
NARROW, WIDE = (80, 24), (120, 40)
STAGES = {
    "credentials": Stage("credentials"),
    "summary": Stage("summary"),
    "decision": Stage("decision", 1),
    "citations": Stage("citations", 1),
    "review": Stage("review"),
}
SnapCompare = Callable[..., bool]


def size_id(value: object) -> str | None:
    """The sizes are part of the pictures' names."""
    return f"{value[0]}x{value[1]}" if isinstance(value, tuple) else None


@pytest.fixture
def half_done(folder: Folder) -> Folder:
    """The fresh case, half written."""
    case = on_disk(folder)
    case = edits.set_summary(case, "A 44 year old worker was injured on 08/14/2025.\n\nThe MRI.")
    case = edits.set_decision(case, 1, "upheld")
    case = edits.set_rationale(case, 1, "Six sessions were authorized. No more are necessary.")
    cited = Citation(title="Shoulder Disorders", year=2023, sections=("Therapy",), standard="A")
    put(folder, evidence_edits.add_citation(case, 1, "citations", cited))
    return folder


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause in typing that is over sooner."""
    monkeypatch.setattr(checking, "PAUSE_SECONDS", PAUSE)


async def at_rest(pilot: Pilot[Any]) -> None:
    """Wait until all is on the disk, the first line says so, and what comes late has come."""
    app = the_app(pilot)
    await saved(pilot)
    if (
        app.parts.editing.session is not None
        and app.parts.editing.session.case != app.parts.editing.session.file.case
    ):
        await until(pilot, lambda: app.save_state != "Saved")
    await until(pilot, lambda: app.case is None or app.parts.checking._found_in == app.case)
    before = ""
    while before != (before := screen_text(app)):
        # A busy machine may take longer than the pause itself.
        await pilot.pause(PAUSE * 2)
        await rest(app)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        *((name, NARROW) for name in STAGES),
        pytest.param("decision", WIDE, marks=pytest.mark.slow),
    ],
    ids=size_id,
)
def test_stage(
    name: str,
    size: tuple[int, int],
    half_done: Folder,
    make_app: MakeApp,
    snap_compare: SnapCompare,
) -> None:
    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, STAGES[name])
        await at_rest(pilot)

    assert snap_compare(make_app(FRESH), terminal_size=size, run_before=there)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=size_id)
def test_worklist(
    size: tuple[int, int], folder: Folder, make_app: MakeApp, snap_compare: SnapCompare
) -> None:
    (folder.path / "CM26-0000001.toml").write_text("schema = 1\n[case\n")
    for path in folder.path.glob("*.toml"):
        # The pane shows when a case was changed last.
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert snap_compare(make_app(), terminal_size=size)


def test_statistics(folder: Folder, make_app: MakeApp, snap_compare: SnapCompare) -> None:
    requests = ("MRI of the neck", "Norco 10/325 mg #90", "Physical therapy, 12 sessions")
    for at in range(9):
        outcomes = ("overturned" if at % 3 == 0 else "upheld", "upheld", "upheld")
        pairs = zip(requests[: at % 3 + 1], outcomes, strict=False)
        items = tuple(an_item(request, decision=outcome) for request, outcome in pairs)
        case = a_complete_case(items=items)
        case = case.but(particulars=case.particulars.but(number=f"CM26-{at}"))
        put(folder, case)
        folder.write_letter(case.number, "The letter.\n", case, NOW)

    async def there(pilot: Pilot[Any]) -> None:
        await press(pilot, "s")
        await until(pilot, lambda: "By category" in screen_text(the_app(pilot)))

    assert snap_compare(make_app(), terminal_size=NARROW, run_before=there)


DIALOGS = {
    "help": ["f1"],
    "palette": ["ctrl+o"],
    "item": ["e"],
    "record": ["ctrl+r"],
}


@pytest.mark.parametrize(
    "name",
    [
        "help",
        "palette",
        pytest.param("item", marks=pytest.mark.slow),
        pytest.param("record", marks=pytest.mark.slow),
    ],
)
def test_dialog(name: str, half_done: Folder, make_app: MakeApp, snap_compare: SnapCompare) -> None:
    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, STAGES["decision"])
        the_app(pilot).set_focus(None)
        await at_rest(pilot)
        await press(pilot, *DIALOGS[name])
        await at_rest(pilot)

    assert snap_compare(make_app(FRESH), terminal_size=NARROW, run_before=there)


CITING = {
    "picker": ["a", *"low back"],
    "weighing": ["x", *"Is surgery needed now?", *["tab"] * 6, "5", "tab", *"1b"],
    "departure": ["m"],
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "size"), [("picker", NARROW), ("weighing", NARROW), ("departure", WIDE)], ids=size_id
)
def test_citing(
    name: str,
    size: tuple[int, int],
    half_done: Folder,
    make_app: MakeApp,
    snap_compare: SnapCompare,
) -> None:
    odg = Citation(title="Official Disability Guidelines (ODG)", section="Shoulder", year=2026)
    put(half_done, evidence_edits.add_citation(on_disk(half_done), 0, "citations", odg))

    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, Stage("citations", 0))
        await press(pilot, *CITING[name])
        await at_rest(pilot)

    assert snap_compare(make_app(FRESH), terminal_size=size, run_before=there)


@pytest.fixture
def questioned(half_done: Folder) -> Folder:
    """The fresh case without an error, and with a word that three rules ask about."""
    case = on_disk(half_done)
    case = case.but(reviewer=case.reviewer.but(attested=tuple(ATTESTATIONS), licenses=("Texas",)))
    case = reviewer_edits.set_specialties(case, ["Pain Medicine"])
    case = edits.set_summary(
        case,
        "This 44 year old man sustained an industrial injury on 08/15/2025. The diagnosis is a "
        "tear of the right rotator cuff. Treatment has included six visits of therapy. Surgery "
        "and more therapy were requested, and utilization review denied them on 10/20/2026.",
    )
    for index, item in enumerate(case.items):
        case = edits.set_decision(case, index, "upheld")
        case = edits.set_rationale(
            case,
            index,
            "There is no documentation of a failed trial of therapy for the left shoulder. "
            f"Item {index + 1} is not medically necessary for this worker.",
        )
        case = evidence_edits.copy_citations(case, index, "citations", item.administrator_citations)
    put(half_done, case)
    return half_done


@pytest.mark.slow
def test_an_acceptance(questioned: Folder, make_app: MakeApp, snap_compare: SnapCompare) -> None:
    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, STAGES["review"])
        await press(pilot, "down", "a", *"The PR-2 of June was searched.")
        await at_rest(pilot)

    assert snap_compare(make_app(FRESH), terminal_size=NARROW, run_before=there)


def test_words_in_question(
    questioned: Folder, make_app: MakeApp, snap_compare: SnapCompare
) -> None:
    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, STAGES["review"])
        await press(pilot, "enter")
        await at_rest(pilot)

    assert snap_compare(make_app(FRESH), terminal_size=WIDE, run_before=there)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=size_id)
def test_sign(
    size: tuple[int, int], questioned: Folder, make_app: MakeApp, snap_compare: SnapCompare
) -> None:
    async def there(pilot: Pilot[Any]) -> None:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, STAGES["review"])
        await app.push_screen(SignScreen(to_sign(app.open_case, is_encrypted=True)))
        await press(pilot, "ctrl+t", *"words", "enter", *"044", "enter")
        await at_rest(pilot)

    assert snap_compare(make_app(FRESH), terminal_size=size, run_before=there)


@pytest.mark.slow
def test_new_facts(half_done: Folder, make_app: MakeApp, snap_compare: SnapCompare) -> None:
    before = on_disk(half_done)
    after = edits.set_date(before, "ur_decision_date", date(2026, 10, 22))
    after = edits.set_party(after, "employer", "Other Freight Company")
    after = edits.set_case_line(after, "diagnosis", "M75.121 Complete rotator cuff tear, right")
    keep_received(half_done.path, before)
    keep_new_facts(half_done.path, after.but(items=(after.items[0], *after.items[2:])))

    async def there(pilot: Pilot[Any]) -> None:
        app = the_app(pilot)
        await until(pilot, lambda: app.findings is not None)
        await go(pilot, STAGES["summary"], types=False)
        await until(pilot, lambda: bool(app.notices))
        await press(pilot, "f2")
        await at_rest(pilot)

    assert snap_compare(make_app(FRESH), terminal_size=NARROW, run_before=there)


JANE = Holder(who="drjane", host="ward-3", since=NOW)


async def show_versions(pilot: Pilot[Any]) -> None:
    await press(pilot, "escape", "h")


async def show_choice(pilot: Pilot[Any]) -> None:
    app = the_app(pilot)
    other = edits.set_summary(app.open_case, "A 45 year old worker was hurt on 08/14/2025.")
    theirs = edits.set_decision(other, 0, "upheld")
    app.push_screen(ChoiceScreen(app.open_case, lambda: theirs))


async def show_rescue(pilot: Pilot[Any]) -> None:
    why = "NOT SAVED: /srv/cases/CM26-0190442.toml could not be written: no space left on device."
    the_app(pilot).push_screen(RescueScreen(why))


SHARED = [(show_versions, NARROW), (show_choice, WIDE), (show_rescue, NARROW)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("show", "size"), SHARED, ids=lambda value: size_id(value) or value.__name__
)
def test_sharing(
    show: Callable[[Pilot[Any]], Awaitable[None]],
    size: tuple[int, int],
    half_done: Folder,
    make_app: MakeApp,
    snap_compare: SnapCompare,
) -> None:
    versions = half_done.versions(FRESH)
    # As the app would fill it in, so that no version is made now.
    case = reviewer_edits.prefill(on_disk(half_done), ("Texas",), ("Pain Medicine",))
    put(half_done, case)
    for count, event in enumerate((Event.IMPORTED, Event.LEFT, Event.LETTER)):
        earlier = edits.set_rationale(case, 1, "Six sessions were " + "authorized. " * count)
        versions.note(encode(earlier), event)
        at = (NOW - timedelta(hours=5 - count)).timestamp()
        os.utime(versions.all()[0].path, (at, at))
    versions.note(encode(case), Event.OPENED)
    os.utime(versions.all()[0].path, (NOW.timestamp(), NOW.timestamp()))

    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, STAGES["summary"])
        await show(pilot)
        if show is show_versions:
            await press(pilot, "down", "down")
        await at_rest(pilot)

    assert snap_compare(make_app(FRESH), terminal_size=size, run_before=there)


def test_a_case_that_is_open_elsewhere(
    half_done: Folder, make_app: MakeApp, snap_compare: SnapCompare
) -> None:
    held = claim(half_done.path, FRESH, JANE)

    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, STAGES["summary"])
        await at_rest(pilot)

    assert snap_compare(make_app(FRESH), terminal_size=NARROW, run_before=there)
    held.release()


def test_profile(folder: Folder, make_app: MakeApp, snap_compare: SnapCompare) -> None:
    (account_folder(folder.path) / "profile.toml").unlink()
    assert snap_compare(make_app(), terminal_size=NARROW)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=size_id)
def test_profile_and_settings(
    size: tuple[int, int], folder: Folder, make_app: MakeApp, snap_compare: SnapCompare
) -> None:
    folder.own("settings.toml").write_text('width = 80\norganization = "Sample Review, Inc."\n')

    async def there(pilot: Pilot[Any]) -> None:
        await press(pilot, "p")
        await until(pilot, lambda: "Your profile and settings" in screen_text(the_app(pilot)))
        if size == NARROW:
            await press(pilot, "pagedown")
        await at_rest(pilot)

    assert snap_compare(make_app(), terminal_size=size, run_before=there)


def test_readme_picture(half_done: Folder, make_app: MakeApp, snap_compare: SnapCompare) -> None:
    """The picture in the README is this one, so it is never out of date."""

    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, STAGES["decision"])
        await at_rest(pilot)

    assert snap_compare(make_app(FRESH), terminal_size=(112, 30), run_before=there)


def test_readme_picture_of_review(
    half_done: Folder, make_app: MakeApp, snap_compare: SnapCompare
) -> None:
    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, STAGES["review"])
        await at_rest(pilot)

    assert snap_compare(make_app(FRESH), terminal_size=(112, 34), run_before=there)
