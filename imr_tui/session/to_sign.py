"""What a reviewer reads before signing, and what is missing before it can be signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imr_tui.letter.render.preview import Preview
    from imr_tui.signing.statement import Statement
    from imr_tui.store.signing.signing_key import SigningKey

_COUNTS = {4: "four ", 3: "three ", 2: "two "}


@dataclass(frozen=True)
class ToSign:
    """A determination that is ready to be signed."""

    statement: Statement
    """The determination in a few words."""
    letter: Preview
    """The letter exactly as it is signed."""
    keys: tuple[SigningKey, ...]
    """The keys that can sign, at least one."""
    sign: Callable[[SigningKey, str, Callable[[], bool]], bytes]
    """Makes the signature with a key and its passphrase; raises ImrError. Blocks until stopped."""

    def sentences(self) -> Iterator[str]:
        """The statement, a line each."""
        statement = self.statement
        yield f"Decisions: {statement.decisions}"
        kind = "" if statement.kind == "original" else f"{statement.kind}, "
        revision = "" if statement.revision == 1 else f" ({kind}revision {statement.revision})"
        yield f"Decision date: {statement.decision_date}{revision}"
        if len(self.keys) == 1:
            yield f"Key: {key_name(self.keys[0])}"

    def absence_title(self, confirm: str, *, is_confirmed: bool) -> str:
        """The heading above the claims of absence, which the key `confirm` confirms."""
        count = len(self.statement.absences)
        claims = "1 claim" if count == 1 else f"{count} claims"
        done = "confirmed" if is_confirmed else f"{confirm} confirms them"
        return f"{claims} that the records lack something: {done}"

    @property
    def digits_label(self) -> str:
        """The label of the field for the end of the case number."""
        digits = self.statement.last_digits
        if not digits.isdigit():
            return "Case number"
        return f"Last {_COUNTS.get(len(digits), '')}digits of the number"

    def wrong_digits(self, typed: str) -> str:
        """Why the typed end of the case number does not sign; blank if it does."""
        if not typed.strip():
            return f"Type the last digits of {self.statement.number} to sign it."
        if typed.strip() != self.statement.last_digits:
            return f"{self.statement.number} does not end with {typed.strip()}. Nothing was signed."
        return ""


def key_name(key: SigningKey) -> str:
    """What the reviewer calls a key."""
    return key.comment or key.public_key.fingerprint
