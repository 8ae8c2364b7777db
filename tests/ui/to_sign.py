"""A determination to sign with a key that nobody has, for the dialog alone."""

from datetime import date

from imr_tui.letter.dialects.dialect import Letterhead
from imr_tui.model.case import Case
from imr_tui.services.write_letter import preview_letter
from imr_tui.session.to_sign import ToSign
from imr_tui.signing.statement import Statement, decisions_in_words
from imr_tui.store.signing.signing_key import SigningKey
from tests.signers import fake_key

SIGNATURE = b"a signature"
ABSENCES = (
    "The records do not document functional improvement after the first six visits.",
    "There is no evidence of a trial of home exercise in the progress notes of June and July.",
    "No imaging of the left shoulder was submitted.",
)


def to_sign(case: Case, *, is_encrypted: bool = False) -> ToSign:
    """What the dialog shows for `case`."""
    statement = Statement(
        case.number, 1, "original", decisions_in_words(case), ABSENCES, date(2026, 11, 23)
    )
    key = SigningKey(fake_key(1), "dr-roe@clinic", "jroe", is_encrypted=is_encrypted)
    letter = preview_letter(case, Letterhead(), draft=True)
    return ToSign(statement, letter, (key,), lambda *_: SIGNATURE)
