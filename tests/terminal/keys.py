"""The bytes that xterm sends for a key."""

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "backtab": "\x1b[Z",
    "escape": "\x1b",
    "backspace": "\x7f",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "insert": "\x1b[2~",
    "delete": "\x1b[3~",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f11": "\x1b[23~",
    "f12": "\x1b[24~",
}

MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}


def key_bytes(name: str) -> bytes:
    """The bytes of `enter`, `ctrl+x`, `alt+x`, `shift+up`, or of a single character."""
    *held, key = name.split("+") if len(name) > 1 else [name]
    sequence = KEYS.get(key, key)
    if not held:
        return one_key(name, sequence)
    if held == ["shift"] and key == "tab":
        return key_bytes("backtab")
    if held == ["ctrl"] and len(key) == 1:
        return bytes([ord(key.upper()) & 0x1F])
    if held == ["alt"] and len(sequence) == 1:
        return b"\x1b" + sequence.encode()
    return modified(name, sequence, 1 + sum(MODIFIERS[word] for word in held))


def one_key(name: str, sequence: str) -> bytes:
    if len(name) > 1 and name not in KEYS:
        raise ValueError(f"unknown key: {name}")
    return sequence.encode()


def modified(name: str, sequence: str, modifier: int) -> bytes:
    """`CSI A` becomes `CSI 1;5A`, `CSI 3~` becomes `CSI 3;5~`."""
    if not sequence.startswith("\x1b") or len(sequence) < 3:
        raise ValueError(f"xterm has no bytes for {name}")
    number, final = sequence[2:-1] or "1", sequence[-1]
    return f"\x1b[{number};{modifier}{final}".encode()
