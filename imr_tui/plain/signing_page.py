"""The page on which a determination is signed, after its confirmations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError, NotReady
from imr_tui.model import edits
from imr_tui.plain.command import Command
from imr_tui.plain.fields import numbered
from imr_tui.plain.letter_page import LetterPage
from imr_tui.session.signing_steps import (
    find_keys,
    prepare_signature,
    write_its_letter,
    write_signed_case,
)
from imr_tui.session.to_sign import key_name

if TYPE_CHECKING:
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession
    from imr_tui.services.sign_case import Prepared
    from imr_tui.session.to_sign import ToSign
    from imr_tui.store.signing.signing_key import SigningKey
    from imr_tui.store.signing.trust import Trust

_SEARCH = "Did you search the records again for each claim?"
_LEFT = "Nothing was signed."


def prepare_to_sign(session: PlainSession, back: Callable[[], Page]) -> Page | None:
    """Save the case, prepare it, and return the page that asks; says why it cannot be signed."""
    opened = session.open_case
    if opened is None or session.read_only:
        session.console.error(session.read_only)
        return None
    session.audit.note_edits()
    if not session.saved() or session.has_two_texts() or not session.shared(_LEFT):
        return None
    try:
        trust, keys = find_keys(session.folder, session.host, session.now)
        prepared, to_sign = prepare_signature(
            opened.file.path,
            session.folder,
            session.check_setup(),
            session.settings.letterhead,
            keys,
            session.now,
        )
    except NotReady as error:
        _set_date(session)
        session.console.error(str(error))
        return None
    except ImrError as error:
        session.console.error(str(error))
        return None
    return SigningPage(session, prepared, to_sign, trust, back)


def _set_date(session: PlainSession) -> None:
    """Give the case its decision date, so that Review names the warnings that come with it."""
    case = session.case
    if not (case.correction or case.particulars.imported):
        session.edit(partial(edits.set_date, name="decision_date", day=session.today))


class SigningPage:
    """Nothing that is typed here is kept, neither the passphrase nor the digits."""

    def __init__(
        self,
        session: PlainSession,
        prepared: Prepared,
        to_sign: ToSign,
        trust: Trust,
        back: Callable[[], Page],
    ) -> None:
        self._session = session
        self._prepared = prepared
        self._to_sign = to_sign
        self._trust = trust
        self._back = back
        self._is_confirmed = not to_sign.statement.absences
        self.title = f"Sign {to_sign.statement.number}"

    def lines(self) -> Iterator[str]:
        """What is signed, and the claims that must be confirmed."""
        yield from self._to_sign.sentences()
        if absences := self._to_sign.statement.absences:
            count = "1 claim" if len(absences) == 1 else f"{len(absences)} claims"
            done = "confirmed" if self._is_confirmed else "c confirms"
            yield f"{count} that the records lack something, {done}:"
            yield from numbered(absences)
        yield "l reads the letter exactly as it is signed."

    def prompt(self) -> str:
        """The case that is signed."""
        return self.title

    def commands(self) -> Sequence[Command]:
        """The steps of a signature."""
        confirm = Command("c", "confirm the claims", self._confirm, ("sign.confirm",))
        return (
            *([confirm] if self._to_sign.statement.absences else ()),
            Command("s", "sign", self._sign, ("sign.next",)),
            Command("l", "read the letter", self._read),
            Command("b", "cancel", self._cancel),
        )

    def _read(self, rest: str) -> Page:
        return LetterPage(self._session, self._to_sign.letter.text, lambda: self)

    def _cancel(self, rest: str) -> Page:
        self._session.console.say(_LEFT)
        return self._back()

    def _confirm(self, rest: str) -> None:
        self._is_confirmed = self._session.console.confirm(_SEARCH)
        if self._is_confirmed:
            self._session.console.say("The claims are confirmed.")

    def _sign(self, rest: str) -> Page | None:
        if not self._is_confirmed:
            self._confirm("")
            if not self._is_confirmed:
                says = "Search the records again for each claim, then confirm them."
                self._session.console.error(says)
                return None
        if (key := self._key()) is None:
            return None
        passphrase = ""
        if key.is_encrypted:
            passphrase = self._session.console.ask_hidden("Passphrase of the key, not shown")
        digits = self._session.console.ask(self._to_sign.digits_label)
        if says := self._to_sign.wrong_digits(digits):
            self._session.console.error(says)
            return None
        self._session.console.say(f"Signing with {key_name(key)}...")
        try:
            signature = self._to_sign.sign(key, passphrase, lambda: False)
        except ImrError as error:
            self._session.console.error(str(error))
            return None
        return self._commit(signature)

    def _key(self) -> SigningKey | None:
        keys = self._to_sign.keys
        if len(keys) == 1:
            return keys[0]
        at = self._session.console.choose("Key", [key_name(each) for each in keys])
        return None if at is None else keys[at]

    def _commit(self, signature: bytes) -> Page:
        """Write the signed case, and open it again as its file is now."""
        session, prepared = self._session, self._prepared
        number = prepared.case.number
        opened, monitor = session.open_case, session.monitor
        if not session.shared(f"{number} was not signed."):
            return self._back()
        if opened is None or monitor is None or session.read_only or not opened.writes_case:
            says = f"{number} was not signed: it can only be read now."
            session.console.error(says)
            return self._back()
        monitor.ignores_file = True
        try:
            write_signed_case(prepared, signature, self._trust, session.now)
            problem = write_its_letter(prepared, session.now)
            session.console.say(f"Signed {number}. It can only be read now. {problem}".strip())
        except ImrError as error:
            session.console.error(str(error))
        session.sharing.send_files()
        self._open_again()
        return self._back()

    def _open_again(self) -> None:
        """Open the case as its file is now: signed also if an error came after that."""
        session = self._session
        try:
            session.open_again()
        except ImrError as error:
            session.console.error(str(error))
        if session.monitor is not None:
            session.monitor.ignores_file = False
