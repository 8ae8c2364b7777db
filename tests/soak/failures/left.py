"""What is left of the text of a session: on the disk, in the shared store, and elsewhere."""

from collections.abc import Iterator
from pathlib import Path

from imr_tui.errors import ImrError
from imr_tui.store.cases.case_codec import decode
from tests.bench.samples import on_disk
from tests.soak.failures.desk import Desk
from tests.soak.failures.material import text_of

_LETTER = "select encode(body, 'hex') from files where path = "


def shared_body(desk: Desk) -> bytes:
    """The case file in the shared store; blank if the case is not there."""
    return next(iter(desk.site.bodies(desk.site.primary)), b"")


def is_all_shared(desk: Desk) -> bool:
    """Whether the shared store has every character."""
    return _text(desk, shared_body(desk)) == desk.expected


def is_on_disk(desk: Desk) -> bool:
    """Whether the file has every character."""
    return text_of(on_disk(desk.path), desk.place) == desk.expected


def letter(desk: Desk) -> Path:
    """The letter of the case."""
    return desk.path.with_suffix(".txt")


def is_letter_shared(desk: Desk) -> bool:
    """Whether the shared store has the letter."""
    path = letter(desk)
    rows = desk.site.store.psql(f"{_LETTER}'{path.name}'")
    return rows == [[path.read_bytes().hex()]]


def faults(desk: Desk) -> Iterator[str]:
    """Every loss, and everything that a former primary was told, once the session has ended."""
    body = shared_body(desk)
    yield from _differences(desk, desk.path.read_bytes(), "the folder")
    yield from _differences(desk, body, "the shared store")
    if body != desk.path.read_bytes():
        yield "the shared store has another file than the folder"
    for each in (desk.path.parent / ".imr").rglob("aside/**/*.toml"):
        yield f"a text was kept beside the file: {each.name}"
    for former in desk.site.former_bodies():
        if not desk.replaced.startswith(_text(desk, former)):
            yield "the former primary has what was typed since it was replaced"
    for sql in desk.site.told_former():
        yield f"the former primary was told: {' '.join(sql.split())[:120]}"


def _differences(desk: Desk, body: bytes, where: str) -> Iterator[str]:
    try:
        found = _text(desk, body)
    except ImrError as error:
        yield f"{where} has a torn file: {error}"
        return
    if found != desk.expected:
        yield f"{where} {_difference(desk.expected, found)}"


def _text(desk: Desk, body: bytes) -> str:
    return text_of(decode(body, desk.path), desk.place) if body else ""


def _difference(expected: str, found: str) -> str:
    pairs = enumerate(zip(expected, found, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(expected), len(found)))
    return (
        f"has {len(found)} of {len(expected)} characters, different from the "
        f"{same}th: {found[same : same + 20]!r} instead of {expected[same : same + 20]!r}"
    )
