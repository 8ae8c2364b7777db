"""Small changes of files, as a damaged disk, an editor or a forger makes them."""

from collections.abc import Callable, Iterator
from random import Random

Mutation = Callable[[bytes, Random], bytes]
"""Changes a file's content in a random place; it may give the same content."""


def mutations(data: bytes, random: Random, count: int) -> Iterator[tuple[str, bytes]]:
    """So many other contents instead of `data`, each with its name; all kinds in turn."""
    made = 0
    while made < count:
        mutate = MUTATIONS[made % len(MUTATIONS)]
        mutated = mutate(data, random)
        if mutated == data:
            # Letters without case, equal neighbours: another place, or another kind.
            mutated = _change(data, random)
        yield mutate.__name__.strip("_"), mutated
        made += 1


def _change(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ random.randrange(1, 256)]) + data[at + 1 :]


def _flip(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]


def _insert(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + bytes([random.randrange(256)]) + data[at:]


def _insert_space(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice((b" ", b"\t", b"\n", b"\r\n", b"\0")) + data[at:]


def _delete(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + data[at + random.randint(1, 3) :]


def _truncate(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))]


def _truncate_at_line(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(lines[: random.randrange(len(lines))])


def _behead(data: bytes, random: Random) -> bytes:
    return data[random.randint(1, len(data)) :]


def _swap_lines(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _repeat_line(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = random.randrange(len(lines))
    return b"".join([*lines[: at + 1], *lines[at:]])


def _remove_line(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = random.randrange(len(lines))
    return b"".join([*lines[:at], *lines[at + 1 :]])


def _join_lines(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    at = random.randrange(len(lines) - 1)
    return b"\n".join([*lines[:at], lines[at] + lines[at + 1], *lines[at + 2 :]])


def _change_case(data: bytes, random: Random) -> bytes:
    letters = [at for at, byte in enumerate(data) if chr(byte).isalpha() and byte < 128]
    at = random.choice(letters)
    return data[:at] + data[at : at + 1].swapcase() + data[at + 1 :]


def _change_digit(data: bytes, random: Random) -> bytes:
    at = random.choice([at for at, byte in enumerate(data) if chr(byte).isdigit() and byte < 128])
    return data[:at] + str(random.randrange(10)).encode() + data[at + 1 :]


def _end(data: bytes, random: Random) -> bytes:
    ends = (data.rstrip(b"\n"), data + b"\n", data + b" ", data + b"\r\n", data[:-1] + b"\r\n")
    return random.choice(ends)


def _line_ends(data: bytes, random: Random) -> bytes:
    return data.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\n", b" \n")))


def _append(data: bytes, random: Random) -> bytes:
    junk = (b"# a comment\n", b"\0", b"x", random.randbytes(40), data, data[: len(data) // 2])
    return data + random.choice(junk)


def _prepend(data: bytes, random: Random) -> bytes:
    return random.choice((b"\xef\xbb\xbf", b"\n", b" ", b"# a comment\n", b"\0", data)) + data


MUTATIONS: tuple[Mutation, ...] = (
    _change,
    _flip,
    _insert,
    _insert_space,
    _delete,
    _truncate,
    _truncate_at_line,
    _behead,
    _swap_lines,
    _repeat_line,
    _remove_line,
    _join_lines,
    _change_case,
    _change_digit,
    _end,
    _line_ends,
    _append,
    _prepend,
)
"""All kinds of changes."""
