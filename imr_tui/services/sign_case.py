"""Prepares the signature of a determination: what the reviewer reads, and the text to sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.checks.context import text_at
from imr_tui.checks.rule import digest
from imr_tui.errors import BadInput, NotReady
from imr_tui.model import edits
from imr_tui.reading.language.sentences import sentence_at
from imr_tui.services.check_case import check_case
from imr_tui.services.write_letter import render_letter
from imr_tui.signing import manifest as manifests
from imr_tui.signing.correction import refused
from imr_tui.signing.digest import digest_of
from imr_tui.signing.manifest import AcceptedWarning, Kind, Manifest
from imr_tui.signing.statement import Statement, decisions_in_words
from imr_tui.store.cases.case_codec import decode, encode, misnamed
from imr_tui.store.config.demo_mark import UNSIGNED, is_demo
from imr_tui.store.maintenance.installed_files import version
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.signing.sealed_copies import SealedCopies
from imr_tui.store.signing.standing import read_revision, standing
from imr_tui.store.signing.waiting import Waiting

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.checks import CheckSetup, Finding
    from imr_tui.letter.dialects.dialect import Letterhead
    from imr_tui.model.case import Case
    from imr_tui.signing.head import Head

ABSENCE_RULE = "IMR206"
"""The rule on claims that the records lack something; signing confirms them."""
CONFIRMED = "Confirmed when signing: the records were searched again."
"""The reason under which signing accepts those claims."""


class Prepared(NamedTuple):
    """What is signed, and what is written once it is."""

    path: Path
    """The case file."""
    read: bytes
    """Its content; it must still be that when the signed case replaces it."""
    case: Case
    """The case as it is signed, with its decision date and without a `[signature]`."""
    letter: bytes
    """The letter."""
    manifest: bytes
    """The text to sign."""
    statement: Statement
    """What the reviewer reads before signing."""


class Site(NamedTuple):
    """The settings under which a determination is signed."""

    setup: CheckSetup
    """The inputs of the checks."""
    letterhead: Letterhead
    """What the organization prints."""
    log_head: Head | None
    """The head of the audit log; None if the log is empty."""


def why_not_ready(findings: tuple[Finding, ...]) -> str:
    """Why a determination with these findings cannot be signed, as a sentence; blank if it can."""
    if errors := [each for each in findings if each.severity == "error"]:
        many = "1 error blocks" if len(errors) == 1 else f"{len(errors)} errors block"
        return f"{many} the letter. {_first(errors)}"
    if left := [each for each in findings if each.is_open and each.rule.id != ABSENCE_RULE]:
        many = "1 warning is" if len(left) == 1 else f"{len(left)} warnings are"
        says = f"{many} not resolved. Fix each one, or accept it on Review with a reason."
        return f"{says} {_first(left)}"
    return ""


def _first(findings: list[Finding]) -> str:
    """The first of some findings, as a sentence."""
    return f"The first is {findings[0].rule.id}: {findings[0].hit.message}"


def prepare(path: Path, site: Site, now: datetime) -> Prepared:
    """Prepare the signature of the case in the file `path`.

    `now` has the local time zone; its date becomes the decision date, except for a correction,
    which keeps the date of the determination. Raises NotReady; Signed for a case that is signed
    already; BadInput or CannotStore.
    """
    read = read_bytes(path)
    case = decode(read, path)
    if says := misnamed(path, case):
        raise BadInput(says)
    if is_demo(path.parent):
        raise NotReady(UNSIGNED)
    standing(path, read, case).require_editable(path)
    if case.particulars.imported:
        raise NotReady(
            f"{case.number} was imported from a published letter. Such a case cannot be signed."
        )
    case = _decided(case, _original(path.parent, case), now.date())
    case, absences = _confirmed(case, replace(site.setup, today=now.date()), now)
    letter = render_letter(case, site.letterhead, draft=False).encode("ascii")
    manifest = _manifest(case, letter, site, now)
    statement = _statement(case, manifest, absences)
    signed = case.but(correction=None)
    return Prepared(path, read, signed, letter, manifests.encode(manifest), statement)


def waiting_of(prepared: Prepared) -> Waiting:
    """What is kept of a prepared signature until it is made elsewhere."""
    case = encode(prepared.case)
    return Waiting(prepared.read, case, prepared.letter, prepared.manifest)


def prepared_of(path: Path, waiting: Waiting) -> Prepared:
    """What was prepared for the case file `path`; raises BadInput if its parts do not match."""
    manifest = manifests.parse(waiting.manifest)
    case = decode(waiting.case, path)
    parts = digest_of(waiting.case), digest_of(waiting.letter), manifest.case
    if parts != (manifest.content, manifest.letter, path.stem):
        raise BadInput(f"What was prepared for {path.stem} was changed. Prepare it again.")
    statement = _statement(case, manifest, ())
    return Prepared(path, waiting.before, case, waiting.letter, waiting.manifest, statement)


def _statement(case: Case, manifest: Manifest, absences: tuple[str, ...]) -> Statement:
    return Statement(
        case.number,
        manifest.revision,
        manifest.kind,
        decisions_in_words(case),
        absences,
        manifest.decision_date,
    )


def _original(folder: Path, case: Case) -> Case | None:
    """The signed case that `case` corrects, or None; raises BadInput or CannotStore."""
    if case.correction is None:
        return None
    copies = SealedCopies(folder, case.number)
    sealed, _ = read_revision(copies, case.correction.revision)
    return decode(sealed.case, copies.path)


def _decided(case: Case, original: Case | None, today: date) -> Case:
    """`case` with its decision date; raises NotReady for a correction that changes too much."""
    day = today
    if original is not None:
        if says := refused(original, case):
            raise NotReady(says)
        day = original.particulars.decision_date or today
    return edits.set_date(case, "decision_date", day)


def _confirmed(case: Case, setup: CheckSetup, now: datetime) -> tuple[Case, tuple[str, ...]]:
    """`case` with its claims of absence accepted, and the sentences that make them.

    Raises NotReady if an error or another warning is left.
    """
    findings = check_case(case, setup)
    if says := why_not_ready(findings):
        day = case.particulars.decision_date
        raise NotReady(f"{case.number} was not signed with the decision date {day}. {says}")
    claims = tuple(each for each in findings if each.rule.id == ABSENCE_RULE)
    open_claims = tuple(each for each in claims if each.is_open)
    if open_claims:
        case = edits.acknowledge(case, ABSENCE_RULE, CONFIRMED, digest(case, open_claims), now)
    return case, tuple(dict.fromkeys(_sentences(case, claims)))


def _sentences(case: Case, claims: tuple[Finding, ...]) -> list[str]:
    found = []
    for claim in claims:
        for place, span in ((claim.place, claim.hit.span), *claim.hit.also):
            text = text_at(case, place)
            found.append(" ".join(sentence_at(text, span[0] if span else 0).text.split()))
    return found


def _manifest(case: Case, letter: bytes, site: Site, now: datetime) -> Manifest:
    # Jinja2 is loaded by now, as the letter was rendered.
    from imr_tui.letter.render.renderer import template_bytes

    correction = case.correction
    kind: Kind = "re-review" if case.rereview else "original"
    return Manifest(
        case=case.number,
        revision=correction.revision + 1 if correction else 1,
        kind="correction" if correction else kind,
        signed_at=now.astimezone(UTC).replace(microsecond=0),
        decision_date=case.particulars.decision_date or now.date(),
        letter=digest_of(letter),
        content=digest_of(encode(case.but(correction=None))),
        template=digest_of(template_bytes(site.letterhead.templates)),
        findings=tuple(
            AcceptedWarning(key, given.reason) for key, given in sorted(case.acknowledged.items())
        ),
        program=f"imr-tui {version()}",
        previous=_previous(case),
        log_head=site.log_head,
    )


def _previous(case: Case) -> str:
    """The digest of the manifest that is corrected or reviewed again; blank for an original."""
    replaced = case.correction or case.rereview
    return replaced.manifest if replaced else ""
