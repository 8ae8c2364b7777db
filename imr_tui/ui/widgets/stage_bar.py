"""The second and third line: the stages, each with its state, and what this one lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from textual.content import Content

from imr_tui.domain import workflow
from imr_tui.domain.workflow import Stage
from imr_tui.ui.widgets.derived_text import DerivedText
from imr_tui.ui.widgets.missing import missing_words

if TYPE_CHECKING:
    from imr_tui.checks import Finding
    from imr_tui.model.case import Case
    from imr_tui.model.limits import StageKind

_SHORT = {"Credentials": "Cred", "Summary": "Summ", "Decisions": "Dec", "Citations": "Cit"}
_DONE, _OPEN, _WARNING, _ERROR = "✓", "○", "?", "!"
_STYLES = {_DONE: "$text-success", _OPEN: "", _WARNING: "$text-warning", _ERROR: "$text-error"}
_HERE = "bold $block-cursor-foreground on $block-cursor-background"
_MOST_SPACE = 3
_WIDE = 110
"""The fewest columns at which the state of each stage is in words."""
_LONGEST_REVIEW = len("Review 10 errors")
"""The columns kept for Review, so that a number of errors moves nothing."""


class StageBar(DerivedText):
    """`✓` done, `○` open, `?` done with a warning, `!` with an error; below it what is missing."""

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
        case = self.app.case
        if case is None:
            return
        width = self.size.width or self.screen.size.width
        words = missing_words(case, self.stage)
        lines = (
            stage_line(case, self.app.findings, self.stage, width),
            Content.styled(f" {words}", "$text-warning" if words else "").truncate(width),
        )
        self.say(Content("\n").join(lines))


Found: TypeAlias = "tuple[Finding, ...] | None"
"""The findings in a case; None until it was checked."""


class Part(NamedTuple):
    """One stage of the bar; all decisions are one, and so are all citations."""

    kind: StageKind
    """The kind of the stage."""
    mark: str
    """Its state as one character."""
    name: str
    """Its name."""
    tally: str = ""
    """How many of its items are done, or blank."""
    state: str = ""
    """Its state in words, if the count does not say it."""

    def forms(self) -> tuple[str, str, str, str]:
        """The text of the part, the longest form first."""
        brief = self.state.partition(",")[0] if self.kind == "review" else self.tally
        long = self.state or self.tally
        middle = long if self.kind == "review" else self.tally
        short = _SHORT.get(self.name, self.name)
        texts = ((self.name, long), (self.name, middle), (self.name, brief), (short, brief))
        first, second, third, fourth = (f"{name} {more}".rstrip() for name, more in texts)
        return first, second, third, fourth


def stage_line(case: Case, found: Found, at: Stage, width: int) -> Content:
    """The stages of `case` as seen from `at`: the longest form that `width` has room for."""
    parts = tuple(_parts(case, found))
    forms = list(zip(*(part.forms() for part in parts), strict=True))
    if width < _WIDE:
        # In words or not, it should not change with what is typed.
        forms = forms[1:]
    names = next((form for form in forms if _width(form) <= width), forms[-1])
    space = min(max(width - _width(names), 0) // (len(parts) - 1), _MOST_SPACE)
    pieces: list[tuple[str, str]] = []
    for part, name in zip(parts, names, strict=True):
        here = _HERE if part.kind == at.kind else ""
        pieces += [
            (f" {part.mark}", here or _STYLES[part.mark]),
            (f" {name} ", here),
            (" " * space, ""),
        ]
    return Content.assemble(*pieces[:-1])


def _width(names: tuple[str, ...]) -> int:
    *others, review = names
    length = sum(map(len, others)) + max(len(review), _LONGEST_REVIEW)
    return length + len(" ✓  ") * len(names)


def _parts(case: Case, found: Found) -> Iterator[Part]:
    walk = workflow.walk(case)
    asking = {workflow.stage_of(each.place).kind for each in found or () if each.is_open}
    names: tuple[tuple[StageKind, str], ...] = (
        ("credentials", "Credentials"),
        ("summary", "Summary"),
    )
    for kind, name in names:
        mark = _mark(workflow.is_complete(case, Stage(kind)), kind in asking)
        yield Part(kind, mark, name, state=_STATES[mark])
    names = (("decision", "Decisions"), ("citations", "Citations"))
    for kind, name in names:
        of_kind = [stage for stage in walk if stage.kind == kind]
        complete = sum(workflow.is_complete(case, stage) for stage in of_kind)
        mark = _mark(complete == len(of_kind) > 0, kind in asking)
        yield Part(kind, mark, name, f"{complete}/{len(of_kind)}")
    yield _review(found)


_STATES = {_DONE: "done", _OPEN: "open", _WARNING: "to check"}


def _mark(done: bool, asks: bool) -> str:
    """The mark of a stage that is open, done, or done with an open finding."""
    if not done:
        return _OPEN
    return _WARNING if asks else _DONE


def _review(found: Found) -> Part:
    """Review, with how many errors and open warnings there are."""
    errors = sum(each.severity == "error" for each in found or ())
    warnings = sum(each.is_open for each in found or ()) - errors
    counts = ((errors, "error"), (warnings, "warning"))
    words = ", ".join(f"{n} {word}{'s' * (n != 1)}" for n, word in counts if n)
    if found is None:
        return Part("review", _OPEN, "Review")
    mark = _ERROR if errors else _WARNING if warnings else _DONE
    return Part("review", mark, "Review", state=words or "ready")
