"""An event of the audit log, and the line that records it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from imr_tui.errors import BadInput
from imr_tui.model.limits import is_case_number
from imr_tui.signing.digest import is_sha256
from imr_tui.signing.head import MAX_EVENTS
from imr_tui.signing.signer_options import NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

EventName = Literal[
    "opened",
    "edited",
    "letter written",
    "signed",
    "verified",
    "exported",
    "taken over",
    "unlocked",
    "sealed",
    "correction begun",
    "re-review begun",
    "imported",
    "received",
    "closed",
    "reopened",
]
EVENT_NAMES: tuple[EventName, ...] = get_args(EventName)
"""All events that the log can hold."""
NO_DIGEST = "0" * 64
"""What the first event has in place of the digest of the line before it."""
MAX_FIELDS = 1_000
"""Largest number of fields that one event names."""
MAX_LINE_BYTES = 128_000
"""Longer lines are refused."""
_KEYS = ("seq", "at", "account", "case", "event", "content", "previous")
_OWN_KEYS: dict[EventName, str] = {
    "edited": "fields",
    "received": "fields",
    "signed": "signer",
    "sealed": "signer",
}
"""The key that only these events have; it stands before `content`."""
_ACCOUNT = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}", re.ASCII)
_SIGNER = re.compile(NAME, re.ASCII)
_FIELD = re.compile(r"[a-z_]+(?:\[\d{1,4}\])?(?:\.[a-z_]+)*", re.ASCII)
_TIME = "%Y-%m-%dT%H:%M:%SZ"


class LoggedEvent(NamedTuple):
    """Something that happened to a case, without anything that the case says."""

    seq: int
    """Its number; the first one is 1."""
    at: datetime
    """When, in UTC, to the second."""
    account: str
    """The login of the account that did it."""
    case: str
    """The number of the case; blank for an event that belongs to no case."""
    event: EventName
    """What happened."""
    fields: tuple[str, ...]
    """The paths of the fields that changed, such as `items[0].rationale`; never what they hold."""
    content: str
    """The SHA-256 of the case file or manifest that the event is about, or blank."""
    previous: str
    """The SHA-256 of the line before it; NO_DIGEST for the first event."""
    signer: str = ""
    """The principal whose key signed or sealed the case; blank for other events."""


def is_field(path: str) -> bool:
    """Whether `path` has the form of a field's path, so that the log may name it."""
    return len(path) <= 100 and _FIELD.fullmatch(path) is not None


def encode(event: LoggedEvent) -> bytes:
    """Encode an event as its line, without the line break."""
    values: dict[str, object] = event._asdict()
    values["at"] = event.at.astimezone(UTC).strftime(_TIME)
    values = {key: values[key] for key in _keys(event.event)}
    return json.dumps(values, separators=(",", ":")).encode("ascii")


def parse(line: bytes) -> LoggedEvent:
    """Read a line; raises BadInput unless it is exactly what `encode` gives for its event."""
    try:
        event = _event(json.loads(line.decode("ascii")))
        is_canonical = encode(event) == line
    except (ValueError, OverflowError, RecursionError):
        is_canonical = False
    if not is_canonical:
        raise BadInput("This is not an event of an audit log.")
    return event


def _event(values: object) -> LoggedEvent:
    """The event with the values of a line; raises ValueError if one is not allowed."""
    if not isinstance(values, dict) or tuple(values) != _keys(_name(values.get("event"))):
        raise ValueError
    fields = values.get("fields", [])
    if not isinstance(fields, list) or len(fields) > MAX_FIELDS:
        raise ValueError
    event = LoggedEvent(
        seq=_number(values["seq"]),
        at=datetime.fromisoformat(_text(values, "at")).astimezone(UTC),
        account=_text(values, "account"),
        case=_text(values, "case"),
        event=_name(values["event"]),
        fields=tuple(fields),
        content=_text(values, "content"),
        previous=_text(values, "previous"),
        signer=_text(values, "signer") if "signer" in values else "",
    )
    if not _is_allowed(event):
        raise ValueError
    return event


def _keys(name: EventName) -> tuple[str, ...]:
    """The keys of the line of an event, in their order."""
    own = _OWN_KEYS.get(name)
    return _KEYS if own is None else (*_KEYS[:-2], own, *_KEYS[-2:])


def _has_signer(name: EventName) -> bool:
    return _OWN_KEYS.get(name) == "signer"


def _is_allowed(event: LoggedEvent) -> bool:
    return (
        _ACCOUNT.fullmatch(event.account) is not None
        and (event.case == "" or is_case_number(event.case))
        and all(isinstance(field, str) and is_field(field) for field in event.fields)
        and (event.content == "" or is_sha256(event.content))
        and is_sha256(event.previous)
        and (_SIGNER.fullmatch(event.signer) is not None or not _has_signer(event.event))
    )


def _number(value: object) -> int:
    # A bool is an int, too.
    if type(value) is not int or not 0 < value <= MAX_EVENTS:
        raise ValueError
    return value


def _text(values: Mapping[str, object], key: str) -> str:
    value = values[key]
    if not isinstance(value, str):
        raise ValueError
    return value


def _name(value: object) -> EventName:
    for name in EVENT_NAMES:
        if name == value:
            return name
    raise ValueError
