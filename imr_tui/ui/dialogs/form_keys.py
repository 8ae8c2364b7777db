"""The keys of the dialogs with fields."""

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding(
        "enter",
        "next_field",
        "Next field",
        id="form.next",
        tooltip="Go to the next field",
        priority=True,
    ),
    Binding(
        "enter",
        "last_field",
        "Done",
        id="form.done",
        tooltip="Finish the form",
        priority=True,
    ),
    Binding(
        "ctrl+s",
        "finish",
        "Done",
        id="form.finish",
        show=False,
        tooltip="Finish the form from any field",
        priority=True,
    ),
]
CANCEL: list[BindingType] = [
    Binding(
        "escape",
        "close",
        "Cancel",
        id="dialog.close",
        tooltip="Leave without applying; what you typed is kept and offered next time",
    ),
]
"""The key of the forms that are applied as a whole."""
