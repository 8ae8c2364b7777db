"""Folders of cases to run the program on, made from the sample cases of the tests."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from imr_tui.model import edits, reviewer_edits
from imr_tui.model.case import ATTESTATIONS, Case
from imr_tui.store.cases.case_file import open_case
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config import Profile
from imr_tui.store.config.profile import save_profile
from tests.sentinel import SENTINEL, marked

SAMPLES = Path(__file__).parents[1] / "samples"
"""The sample cases of the tests; those in `cases/` are for people, who may change them."""
FRESH = SAMPLES / "CM26-0190442.toml"
"""A case of three items that waits to be worked."""
SEED = SAMPLES / "CM14-0187654.toml"
"""A case that is complete."""

APP = (sys.executable, "-m", "imr_tui")
"""The command that runs the program."""

PROFILE = Profile(licenses=("Texas",), specialties=("Orthopaedic Surgery",))
Field = Literal["line", "summary", "rationale"]
"""A field of one line, the title of a document; and the two texts."""
ATTESTED_AT = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
SUMMARY = f"A synthetic reviewer has read a synthetic file. {SENTINEL}"


def make_folder(place: Path, *cases: Path, profile: bool = True) -> Path:
    """A private folder in `place` with copies of `cases`, and the profile unless it is to ask."""
    folder = place / "cases"
    folder.mkdir(mode=0o700, parents=True)
    for case in cases:
        (folder / case.name).write_bytes(marked(case.read_bytes()))
    if profile:
        save_profile(Folder(folder), PROFILE)
    return folder


def case_at(place: Path, stage: Literal["summary", "rationale"]) -> Path:
    """The fresh case in a folder of its own, worked so far that it opens at the text `stage`."""
    path = make_folder(place, FRESH) / FRESH.name
    file = open_case(path)
    case = reviewer_edits.prefill(file.case, PROFILE.licenses, PROFILE.specialties)
    for key in ATTESTATIONS:
        case = reviewer_edits.toggle_attestation(case, key, ATTESTED_AT)
    if stage == "rationale":
        case = edits.set_decision(edits.set_summary(case, SUMMARY), 0, "upheld")
    file.save(case)
    return path


def case_with(place: Path, field: Field, text: str) -> Path:
    """The fresh case in a folder of its own, with this text in the field."""
    path = case_at(place, "summary")
    file = open_case(path)
    case = file.case
    if field == "line":
        case = edits.set_record(case, 0, {"title": text})
    case = edits.set_summary(case, text if field == "summary" else SUMMARY)
    if field == "rationale":
        case = edits.set_rationale(edits.set_decision(case, 0, "upheld"), 0, text)
    file.save(case)
    return path


def many_cases(place: Path, count: int) -> Path:
    """A folder of so many cases, every fourth of them complete, and its profile."""
    folder = make_folder(place)
    texts = [(path.stem.encode(), path.read_bytes()) for path in (FRESH, FRESH, FRESH, SEED)]
    for n in range(count):
        number, text = texts[n % len(texts)]
        name = f"CM26-{n:07}"
        (folder / f"{name}.toml").write_bytes(text.replace(number, name.encode()))
    return folder


def on_disk(path: Path) -> Case:
    """The case that a file holds now; raises for a torn one."""
    return open_case(path).case
