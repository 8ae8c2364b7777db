"""Synthetic determinations without a fault, and one fault at a time seeded into them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from imr_tui.model.case import Case
from imr_tui.store.cases.case_file import open_case

CLEAN = Path(__file__).with_name("clean")
REVIEWER = "Avery Exampleby"
"""The name in the profile of whoever wrote them."""

Break = Callable[[Case], Case | None]
"""Puts a fault into a case; None where the case has nothing to break in that way."""


@dataclass(frozen=True)
class Kind:
    """A way in which a determination goes wrong."""

    name: str
    """What happened."""
    rules: tuple[str, ...]
    """The rules of which one has to notice; the first is the one that is about it."""
    seed: Break
    """What it does to a case."""


@dataclass(frozen=True)
class Fault:
    """A case with a fault in it."""

    base: str
    """The case it was made of."""
    kind: Kind
    """What is wrong with it."""
    case: Case
    """The case as it is now."""

    @property
    def name(self) -> str:
        """What tells it from the others."""
        return f"{self.kind.name}: {self.base}"


def bases() -> dict[str, Case]:
    """The determinations without a fault, by their names."""
    return {path.stem: open_case(path).case for path in sorted(CLEAN.glob("*.toml"))}
