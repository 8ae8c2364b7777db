"""The dialog that signs a determination: the letter, its confirmations, and the key."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from imr_tui.errors import ImrError, WrongPassphrase
from imr_tui.session.to_sign import ToSign as ToSign, key_name
from imr_tui.terminal.background import BACKGROUND, in_thread
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.dialogs.sign_keys import KEYS
from imr_tui.ui.widgets.choice import Choice
from imr_tui.ui.widgets.field import Field
from imr_tui.ui.widgets.letter_view import LetterView
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.store.signing.signing_key import SigningKey


class SignScreen(Dialog[bytes | None]):
    """Answers with the signature, and with None if the reviewer leaves.

    Nothing that is typed here is kept, neither the passphrase nor the digits.
    """

    BINDINGS = KEYS

    def __init__(self, to_sign: ToSign) -> None:
        super().__init__()
        self._to_sign = to_sign
        self._is_confirmed = not to_sign.statement.absences
        self._is_signing = False
        self.HEADING = f"Sign {to_sign.statement.number}"

    # ── What is shown ────────────────────────────────────────────────────────────────────

    def body(self) -> Iterable[Widget]:
        to_sign = self._to_sign
        # Reached with Tab, for a case with so many items that it scrolls.
        with VerticalScroll(id="statement"):
            yield Static(Content("\n".join(to_sign.sentences())))
        if to_sign.statement.absences:
            absences = OptionList(*map(Content, to_sign.statement.absences), id="absences")
            confirm = self.app.keys.name("sign.confirm")
            title = to_sign.absence_title(confirm, is_confirmed=False)
            absences.border_title = Content(title)
            yield absences
        yield LetterView(id="letter")
        if len(to_sign.keys) > 1:
            names = {str(at): key_name(key) for at, key in enumerate(to_sign.keys)}
            yield Field("Key", Choice("0", names, id="key"))
        passphrase = Line(id="passphrase")
        passphrase.password = True
        yield Field("Passphrase of the key", passphrase)
        yield Field(to_sign.digits_label, Line(id="digits"))
        yield Static("", id="missing")

    def on_mount(self) -> None:
        self.query_one(LetterView).show(self._to_sign.letter)
        self.choose_key()
        self._entries[0].focus()

    @on(Choice.Changed)
    def choose_key(self) -> None:
        """Ask for a passphrase only if the key has one."""
        self._passphrase.disabled = not self._key.is_encrypted
        self.query(Field)[-2].display = self._key.is_encrypted

    @property
    def _key(self) -> SigningKey:
        """The key that is chosen."""
        choice = self.query(Choice)
        return self._to_sign.keys[int(choice.first().value) if choice else 0]

    @property
    def _entries(self) -> list[Widget]:
        """What Enter goes through: the claims, the key, its passphrase, the digits."""
        found = (self.query(f"#{name}") for name in ("absences", "key", "passphrase", "digits"))
        return [each.first() for each in found if each and each.first().focusable]

    def _say(self, sentence: str, field: str = "") -> None:
        """Show a sentence, and go to the field that it is about."""
        self.query_one("#missing", Static).update(Content(sentence))
        if field:
            self.query_one(f"#{field}").focus()

    # ── Actions ──────────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "confirm" and not self._to_sign.statement.absences:
            return False
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        if action in ("next", "confirm") and self._is_signing:
            return "It is being signed; esc cancels."
        if action == "confirm" and self._is_confirmed:
            return "The claims are confirmed already."
        return super().why_not(action, parameters)

    def action_confirm(self) -> None:
        self._is_confirmed = True
        confirm = self.app.keys.name("sign.confirm")
        title = self._to_sign.absence_title(confirm, is_confirmed=True)
        self.query_one("#absences", OptionList).border_title = Content(title)
        self._say("")
        self.refresh_bindings()
        if self.focused is self._entries[0]:
            self._entries[1].focus()

    def action_next(self) -> None:
        entries = self._entries
        if self.focused is not entries[-1]:
            # From the letter straight to the digits.
            at = entries.index(self.focused) if self.focused in entries else -2
            entries[at + 1].focus()
        elif not self._is_confirmed:
            self._say("Search the records again for each claim, then confirm them.", "absences")
        elif self._key.is_encrypted and not self._passphrase.value:
            self._say("Type the passphrase of the key.", "passphrase")
        elif says := self._to_sign.wrong_digits(self.query_one("#digits", Line).value):
            self._say(says, "digits")
        else:
            self._sign(self._key, self._passphrase.value)

    @property
    def _passphrase(self) -> Line:
        return self.query_one("#passphrase", Line)

    @on(Input.Submitted)
    @on(Input.Changed)
    def keep(self, event: Input.Changed) -> None:
        """Nothing here is an edit of the case."""
        event.stop()

    @work(exclusive=True, group=f"{BACKGROUND}-signature")
    async def _sign(self, key: SigningKey, passphrase: str) -> None:
        self._is_signing = True
        self._say(f"Signing with {key_name(key)}... esc cancels.")
        self.refresh_bindings()
        sign = partial(self._to_sign.sign, key, passphrase)
        try:
            signature = await in_thread(sign)
        except ImrError as error:
            if self.is_current:
                self._refuse(error)
        else:
            # Not once the reviewer has left.
            if self.is_current:
                self.dismiss(signature)

    def _refuse(self, error: ImrError) -> None:
        """Say why it was not signed; the reviewer may try again."""
        self._is_signing = False
        if isinstance(error, WrongPassphrase):
            self._passphrase.clear()
        self._say(str(error), "passphrase" if isinstance(error, WrongPassphrase) else "digits")
        self.refresh_bindings()
