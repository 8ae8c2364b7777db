"""Stage 3, per item: the request, Upheld or Overturned, and the rationale."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import on
from textual.widgets import TextArea

from imr_tui.domain.workflow import REQUEST_FIELDS
from imr_tui.model import edits
from imr_tui.ui.bindings import bind
from imr_tui.ui.dialogs.item_form import ItemForm
from imr_tui.ui.stages.stage import StageScreen
from imr_tui.ui.widgets.facts import EarlierLine
from imr_tui.ui.widgets.item_head import ItemHead, Verdict
from imr_tui.ui.widgets.prose import Prose
from imr_tui.ui.widgets.word_count import WordCount

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.limits import Outcome


class DecisionScreen(StageScreen):
    """`u` and `o` decide outside the rationale; `i` enters it."""

    BINDINGS = [  # noqa: RUF012
        bind(
            "decision.uphold",
            "decide('upheld')",
            "Upheld",
            "Uphold the denial: the item is not medically necessary",
        ),
        bind(
            "decision.overturn",
            "decide('overturned')",
            "Overturned",
            "Overturn the denial: the item is medically necessary",
        ),
        bind("decision.reopen", "decide('')", "Open again", "Withdraw the decision", show=False),
        bind(
            "decision.derivative",
            "decide_like_primary",
            "Derivative",
            "Decide this item like the one it follows, and add the phrase for it",
            show=False,
        ),
        bind(
            "decision.recall",
            "recall",
            "Recall",
            "Insert text of your earlier rationales; `^/` also in the text",
            show=False,
        ),
        bind("item.edit", "edit_item", "Edit item", "Edit the request"),
    ]

    def form(self) -> Iterable[Widget]:
        index = self.stage.item or 0
        text = self.app.open_case.items[index].rationale
        yield ItemHead(index)
        yield EarlierLine()
        yield Verdict(index, id="decision")
        title = f"Rationale, item {index + 1}"
        yield Prose(text, id="rationale", title=title, read_only=bool(self.app.read_only))
        yield WordCount(text)

    def first(self) -> str:
        return "rationale"

    def outside(self) -> str:
        return "decision"

    def action_decide(self, outcome: str) -> None:
        decision = cast("Outcome", outcome) if outcome else None
        self.edit(partial(edits.set_decision, index=self._index, decision=decision))
        self.focus_id("decision")

    def action_decide_like_primary(self) -> None:
        self.app.parts.derivative.decide(self._index)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        if action in ("decide", "decide_like_primary", "edit_item"):
            return self.app.read_only
        return super().why_not(action, parameters)

    def action_edit_item(self) -> None:
        self.app.push_screen(ItemForm(self._index))

    def action_recall(self) -> None:
        self.app.parts.recall.open(self.prose("rationale"))

    @on(TextArea.Changed)
    def write(self, event: TextArea.Changed) -> None:
        event.stop()
        text = event.text_area.text
        change = partial(edits.set_rationale, index=self._index, text=text)
        self.edit(change, step=f"items[{self._index}].rationale")
        self.query_one(WordCount).count(text)

    @property
    def _index(self) -> int:
        return self.stage.item or 0

    def focus_id(self, name: str, *, scrolls: bool = True) -> None:
        if name in REQUEST_FIELDS:
            super().focus_id("decision", scrolls=scrolls)
            self.call_later(self.app.push_screen, ItemForm(self._index, name, self.start.span))
        else:
            super().focus_id(name, scrolls=scrolls)
