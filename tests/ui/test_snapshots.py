"""What the screens look like: pictures of each, at 80 by 24 and at 120 by 40."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from imr_tui import edits
from imr_tui.case import ATTESTATIONS
from imr_tui.evidence import Citation
from imr_tui.stages import Stage
from imr_tui.store.folder import Folder
from imr_tui.ui.widgets.settled import PAUSE_SECONDS
from tests.ui.conftest import FRESH, SEED, MakeApp, on_disk, put
from tests.ui.driving import go, press, the_app, until

SIZES = [(80, 24), (120, 40)]
STAGES = {
    "credentials": Stage("credentials"),
    "summary": Stage("summary"),
    "decision": Stage("decision", 1),
    "citations": Stage("citations", 1),
    "review": Stage("review"),
}
both_sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
SnapCompare = Callable[..., bool]


@pytest.fixture
def half_done(folder: Folder) -> Folder:
    """The fresh case, half written."""
    case = on_disk(folder)
    case = edits.set_summary(case, "A 44 year old worker was injured on 08/14/2025.\n\nThe MRI.")
    case = edits.set_decision(case, 1, "upheld")
    case = edits.set_rationale(case, 1, "Six sessions were authorized. No more are necessary.")
    cited = Citation(title="Shoulder Disorders", year=2023, sections=("Therapy",), standard="A")
    put(folder, edits.add_citation(case, 1, "citations", cited))
    return folder


@both_sizes
@pytest.mark.parametrize("name", STAGES)
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
        await pilot.pause(PAUSE_SECONDS * 2)

    assert snap_compare(make_app(FRESH), terminal_size=size, run_before=there)


@both_sizes
def test_worklist(
    size: tuple[int, int], folder: Folder, make_app: MakeApp, snap_compare: SnapCompare
) -> None:
    (folder.path / "CM26-0000001.toml").write_text("schema = 1\n[case\n")
    assert snap_compare(make_app(), terminal_size=size)


@both_sizes
def test_finished_review(
    size: tuple[int, int], make_app: MakeApp, snap_compare: SnapCompare
) -> None:
    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await pilot.pause(PAUSE_SECONDS * 2)

    assert snap_compare(make_app(SEED), terminal_size=size, run_before=there)


DIALOGS = {
    "help": ["f1"],
    "palette": ["ctrl+o"],
    "go-to": ["ctrl+g"],
    "items": ["ctrl+t"],
    "item": ["e"],
    "record": ["ctrl+r"],
}


@pytest.mark.parametrize("name", DIALOGS)
def test_dialog(name: str, half_done: Folder, make_app: MakeApp, snap_compare: SnapCompare) -> None:
    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, STAGES["decision"])
        the_app(pilot).set_focus(None)
        await pilot.pause(PAUSE_SECONDS * 2)
        await press(pilot, *DIALOGS[name])
        await pilot.pause(PAUSE_SECONDS)

    assert snap_compare(make_app(FRESH), terminal_size=(80, 24), run_before=there)


CITING = {
    "picker": ["a", *"low back"],
    "citation": ["a", *"low back 2004", "enter", *"sp"],
    "weighing": ["x", *"Is surgery needed now?", "tab", "5", "tab", *"1b"],
    "departure": ["m"],
    "copy": ["c"],
}


@both_sizes
@pytest.mark.parametrize("name", CITING)
def test_citing(
    name: str,
    size: tuple[int, int],
    half_done: Folder,
    make_app: MakeApp,
    snap_compare: SnapCompare,
) -> None:
    odg = Citation(title="Official Disability Guidelines (ODG)", section="Shoulder", year=2026)
    put(half_done, edits.add_citation(on_disk(half_done), 0, "citations", odg))

    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, Stage("citations", 0))
        await press(pilot, *CITING[name])
        await pilot.pause(PAUSE_SECONDS * 2)

    assert snap_compare(make_app(FRESH), terminal_size=size, run_before=there)


ASKING = {
    "questioned": [],
    "acceptance": ["down", "a", *"The PR-2 of June was searched."],
    "explanation": ["f1"],
}


@pytest.fixture
def questioned(half_done: Folder) -> Folder:
    """The fresh case without an error, and with a word that three rules ask about."""
    case = on_disk(half_done)
    case = case.but(reviewer=case.reviewer.but(attested=tuple(ATTESTATIONS), licenses=("Texas",)))
    case = edits.set_specialties(case, ["Pain Medicine"])
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
        case = edits.copy_citations(case, index, "citations", item.administrator_citations)
    put(half_done, case)
    return half_done


@both_sizes
@pytest.mark.parametrize("name", ASKING)
def test_findings(
    name: str,
    size: tuple[int, int],
    questioned: Folder,
    make_app: MakeApp,
    snap_compare: SnapCompare,
) -> None:
    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, STAGES["review"])
        await press(pilot, *ASKING[name])
        await pilot.pause(PAUSE_SECONDS * 2)

    assert snap_compare(make_app(FRESH), terminal_size=size, run_before=there)


@both_sizes
def test_words_in_question(
    size: tuple[int, int], questioned: Folder, make_app: MakeApp, snap_compare: SnapCompare
) -> None:
    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, STAGES["review"])
        await press(pilot, "enter")
        await pilot.pause(PAUSE_SECONDS * 2)

    assert snap_compare(make_app(FRESH), terminal_size=size, run_before=there)


def test_profile(folder: Folder, make_app: MakeApp, snap_compare: SnapCompare) -> None:
    folder.own("profile.toml").unlink()
    assert snap_compare(make_app(), terminal_size=(80, 24))


def test_readme_picture(half_done: Folder, make_app: MakeApp, snap_compare: SnapCompare) -> None:
    """The picture in the README is this one, so it is never out of date."""

    async def there(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: the_app(pilot).findings is not None)
        await go(pilot, STAGES["decision"])
        await pilot.pause(PAUSE_SECONDS * 2)

    assert snap_compare(make_app(FRESH), terminal_size=(112, 30), run_before=there)
