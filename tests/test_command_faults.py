"""A fault inside a command: its number, our file and line, exit 70, and nothing of the data."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from imr_tui.letter.render.renderer import render
from imr_tui.store.cases.folder import Folder
from imr_tui.store.history.versions import Event
from tests.builders import NUMBER, a_complete_case, saved
from tests.commands import Run

pytestmark = pytest.mark.process

SENTINEL = "PHI-7f3a"


def crash(*arguments: object, **options: object) -> NoReturn:
    """A fault with data wherever a fault can hold some."""
    patient = SENTINEL
    error = RuntimeError(f"about {patient}", patient)
    error.add_note(patient)
    try:
        raise KeyError(patient)
    except KeyError as cause:
        raise error from cause


COMMANDS: dict[str, tuple[str, Callable[[Path], list[object]]]] = {
    "new": ("imr_tui.cli.commands.new.intake.case_of", lambda case: ["new", "CM26-9", case.parent]),
    "new: the disk": (
        "imr_tui.store.cases.folder.atomic.create",
        lambda case: ["new", "CM26-9", case.parent],
    ),
    "list": ("imr_tui.cli.commands.list_cases.listed", lambda case: ["list", case.parent]),
    "list: a rule": ("imr_tui.checks.state", lambda case: ["list", case.parent]),
    "check": ("imr_tui.checks.run", lambda case: ["check", case]),
    "check --json": ("imr_tui.checks.report.plain", lambda case: ["check", "--json", case]),
    "rules": ("imr_tui.cli.commands.rules.named", lambda case: ["rules", "IMR501"]),
    "letter": ("imr_tui.letter.render.renderer.render", lambda case: ["letter", case]),
    "letter: the view": (
        "imr_tui.letter.render.view.View._item",
        lambda case: ["letter", case],
    ),
    "import": (
        "imr_tui.store.cases.imported_letters.parse",
        lambda case: ["import", "-", "--folder", case.parent],
    ),
    "guidelines": ("imr_tui.cli.commands.guidelines.index", lambda case: ["guidelines", "knee"]),
    "history": ("imr_tui.store.history.versions.Versions.all", lambda case: ["history", case]),
    "history --diff": (
        "imr_tui.cli.commands.history.differences",
        lambda case: ["history", case, "--diff", 1],
    ),
    "doctor": ("imr_tui.cli.commands.doctor.examine", lambda case: ["doctor", case.parent]),
    "reading": ("tomli.loads", lambda case: ["letter", case]),
    "cleaning": ("imr_tui.model.case.Case.model_validate", lambda case: ["letter", case]),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_fault_tells_its_place_and_no_data(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    [case] = saved(cases, a_complete_case())
    Folder(cases).versions(NUMBER).note(case.read_bytes(), Event.OPENED)
    letter = render(a_complete_case()).encode()
    before = case.read_bytes()
    where, arguments = COMMANDS[name]
    monkeypatch.setattr(where, crash)
    done = run(*arguments(case), stdin=letter)
    assert done.code == 70, done
    assert done.out == ""
    assert re.fullmatch(
        r"(imr-tui: .*\n)*imr-tui: internal error "
        r"\(IMR-E[0-9A-F]{6}, RuntimeError at [\w/]+\.py:\d+\)\. No file was changed\.\n",
        done.err,
    ), done
    assert SENTINEL not in done.err
    assert case.read_bytes() == before
