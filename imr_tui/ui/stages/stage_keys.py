"""The keys of every stage."""

from textual.binding import Binding, BindingType

LEAVING = "Press esc again to leave the case. Everything is saved."
"""Answers the first esc outside a text, as one too many must not leave the case."""
KEYS: list[BindingType] = [
    Binding(
        "i,enter",
        "enter_text",
        "Type",
        id="text.enter",
        tooltip="Enter the text to type in it",
    ),
    Binding("ctrl+n", "walk(1)", "Next", id="walk.next", tooltip="Go to the next stage"),
    Binding("ctrl+p", "walk(-1)", "Back", id="walk.back", tooltip="Go to the previous stage"),
    Binding("ctrl+g", "go_to", "Go to", id="walk.go-to", tooltip="Go to a stage from the list"),
    Binding(
        "ctrl+t",
        "items",
        "Items",
        id="walk.items",
        tooltip="List, add, edit, move or remove items",
    ),
    Binding(
        "ctrl+r",
        "record",
        "Record",
        id="walk.record",
        tooltip="Edit dates, parties and documents of the case",
    ),
    Binding(
        "ctrl+f,slash",
        "find",
        "Find",
        id="walk.find",
        tooltip="Find words in the summary and all rationales; `/` outside a text",
    ),
    Binding(
        "n,f3",
        "find_again(1)",
        "Find next",
        id="walk.find-next",
        show=False,
        tooltip="Show the next match of the last words",
    ),
    Binding(
        "N",
        "find_again(-1)",
        "Find previous",
        id="walk.find-previous",
        show=False,
        tooltip="Show the previous match of the last words",
    ),
    Binding(
        "full_stop",
        "phrases",
        "Phrases",
        id="text.phrases",
        show=False,
        tooltip="Insert a phrase from the list; in a text: `.name` and Tab, or `.` and Tab",
    ),
    Binding(
        "k",
        "keep_phrase",
        "Keep phrase",
        id="text.keep-phrase",
        show=False,
        tooltip="Keep the words selected in the text as a phrase",
    ),
    Binding(
        "h",
        "versions",
        "History",
        id="walk.versions",
        show=False,
        tooltip="Compare or restore earlier versions",
    ),
    Binding(
        "escape",
        "leave",
        "Leave",
        id="walk.leave",
        tooltip="Leave the text; outside a text, twice: back to the worklist",
    ),
    *(
        Binding(
            key,
            f"scroll_text({pages})",
            label,
            id=f"text.{key}",
            show=False,
            tooltip=f"Scroll the text {words}",
        )
        for key, pages, label, words in (
            ("pagedown", 1, "Down", "down"),
            ("pageup", -1, "Up", "up"),
        )
    ),
    Binding(
        "f4",
        "editor",
        "Editor",
        id="text.editor",
        show=False,
        tooltip="Edit this text in your editor ($VISUAL or $EDITOR)",
    ),
]
