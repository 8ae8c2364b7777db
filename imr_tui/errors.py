"""What imr-tui says when it cannot go on: one root that speaks to the user, with its exit codes.

ImrError            the root; never raised itself
├── BadInput        3   a file, a text or an option that cannot be understood
│   └── LimitReached    something would become larger than a case may be
├── CannotStore     4   something could not be read from or written to the disk
│   ├── KeptElsewhere   of a case that is on the disk in another place
│   ├── Unreachable     the shared store does not answer, or must not be relied on
│   └── StatementRefused    the shared store refused what it was asked for
├── NotReady        1   a determination cannot be signed yet
├── NotSigned       1   a case has no valid signature
├── CannotSign      4   no key can sign now, or ssh-keygen or the agent did not
│   └── WrongPassphrase     the passphrase of a key file is wrong
└── Conflict        5   it is there already, or somebody else holds it
    ├── ChangedElsewhere    another program wrote the case file; both texts are kept
    ├── GivenAway           another session owns the case; this text is kept as a copy
    │   └── LeaseLost       the claim of this session in the shared store is not valid any more
    ├── Signed              the case is signed, so nothing may change in it
    └── Closed              the organization closed the case, so nothing may change in it
"""

from imr_tui.text.sanitize import clean


class ImrError(Exception):
    """A sentence for the user: what is wrong, where, what was kept, what to do next.

    It may quote names and values from anywhere, so what hides or commands is shown in it.
    """

    title = "imr-tui"
    """The heading under which the app shows the sentence."""
    exit_code = 1
    """What the process ends with when the sentence ends a command."""

    def __str__(self) -> str:
        return clean(super().__str__())


class BadInput(ImrError):
    """A file, a text or an option that cannot be understood."""

    title = "Cannot be read"
    exit_code = 3


class LimitReached(BadInput):
    """Something would become larger than a case may be; it was left as it is."""

    title = "Limit reached"


class CannotStore(ImrError):
    """Something could not be read from or written to the disk."""

    title = "Disk"
    exit_code = 4


class KeptElsewhere(CannotStore):
    """The file of a case does not take it; it is on the disk in another place until then."""


class Unreachable(CannotStore):
    """The shared store does not answer, or is one that must not be relied on; try again later."""

    title = "Shared store"


class StatementRefused(CannotStore):
    """The shared store refused what it was asked for; a repeat would be refused, too."""

    title = "Shared store"

    def __init__(self, sentence: str, sqlstate: str) -> None:
        super().__init__(sentence)
        self.sqlstate = sqlstate
        """The code of PostgreSQL for the reason, such as "23505" for a key that exists."""


class NotReady(ImrError):
    """The determination cannot be signed yet, because of its findings; nothing was changed."""

    title = "Not signed"


class NotSigned(ImrError):
    """The case has no valid signature, which was needed; nothing was changed."""

    title = "No valid signature"


class CannotSign(ImrError):
    """No key can sign now, or ssh-keygen or the agent did not; nothing was signed."""

    title = "Not signed"
    exit_code = 4


class WrongPassphrase(CannotSign):
    """The passphrase of the key is wrong; nothing was signed."""

    title = "Wrong passphrase"


class Conflict(ImrError):
    """The thing is there already, or somebody else holds it."""

    title = "Already there"
    exit_code = 5


class ChangedElsewhere(Conflict):
    """Another program wrote the case file since this one read it; both texts are kept."""

    title = "Changed elsewhere"


class GivenAway(Conflict):
    """Another session owns the case now; this session's text is kept as a copy beside it."""

    title = "Kept as a copy"


class LeaseLost(GivenAway):
    """The claim of this session in the shared store is not valid any more; nothing was written."""


class Signed(Conflict):
    """The case is signed, so nothing was changed in it."""

    title = "Signed"


class Closed(Conflict):
    """The organization closed the case, so nothing was changed in it."""

    title = "Closed"


EXIT_FINE = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_BUG = 70
EXIT_INTERRUPTED = 130
