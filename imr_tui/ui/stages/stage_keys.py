"""The keys of every stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.ui.bindings import bind

if TYPE_CHECKING:
    from textual.binding import BindingType

LEAVING = "Press esc again to leave the case. Everything is saved."
"""Answers the first esc outside a text, as one too many must not leave the case."""
KEYS: list[BindingType] = [
    bind("text.enter", "enter_text", "Type", "Enter the text to type in it"),
    bind("walk.next", "walk(1)", "Next", "Go to the next stage"),
    bind("walk.back", "walk(-1)", "Back", "Go to the previous stage"),
    bind("walk.go-to", "go_to", "Go to", "Go to a stage from the list"),
    bind("walk.items", "items", "Items", "List, add, edit, move or remove items"),
    bind("walk.record", "record", "Record", "Edit dates, parties and documents of the case"),
    bind(
        "walk.find",
        "find",
        "Find",
        "Find words in the summary and all rationales; `/` outside a text",
    ),
    bind(
        "walk.find-next",
        "find_again(1)",
        "Find next",
        "Show the next match of the last words",
        show=False,
    ),
    bind(
        "walk.find-previous",
        "find_again(-1)",
        "Find previous",
        "Show the previous match of the last words",
        show=False,
    ),
    bind(
        "text.phrases",
        "phrases",
        "Phrases",
        "Insert a phrase from the list; in a text: `.name` and Tab, or `.` and Tab",
        show=False,
    ),
    bind(
        "text.keep-phrase",
        "keep_phrase",
        "Keep phrase",
        "Keep the words selected in the text as a phrase",
        show=False,
    ),
    bind("walk.versions", "versions", "History", "Compare or restore earlier versions", show=False),
    bind(
        "walk.leave",
        "leave",
        "Leave",
        "Leave the text; outside a text, twice: back to the worklist",
    ),
    *(
        bind(f"text.{key}", f"scroll_text({pages})", label, f"Scroll the text {words}", show=False)
        for key, pages, label, words in (
            ("pagedown", 1, "Down", "down"),
            ("pageup", -1, "Up", "up"),
        )
    ),
    bind(
        "text.editor",
        "editor",
        "Editor",
        "Edit this text in your editor ($VISUAL or $EDITOR)",
        show=False,
    ),
]
