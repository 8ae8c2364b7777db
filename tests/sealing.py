"""Signed cases to test with; their files are as signing leaves them, except for the signature."""

from datetime import UTC, datetime
from pathlib import Path

from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model.case import Case
from imr_tui.model.signature import Correction, Signature
from imr_tui.services.write_letter import render_letter
from imr_tui.signing.digest import digest_of
from imr_tui.signing.manifest import Manifest, encode as encode_manifest
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.signing.sealed_copies import Sealed, SealedCopies

AT = datetime(2026, 11, 29, 14, 2, 7, tzinfo=UTC)
"""When the cases are signed."""


def seal(
    folder: Path, case: Case, at: datetime = AT, revision: int = 1, letter: bytes | None = None
) -> Case:
    """Write `case` into `folder` as a signed one, with its letter or another; returns it."""
    case = case.but(particulars=case.particulars.but(decision_date=at.date()), correction=None)
    if letter is None:
        letter = render_letter(case, Letterhead(), draft=True).encode("ascii")
    manifest = Manifest(
        case=case.number,
        revision=revision,
        kind="original",
        signed_at=at,
        decision_date=at.date(),
        letter=digest_of(letter),
        content=digest_of(encode(case)),
        template=digest_of(b""),
        findings=(),
        program="imr-tui",
    )
    sealed = Sealed(encode(case), letter, encode_manifest(manifest), b"a signature\n")
    SealedCopies(folder, case.number).write(revision, sealed)
    signed = case.but(signature=Signature(revision=revision, manifest=manifest.sha256, at=at))
    (folder / f"{case.number}.toml").write_bytes(encode(signed))
    return signed


def correct(folder: Path, signed: Case, reason: str = "A misspelled drug.") -> Case:
    """Begin a correction of a signed case in `folder`; returns the case."""
    named = signed.signature
    assert named is not None
    correction = Correction(
        revision=named.revision, manifest=named.manifest, reason=reason, at=named.at
    )
    case = signed.but(signature=None, correction=correction)
    (folder / f"{case.number}.toml").write_bytes(encode(case))
    return case
