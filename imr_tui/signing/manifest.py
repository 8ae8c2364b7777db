"""The manifest of a determination: the text that a reviewer signs.

UTF-8 lines in a fixed order. `parse` accepts only what `encode` gives, so that two different
manifests never mean the same, and one never means two things.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from imr_tui.errors import BadInput
from imr_tui.signing.digest import sha256
from imr_tui.signing.manifest_lines import Lines

if TYPE_CHECKING:
    from imr_tui.signing.digest import Digest
    from imr_tui.signing.head import Head

NAMESPACE = "imr-determination@imr-tui"
"""The namespace of a reviewer's signature (ssh-keygen(1), -Y sign -n)."""
SEAL_NAMESPACE = "imr-seal@imr-tui"
"""The namespace of the organization's seal; another one, so that no seal passes for a review."""
TITLE = "imr-determination 1"
"""The first line; the number is the version of the format."""
MEANING = "I made this determination as the expert reviewer, and the letter states it."
"""What a reviewer confirms by signing."""
MAX_BYTES = 200_000
"""Larger manifests are refused."""
Kind = Literal["original", "correction", "re-review"]


class AcceptedWarning(NamedTuple):
    """A warning that the reviewer accepted."""

    key: str
    """The rule, and the 1-based item if any: `IMR305-2`."""
    reason: str
    """Why the reviewer accepted it."""


class Manifest(NamedTuple):
    """What is signed about one revision of a case."""

    case: str
    """The case number."""
    revision: int
    """1 for the first signature of a case."""
    kind: Kind
    """Whether it is the first letter, a corrected one, or that of a new review."""
    signed_at: datetime
    """When, in UTC, to the second."""
    decision_date: date
    """The date of the determination."""
    letter: Digest
    """The letter as it is sent."""
    content: Digest
    """The encoded case without its `[signature]`."""
    template: Digest
    """The template of the letter."""
    findings: tuple[AcceptedWarning, ...]
    """The accepted warnings, in the order of their keys."""
    program: str
    """The program's name, version and build."""
    previous: str = ""
    """The SHA-256 of the manifest that this one corrects or reviews; blank for an original."""
    log_head: Head | None = None
    """The head of the audit log when it was signed; None for a log without events."""
    meaning: str = MEANING
    """What the reviewer confirms."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the encoded manifest."""
        return sha256(encode(self))


def encode(manifest: Manifest) -> bytes:
    """Encode a manifest as its lines."""
    lines = [
        TITLE,
        f"case {manifest.case}",
        f"revision {manifest.revision}",
        f"kind {manifest.kind}",
        f"meaning {manifest.meaning}",
        f"signed-at {manifest.signed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        f"decision-date {manifest.decision_date.isoformat()}",
        _digest_line("letter", manifest.letter),
        _digest_line("content", manifest.content),
        _digest_line("template", manifest.template),
        f"findings {len(manifest.findings)}",
        *(f"finding {each.key} {_quoted(each.reason)}" for each in manifest.findings),
        f"program {manifest.program}",
        f"previous {manifest.previous or '-'}",
        f"log-head {manifest.log_head or '-'}",
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def parse(data: bytes) -> Manifest:
    """Read a manifest; raises BadInput unless `data` is exactly what `encode` gives for it."""
    if len(data) > MAX_BYTES:
        raise BadInput(f"The manifest has more than {MAX_BYTES:,} bytes, so it was not read.")
    lines = Lines(data)
    lines.expect(TITLE)
    manifest = Manifest(
        case=lines.case_number("case"),
        revision=lines.number("revision", least=1),
        kind=_kind(lines),
        meaning=lines.text("meaning"),
        signed_at=lines.moment("signed-at"),
        decision_date=lines.day("decision-date"),
        letter=lines.digest("letter"),
        content=lines.digest("content"),
        template=lines.digest("template"),
        findings=_findings(lines),
        program=lines.text("program"),
        previous=lines.sha256_or_dash("previous"),
        log_head=lines.head_or_dash("log-head"),
    )
    lines.expect_end()
    if encode(manifest) != data:
        raise BadInput("The manifest is not written the way imr-tui writes it.")
    return manifest


def seal_statement(manifest: bytes, reviewer: bytes) -> bytes:
    """The text that the organization signs: which manifest, and which signature under it."""
    return f"imr-seal 1\nmanifest {sha256(manifest)}\nreviewer {sha256(reviewer)}\n".encode()


def _kind(lines: Lines) -> Kind:
    text = lines.text("kind")
    for kind in get_args(Kind):
        if text == kind:
            return kind  # type: ignore[no-any-return]
    raise lines.refused("kind")


def _findings(lines: Lines) -> tuple[AcceptedWarning, ...]:
    return tuple(_finding(lines) for _ in range(lines.number("findings", least=0)))


def _finding(lines: Lines) -> AcceptedWarning:
    key, _, quoted = lines.text("finding").partition(" ")
    try:
        reason = json.loads(quoted)
    except (ValueError, RecursionError):
        reason = None
    if not isinstance(reason, str) or _quoted(reason) != quoted:
        raise lines.refused("finding")
    return AcceptedWarning(key, reason)


def _digest_line(name: str, digest: Digest) -> str:
    return f"{name} {digest.sha256} {digest.length}"


def _quoted(reason: str) -> str:
    # Quoted, since a reason is free text and must not look like a line of the manifest.
    return json.dumps(reason, ensure_ascii=False)
