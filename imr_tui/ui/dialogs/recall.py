"""The dialog that finds an earlier rationale of the reviewer, and chooses what to insert of it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from textual import on, work
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from imr_tui.recall.in_words import NO_WORDS, NONE_YET, decided, heading, request_of
from imr_tui.recall.insertion import Recalled
from imr_tui.terminal.background import BACKGROUND, in_thread
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.dialogs.recall_keys import KEYS
from imr_tui.ui.widgets.key_line import cut_words
from imr_tui.ui.widgets.line_input import Line
from imr_tui.ui.widgets.sentence_list import SentenceList

if TYPE_CHECKING:
    from pathlib import Path

    from textual.widget import Widget

    from imr_tui.recall.rationale import Rationale
    from imr_tui.recall.subject import Subject
    from imr_tui.store.recall.index import RecallIndex
    from imr_tui.terminal.background import IsStopped

PROGRESS_SECONDS = 0.25
"""How often the progress is shown, at most."""


class Wanted(NamedTuple):
    """What a rationale is looked for."""

    folder: Path
    """The folder of cases."""
    number: str
    """The case that is written."""
    item: int
    """Its item, counted from 0."""
    about: Subject
    """What its request is about."""


class RecallScreen(Dialog[Recalled | None]):
    """Lists rationales while words are typed, each with its text; answers with what to insert."""

    HEADING = "Your earlier rationales"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    BINDINGS = KEYS

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self._wanted = wanted
        self._index: RecallIndex | None = None
        self._found: tuple[Rationale, ...] = ()
        self._is_current = False
        self._next_progress = 0.0

    @property
    def _keys_in_words(self) -> str:
        select, insert = map(self.app.keys.name, ("recall.select", "recall.citations"))
        return f"Tab: the sentences. {select} selects one; {insert} inserts with the citations."

    def body(self) -> Iterable[Widget]:
        yield Line(id="search", placeholder="opioid, lumbar MRI, CM26-0000001, ...")
        with Container(id="recall"):
            yield OptionList(id="found", compact=True)
            with Vertical(id="recalled"):
                yield Static("", id="recalled-head")
                yield SentenceList(id="sentences")
        yield Static(Content(self._keys_in_words), id="recall-hint", classes="hint")

    def on_mount(self) -> None:
        self._list.can_focus = False
        self._open()

    # ── The index ────────────────────────────────────────────────────────────────────────

    @work(group="recall")
    async def _open(self) -> None:
        """Open the index; keys wait for it, so that none acts on a list that is not there yet."""
        self._index = await in_thread(partial(_open_index, self._wanted.folder))
        await self._find()
        self._update()

    @work(group=f"{BACKGROUND}-recall")
    async def _update(self) -> None:
        """Read the files that have changed, then search again."""
        if (index := self._index) is None:
            return
        has_changed = await in_thread(lambda stopped: index.update(self._tell, stopped))
        self._is_current = True
        if has_changed or not self._found:
            await self._find()
        self._hint(self._keys_in_words if self._found else "")

    def _tell(self, done: int, count: int) -> None:
        """Show how many files are read; called on the thread that reads."""
        if (now := time.monotonic()) >= self._next_progress:
            self._next_progress = now + PROGRESS_SECONDS
            self.call_later(self._show_progress, done, count)

    def _show_progress(self, done: int, count: int) -> None:
        if not self._is_current:
            self._hint(f"Reading case {done + 1:,} of {count:,}. Esc stops it.")

    def _hint(self, sentence: str) -> None:
        self.query_one("#recall-hint", Static).update(Content(sentence))

    def on_unmount(self) -> None:
        if self._index is not None:
            # On a thread: a file that is being read must not delay a key.
            Thread(target=self._index.close, daemon=True).start()

    # ── Searching ────────────────────────────────────────────────────────────────────────

    @on(Input.Changed)
    def type(self, event: Input.Changed) -> None:
        event.stop()
        self._search()

    @work(group="recall-search", exclusive=True)
    async def _search(self) -> None:
        await self._find()

    async def _find(self) -> None:
        """List the rationales with the words typed."""
        index, wanted = self._index, self._wanted
        if index is None:
            return
        typed, left_out = self.query_one(Line).value, (wanted.number, wanted.item)
        found = await in_thread(lambda _: index.search(typed, wanted.about, left_out))
        if found != self._found:
            self._fill(found)
        elif not found:
            self._show()

    def _fill(self, found: tuple[Rationale, ...]) -> None:
        """List other rationales; the highlighted one stays so if it is among them."""
        before, self._found = self._chosen, found
        width = self._list.scrollable_content_region.width
        self._list.set_options(_row(each, width) for each in found)
        at = found.index(before) if before in found else 0
        self._list.highlighted = at if found else None
        if self._chosen != before:
            self._show()

    @property
    def _list(self) -> OptionList:
        return self.query_one("#found", OptionList)

    @property
    def _chosen(self) -> Rationale | None:
        at = self._list.highlighted
        return self._found[at] if at is not None and at < len(self._found) else None

    def action_highlight(self, step: int) -> None:
        if (at := self._list.highlighted) is not None:
            self._list.highlighted = (at + step) % self._list.option_count
            self._show()

    # ── The text ─────────────────────────────────────────────────────────────────────────

    @property
    def _sentences(self) -> SentenceList:
        return self.query_one(SentenceList)

    @property
    def _is_in_text(self) -> bool:
        return self.focused is self._sentences

    def _show(self) -> None:
        """Show the text of the highlighted rationale."""
        chosen = self._chosen
        head = "\n".join(heading(chosen)) if chosen is not None else self._why_blank
        self.query_one("#recalled-head", Static).update(Content(head))
        self._sentences.show(chosen.sentences if chosen is not None else ())
        self.refresh_bindings()

    @property
    def _why_blank(self) -> str:
        """Why the list is blank."""
        if not self._is_current:
            return ""
        return NO_WORDS if self.query_one(Line).value.strip() else NONE_YET

    # ── The answer ───────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "highlight" and self._is_in_text:
            return False
        if action in ("select", "pick_with_citations") and not self._is_in_text:
            return False
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        if action not in ("pick", "pick_with_citations"):
            return ""
        if self.app.read_only:
            return self.app.read_only
        return "" if self._chosen is not None else NO_WORDS

    def action_select(self) -> None:
        self._sentences.turn()

    def action_pick(self) -> None:
        self._answer(with_citations=False)

    def action_pick_with_citations(self) -> None:
        self._answer(with_citations=True)

    def _answer(self, *, with_citations: bool) -> None:
        if (chosen := self._chosen) is not None:
            self.dismiss(Recalled(chosen, self._sentences.selected, with_citations))


def _open_index(folder: Path, _: IsStopped) -> RecallIndex:
    from imr_tui.store.recall.index import RecallIndex

    return RecallIndex(folder)


def _row(rationale: Rationale, width: int) -> Content:
    """The request, and below it the decision, the date and the item."""
    lines = request_of(rationale), f"  {decided(rationale)}"
    return Content("\n".join(cut_words(line, width - 2) for line in lines))
