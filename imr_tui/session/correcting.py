"""Which edits the correction of a signed case allows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imr_tui.signing.correction import refused
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.signing.sealed_copies import SealedCopies

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.model.case import Case
    from imr_tui.store.cases.case_file import CaseFile


def edit_guard(file: CaseFile) -> Callable[[Case], str]:
    """Returns why an edit must not lead to a case, as a sentence; blank if it may.

    Only the correction of a signed case refuses any. Raises BadInput or CannotStore if the signed
    case cannot be read.
    """
    if file.case.correction is None:
        return lambda case: ""
    copies = SealedCopies(file.path.parent, file.case.number)
    sealed = copies.read(file.case.correction.revision)
    return partial(_why_refused, decode(sealed.case, copies.path), file.case)


def _why_refused(original: Case, opened: Case, case: Case) -> str:
    """Why `case` is no correction of `original`, which was opened as `opened`."""
    marks = case.correction, case.signature, case.rereview
    if marks != (opened.correction, None, opened.rereview):
        return "This text is not part of the correction, so nothing was changed."
    return refused(original, case)
