"""The keys of the dialog that signs."""

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding(
        "enter",
        "next",
        "Next, sign",
        id="sign.next",
        tooltip="Go to the next field; in the last one, sign",
        priority=True,
    ),
    Binding(
        "ctrl+t,c",
        "confirm",
        "Confirm claims",
        id="sign.confirm",
        tooltip="Confirm that the records were searched again for what they are said to lack",
    ),
    Binding(
        "escape",
        "close",
        "Cancel",
        id="dialog.close",
        tooltip="Leave without signing; nothing was changed",
    ),
]
