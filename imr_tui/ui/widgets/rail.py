"""The second line: the stages of the walk with what is done and what is not."""

from collections.abc import Iterator

from textual import getters
from textual.content import Content

from imr_tui import checks, stages
from imr_tui.case import Case
from imr_tui.stages import Stage
from imr_tui.ui.desk import Desk
from imr_tui.ui.widgets.settled import Settled

_SHORT = {"Credentials": "Cred", "Summary": "Summ", "Decisions": "Dec", "Citations": "Cit"}


class Rail(Settled):
    """`[x]` done, `[ ]` to do, with counts for the items; the stage at hand is reversed."""

    app = getters.app(Desk)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage

    def on_mount(self) -> None:
        self.show()
        self.watch(self.app, "case", self.show_soon, init=False)

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        """Write the line anew, if it says something else."""
        if self.app.case is None:
            return
        rail = rail_of(self.app.case, self.stage, self.size.width)
        if self.content != rail:
            self.update(rail, layout=False)


def rail_of(case: Case, at: Stage, width: int) -> Content:
    """The rail of `case` seen from `at`, with shorter names where `width` is too small."""
    parts = list(_parts(case))
    if sum(len(mark) + len(name) + 2 for mark, name, _ in parts) > width:
        parts = [(mark, _shorter(name), kind) for mark, name, kind in parts]
    pieces: list[Content | str | tuple[str, str]] = []
    for mark, name, kind in parts:
        pieces += [" ", (f"{mark}{name}", "reverse" if kind == at.kind else "")]
    return Content.assemble(*pieces)


def _shorter(name: str) -> str:
    word, _, count = name.partition(" ")
    return f"{_SHORT.get(word, word)} {count}".rstrip()


def _parts(case: Case) -> Iterator[tuple[str, str, str]]:
    walk = stages.walk(case)
    for kind, name in (("credentials", "Credentials"), ("summary", "Summary")):
        yield _mark(stages.is_complete(case, Stage(kind))), name, kind  # type: ignore[arg-type]
    for kind, name in (("decision", "Decisions"), ("citations", "Citations")):
        of_kind = [stage for stage in walk if stage.kind == kind]
        done = sum(stages.is_complete(case, stage) for stage in of_kind)
        count = f" {done}/{len(of_kind)}"
        yield _mark(done == len(of_kind) > 0), name + count, kind
    errors = len(checks.errors(checks.Draft(case)))
    yield f"[!{errors}]" if errors else "[x]", "Review", "review"


def _mark(done: bool) -> str:
    return "[x]" if done else "[ ]"
