"""No file of a signed case passes for that of another one, signed with the same key."""

import shutil
from itertools import permutations
from pathlib import Path

import pytest

from imr_tui.services.verify_cases import SigningEvents, signing_events, verify_file
from tests.builders import saved
from tests.services.signing import Desk, a_signable_case, desk, signing_site
from tests.signers import needs_keygen

__all__ = ["desk", "signing_site"]

pytestmark = [pytest.mark.process, needs_keygen]

CASE, LETTER, OWN = "{}.toml", "{}.txt", ".imr/signed/{}"
REVISION = f"{OWN}/1"
SWAPS = {
    "case file": (CASE,),
    "letter": (LETTER,),
    "sealed copies": (OWN,),
    "sealed case": (f"{REVISION}/case.toml",),
    "sealed letter": (f"{REVISION}/letter.txt",),
    "both letters": (LETTER, f"{REVISION}/letter.txt"),
    "manifest": (f"{REVISION}/manifest",),
    "signature": (f"{REVISION}/reviewer.sig",),
    "manifest and signature": (f"{REVISION}/manifest", f"{REVISION}/reviewer.sig"),
    "case file and sealed copies": (CASE, OWN),
    "all": (CASE, LETTER, OWN),
}
"""What of a case is put in the place of the same of another one."""


def signed_cases(desk: Desk, count: int) -> list[str]:
    """The numbers of so many signed cases in the folder."""
    numbers = [f"CM26-{number:07}" for number in range(1, count + 1)]
    for age, number in enumerate(numbers, 30):
        case = a_signable_case(number)
        # No two letters are the same.
        text = case.summary.text.replace("54", str(age))
        (path,) = saved(desk.path, case.but(summary=case.summary.but(text=text)))
        desk.sign(path)
    assert len({(desk.path / LETTER.format(each)).read_bytes() for each in numbers}) == count
    assert all(status(desk, each, signing_events(desk.path)) == "good" for each in numbers)
    return numbers


def status(desk: Desk, number: str, events: SigningEvents) -> str:
    return verify_file(desk.path / f"{number}.toml", desk.trust, events).status


def put(old: Path, new: Path) -> None:
    """Put a file or folder in the place of another one."""
    if old.is_dir():
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(old, new)
    else:
        shutil.copyfile(old, new)


def accepted(desk: Desk, numbers: list[str], kept: Path) -> list[tuple[str, str, str]]:
    """The swaps after which a case still verifies; `kept` is where to copy its files."""
    events = signing_events(desk.path)
    found = []
    for name, parts in SWAPS.items():
        for one, other in permutations(numbers, 2):
            for part in parts:
                put(desk.path / part.format(other), kept / part.format(other))
            for part in parts:
                put(kept / part.format(one), desk.path / part.format(other))
            if status(desk, other, events) == "good":
                found.append((name, one, other))
            for part in parts:
                put(kept / part.format(other), desk.path / part.format(other))
    return found


@pytest.mark.parametrize("count", [3, pytest.param(20, marks=pytest.mark.slow)])
@pytest.mark.timeout(600)
def test_nothing_of_a_signed_case_passes_for_that_of_another(
    desk: Desk, tmp_path: Path, count: int
) -> None:
    numbers = signed_cases(desk, count)
    kept = tmp_path / "kept"
    shutil.copytree(desk.path, kept)
    assert accepted(desk, numbers, kept) == []
    assert all(status(desk, each, signing_events(desk.path)) == "good" for each in numbers)
