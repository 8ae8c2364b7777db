"""From the worklist to a written letter, by keys alone."""

import re

import pytest

from imr_tui.domain.workflow import Stage
from imr_tui.letter.render.renderer import render
from imr_tui.model import edits
from imr_tui.model.limits import StageKind as Kind
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.account_folder import account_folder
from imr_tui.ui.messages import LetterWanted
from imr_tui.ui.widgets.letter_view import LetterView
from tests.ui.conftest import FRESH, SEED, MakeApp, on_disk, put
from tests.ui.driving import press, running, saved, screen_text, the_app, until, write

SUMMARY = "A 44 year old man."
ITEM_STAGES: tuple[Kind, Kind] = ("decision", "citations")
UPHOLD = "Not necessary."
OVERTURN = "A full tear."


async def test_the_fresh_case_goes_from_the_worklist_to_a_letter(
    folder: Folder, make_app: MakeApp
) -> None:
    async with running(make_app()) as pilot:
        app = the_app(pilot)
        await press(pilot, "down", "enter")
        await until(pilot, lambda: app.case is not None)
        await press(pilot, *"123456", "ctrl+n", "enter")
        await write(pilot, SUMMARY)
        for index, (key, rationale) in enumerate(
            [("o", OVERTURN), ("u", UPHOLD), ("u", "As item 1.")]
        ):
            await press(pilot, "ctrl+n")
            await until(pilot, lambda at=index: stage_of(app) == Stage("decision", at))  # type: ignore[misc]
            await press(pilot, key, "enter")
            await write(pilot, rationale)
            await press(pilot, "ctrl+n")
            await until(pilot, lambda at=index: stage_of(app) == Stage("citations", at))  # type: ignore[misc]
            if index < 2:
                await press(pilot, "a")
                await write(pilot, "shoulder 2023")
                await press(pilot, "enter")
                await write(pilot, "Tears")
                await press(pilot, "ctrl+s")
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: stage_of(app) == Stage("review"))
        preview = app.screen.query_one(LetterView).letter
        await press(pilot, "w", "w")
        await until(pilot, lambda: "Letter written" in screen_text(app))

    case = on_disk(folder)
    letter = (folder.path / f"{FRESH}.txt").read_bytes()
    assert letter == preview.encode() == render(case).encode()
    assert [item.decision for item in case.items] == ["overturned", "upheld", "upheld"]
    assert [item.rationale for item in case.items][:2] == [OVERTURN, UPHOLD]
    assert case.summary.text == SUMMARY
    assert case.items[0].citations[0].sections == ("Tears",)
    assert len(case.reviewer.attested) == 6
    assert case.reviewer.licenses == ("Texas",)


@pytest.mark.slow
async def test_the_overhead_of_a_one_item_case_stays_under_twelve_keys(
    folder: Folder, make_app: MakeApp
) -> None:
    case = on_disk(folder)
    for _ in range(2):
        case = edits.remove_item(case, len(case.items) - 1)
    put(folder, case)
    overhead: list[str] = []

    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)

        async def count(*keys: str) -> None:
            overhead.extend(keys)
            await press(pilot, *keys)

        await press(pilot, *"123456")  # attestations
        await count("ctrl+n", "enter")
        await write(pilot, SUMMARY)
        await count("ctrl+n")
        await press(pilot, "u")  # the decision
        await count("enter")
        await write(pilot, UPHOLD)
        await count("ctrl+n", "a")
        await write(pilot, "shoulder 2023")
        await press(pilot, "enter")  # the choice from the list
        await write(pilot, "Tears")
        await count("ctrl+s", "ctrl+n", "w", "w")
        await until(pilot, lambda: "Letter written" in screen_text(app))

    assert (folder.path / f"{FRESH}.txt").read_text() == render(on_disk(folder))
    print(f"overhead of a one-item case: {len(overhead)} keys ({' '.join(overhead)})")
    assert len(overhead) < 12


@pytest.mark.slow
async def test_next_and_back_walk_every_stage_and_stop_at_the_ends(make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        visited = [stage_of(app)]
        for key in ["ctrl+n"] * 9 + ["ctrl+p"] * 9:
            await press(pilot, key)
            await pilot.pause()
            visited.append(stage_of(app))
    items = [Stage(kind, at) for at in range(3) for kind in ITEM_STAGES]
    there = [Stage("credentials"), Stage("summary"), *items, Stage("review")]
    assert visited == [*there, *reversed(there), Stage("credentials")]


@pytest.mark.slow
async def test_any_stage_can_be_gone_to(make_app: MakeApp) -> None:
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: app.case is not None)
        await press(pilot, "ctrl+g", *"cit 1", "enter")
        await until(pilot, lambda: stage_of(app) == Stage("citations", 0))


async def test_a_case_opens_at_its_first_open_field(folder: Folder, make_app: MakeApp) -> None:
    case = on_disk(folder, SEED)
    put(folder, edits.set_rationale(case, 0, ""))
    async with running(make_app(SEED)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: stage_of(app) == Stage("decision", 0))
        await press(pilot, "enter")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "rationale")


async def test_a_letter_is_refused_while_something_is_missing(
    folder: Folder, make_app: MakeApp
) -> None:
    put(folder, edits.set_decision(on_disk(folder, SEED), 0, None))
    async with running(make_app(SEED)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: stage_of(app) == Stage("decision", 0))
        await press(pilot, "ctrl+n", "ctrl+n")
        await until(pilot, lambda: stage_of(app) == Stage("review"))
        assert "[decision missing]" in app.screen.query_one(LetterView).letter
        assert re.search("Draft. 1 error blocks the letter. Enter jumps to it.", screen_text(app))
        await press(pilot, "w")
        app.post_message(LetterWanted())
        await saved(pilot)
        assert not (folder.path / f"{SEED}.txt").exists()
        await press(pilot, "enter")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "decision")
        await press(pilot, "u", "ctrl+n", "ctrl+n")
        await until(pilot, lambda: "w writes the letter to" in screen_text(app))
        await press(pilot, "w")
        await until(pilot, lambda: (folder.path / f"{SEED}.txt").exists())


async def test_the_profile_is_asked_for_once_and_prefills(
    folder: Folder, make_app: MakeApp
) -> None:
    (account_folder(folder.path) / "profile.toml").unlink()
    async with running(make_app(FRESH)) as pilot:
        app = the_app(pilot)
        await until(pilot, lambda: "Your profile" in screen_text(app))
        await write(pilot, "texas, flo")
        await press(pilot, "right", "enter")
        await write(pilot, "Pain Med")
        await press(pilot, "right", "enter")
        await write(pilot, "Avery Sampleton")
        await press(pilot, "enter", "enter", "enter", "enter")
        await until(pilot, lambda: app.case is not None)
        await saved(pilot)
    assert on_disk(folder).reviewer.licenses == ("Texas", "Florida")
    assert on_disk(folder).reviewer.specialties == ("Pain Medicine",)
    assert on_disk(folder).reviewer.attested == ()
    async with running(make_app()) as pilot:
        assert "Your profile" not in screen_text(pilot.app)


def stage_of(app: object) -> Stage | None:
    """The stage in view."""
    return getattr(getattr(app, "screen", None), "stage", None)
