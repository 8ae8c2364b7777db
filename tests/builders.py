"""Cases to test with: small ones that hold only what a test says, and one that can go out."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from imr_tui.model.case import Case, Item, from_plain
from imr_tui.model.evidence import Citation
from imr_tui.model.limits import ATTESTATIONS
from imr_tui.store.cases.case_codec import encode
from tests.sentinel import SENTINEL

NUMBER = "CM26-0000001"
"""The number of a case that does not say another."""
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""The moment at which tests attest and sign."""
DAY = date(2026, 11, 9)
"""A day to put into a date field."""

MTUS = Citation(
    guideline="mtus-2009-chronicpain",
    title="Chronic Pain Treatment Guidelines",
    section="9792.24.2",
    year=2009,
    pages="22, 46-47",
    standard="A",
)
"""A citation of the MTUS in the words of 2014: section number and pages."""
OTHER = Citation(title="Official Disability Guidelines", section="Pain", year=2015, standard="C")
"""A citation of another guideline."""


def a_case(**changes: Any) -> Case:
    """A blank case, with `changes` under the names of the model's fields."""
    return Case.blank(NUMBER).but(**changes)


def an_item(request: str = "6 massage therapy sessions", **changes: Any) -> Item:
    """An item that is decided, reasoned and cited."""
    whole = Item(
        request=request,
        decision="upheld",
        rationale="Massage is not medically necessary.",
        citations=(MTUS,),
    )
    return whole.but(**changes)


def a_complete_case(items: int | tuple[Item, ...] = 1, **changes: Any) -> Case:
    """A case without an error, with these items, or as many as asked for."""
    case = from_plain(
        {
            "case": {"number": NUMBER},
            "parties": {"employee": "Sample Worker", "employer": f"Sample Employer {SENTINEL}"},
            "records": [{"kind": "application"}, {"kind": "medical", "title": "PR-2"}],
            "reviewer": {
                "licenses": ["Texas", "Florida"],
                "specialties": ["Pain Management"],
                "attested": list(ATTESTATIONS),
                "attested_at": NOW,
            },
            "summary": {"text": "This 54 year old man was injured on 10/23/2013."},
        }
    )
    if isinstance(items, int):
        items = tuple(an_item(f"{count} therapy sessions") for count in range(1, items + 1))
    return case.but(items=items, **changes)


def saved(folder: Path, *cases: Case) -> Sequence[Path]:
    """The files of `cases`, written into `folder` as the program writes them."""
    paths = [folder / f"{case.number}.toml" for case in cases]
    for path, case in zip(paths, cases, strict=True):
        path.write_bytes(encode(case))
    return paths


def names(folder: Path) -> list[str]:
    """The names of what lies in a folder, in order."""
    return sorted(entry.name for entry in folder.iterdir())


def descriptors() -> int:
    """How many files this process has open."""
    return len(names(Path("/dev/fd")))
