"""The question whether a correction of the credentials in a case is for the profile, too."""

from __future__ import annotations

from imr_tui.ui.dialogs.confirm import Answer, Confirm, Confirmation, answer_keys

_ANSWERS = (
    Answer(True, "Yes", "offer.yes", "Correct the profile, too"),
    Answer(False, "No", "offer.no", "Only this case has other credentials"),
)


class ProfileOffer(Confirm[bool]):
    """Answers whether the profile is corrected."""

    BINDINGS = answer_keys(_ANSWERS)

    def __init__(self, case: str, profile: str) -> None:
        """The credentials of the case and of the profile, each as a text."""
        sentence = (
            f"Your profile says: {profile or 'nothing'}.\nThis case says: {case}.\n"
            "Correct the profile, too? Your next cases then start with these credentials."
        )
        super().__init__(Confirmation("Correct your profile?", sentence, _ANSWERS))
