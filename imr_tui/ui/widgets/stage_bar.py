"""The second line: the stages of the walk with what is done and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import getters
from textual.content import Content
from textual.widgets import Static

from imr_tui.checks import Finding
from imr_tui.domain import workflow
from imr_tui.domain.workflow import Stage
from imr_tui.ui.app import ImrApp
from imr_tui.ui.widgets.content_equality import shows

if TYPE_CHECKING:
    from imr_tui.model.case import Case

_SHORT = {"Credentials": "Cred", "Summary": "Summ", "Decisions": "Dec", "Citations": "Cit"}


class StageBar(Static):
    """`[x]` done, `[ ]` to do, `[?]` done with a finding; the stage at hand is reversed."""

    app = getters.app(ImrApp)

    def __init__(self, stage: Stage) -> None:
        super().__init__("")
        self.stage = stage

    def on_mount(self) -> None:
        self.show()
        self.watch(self.app, "settled_case", self.show, init=False)
        self.watch(self.app, "findings", self.show, init=False)

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        """Write the line anew, if it says something else."""
        if self.app.case is None:
            return
        rail = rail_of(
            self.app.case, self.app.findings, self.stage, self.size.width or self.screen.size.width
        )
        if not shows(self, rail):
            self.update(rail, layout=False)


Found = tuple[Finding, ...] | None
"""What the rules found; None until they have looked."""


def rail_of(case: Case, found: Found, at: Stage, width: int) -> Content:
    """The rail of `case` seen from `at`, with shorter names where `width` is too small."""
    parts = list(_parts(case, found))
    if sum(len(mark) + len(name) + 2 for mark, name, _ in parts) > width:
        parts = [(mark, _shorter(name), kind) for mark, name, kind in parts]
    pieces: list[Content | str | tuple[str, str]] = []
    for mark, name, kind in parts:
        pieces += [" ", (f"{mark}{name}", "reverse" if kind == at.kind else "")]
    return Content.assemble(*pieces)


def _shorter(name: str) -> str:
    word, _, count = name.partition(" ")
    return f"{_SHORT.get(word, word)} {count}".rstrip()


def _parts(case: Case, found: Found) -> Iterator[tuple[str, str, str]]:
    walk = workflow.walk(case)
    asking = {workflow.stage_of(each.place).kind for each in found or () if each.is_open}
    for kind, name in (("credentials", "Credentials"), ("summary", "Summary")):
        done = workflow.is_complete(case, Stage(kind))  # type: ignore[arg-type]
        yield _mark(done, kind in asking), name, kind
    for kind, name in (("decision", "Decisions"), ("citations", "Citations")):
        of_kind = [stage for stage in walk if stage.kind == kind]
        complete = sum(workflow.is_complete(case, stage) for stage in of_kind)
        count = f" {complete}/{len(of_kind)}"
        yield _mark(complete == len(of_kind) > 0, kind in asking), name + count, kind
    yield _counts(found), "Review", "review"


def _mark(done: bool, asks: bool) -> str:
    """Done, done and yet with a finding that is open, or to do."""
    if not done:
        return "[ ]"
    return "[?]" if asks else "[x]"


def _counts(found: Found) -> str:
    """How many errors and open warnings there are: `[!2 ?3]`."""
    if found is None:
        return "[ ]"
    errors = sum(each.severity == "error" for each in found)
    warnings = sum(each.is_open for each in found) - errors
    counts = [f"{mark}{count}" for mark, count in (("!", errors), ("?", warnings)) if count]
    return f"[{' '.join(counts)}]" if counts else "[x]"
