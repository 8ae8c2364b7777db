"""The keys of Review."""

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding(
        "w",
        "write",
        "Write letter",
        id="letter.write",
        tooltip="Write the letter to <number>.txt",
    ),
    Binding(
        "W",
        "write(True)",
        "Write PDF",
        id="letter.pdf",
        key_display="W",
        show=False,
        tooltip="Write the letter as a PDF to <number>.pdf",
    ),
    Binding(
        "s",
        "sign",
        "Sign",
        id="case.sign",
        tooltip="Sign the determination; nothing can be changed in it afterwards",
    ),
    Binding(
        "a",
        "accept",
        "Accept",
        id="findings.accept",
        tooltip="Accept the warning, with a reason",
    ),
    Binding(
        "x",
        "withdraw",
        "Take back",
        id="findings.withdraw",
        show=False,
        tooltip="Withdraw the acceptance",
    ),
]
