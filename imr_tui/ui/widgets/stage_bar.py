"""The second line: the stages of the walk, each with its state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from imr_tui.checks import Finding
from imr_tui.domain import workflow
from imr_tui.domain.workflow import Stage
from imr_tui.ui.widgets.derived_text import DerivedText

if TYPE_CHECKING:
    from imr_tui.model.case import Case

_SHORT = {"Credentials": "Cred", "Summary": "Summ", "Decisions": "Dec", "Citations": "Cit"}


class StageBar(DerivedText):
    """`[x]` done, `[ ]` to do, `[?]` done with a finding; the current stage is reversed."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage

    def on_mount(self) -> None:
        self.show()
        self.watch(self.app, "settled_case", self.show, init=False)
        self.watch(self.app, "findings", self.show, init=False)

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        """Show the stages as they are now."""
        if self.app.case is not None:
            width = self.size.width or self.screen.size.width
            self.say(stage_line(self.app.case, self.app.findings, self.stage, width))


Found = tuple[Finding, ...] | None
"""The findings in a case; None until it was checked."""


def stage_line(case: Case, found: Found, at: Stage, width: int) -> Content:
    """The stages of `case` as seen from `at`, with shorter names if `width` is too small."""
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
    """The mark of a stage that is to do, done, or done with an open finding."""
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
