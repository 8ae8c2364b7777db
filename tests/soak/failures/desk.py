"""A reviewer who types while the servers of the shared store fail, and what is left of the text."""

import random
import re
import time
from collections.abc import Callable
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from tests.bench.samples import on_disk
from tests.soak.failures.material import Place, case_for, letters, program, text_of
from tests.soak.failures.meanwhile import PATIENCE, Arrival, Doing
from tests.soak.failures.sites import Site
from tests.soak.failures.typist import KEYS_PER_SECOND, Key, Typist

WAITING = "shared: waiting"
_SHARED = re.compile(r"· shared (\d\d:\d\d:\d\d)")


class Desk:
    """One session of the app, or several in turn, in a folder whose cases are shared."""

    app: Typist
    """The last session."""

    def __init__(
        self, site: Site, home: Path, seed: int, place: Place = "summary", words: int = 0
    ) -> None:
        """`words`: how many the text has when it is opened."""
        self.site = site
        self.chance = random.Random(seed)
        self.normal: list[Key] = []
        """The keys that were typed while the servers worked."""
        self.failing: list[Key] = []
        """The keys that were typed while they did not, and until the text was shared again."""
        self.again: float | None = None
        """Seconds until the text was shared again; None if that was not measured."""
        self.notes: list[str] = []
        """What is wrong, as sentences."""
        self.path = case_for(home, place, words, self.chance)
        self.place = place
        self._home, self._is_long = home, words > 0
        self._before = text_of(on_disk(self.path), place)
        self._letters = letters(self.chance)
        self._earlier = ""
        self._mended = 0.0
        self._typed_before = ""
        self._owned = ExitStack()
        self._argv = program(home, site.url)

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self._owned.close()

    # ── The session ──────────────────────────────────────────────────────────────────────

    def start(self, path: Path | None = None) -> None:
        """Start the app with the case, or at another place."""
        if hasattr(self, "app"):
            self._earlier += self.app.typed
        self.app = self._owned.enter_context(
            Typist([*self._argv, str(path or self.path)], self._home)
        )

    def open(self) -> None:
        """Start the app, and enter the text."""
        self.start()
        self.enter()

    def enter(self) -> None:
        """Enter the text once the case is on the screen."""
        if self.place == "complete":
            self.app.wait_for("Review")
            self.app.go_to("summary")
        if self.place == "item":
            self.app.wait_for(" word")
            self.app.keys("ctrl+t")
            self.app.wait_for("Items in dispute")
            self.app.keys("e")
            self.app.wait_for("Request")
            self.app.keys("end")
            return
        if self._is_long:
            # A text that is there already is not the first open one.
            self.app.wait_for(" word")
            self.app.keys("ctrl+p")
        self.app.enter_text()
        self.app.keys("ctrl+end")

    def words(self, seconds: float) -> str:
        """What is typed within so many seconds."""
        return "".join(islice(self._letters, round(seconds * KEYS_PER_SECOND)))

    def type(
        self,
        seconds: float,
        keys: list[Key],
        *,
        until: Callable[[], bool] = lambda: False,
        meanwhile: Callable[[], object] | None = None,
    ) -> None:
        """Type for so long, while something else is done; the keys are added to `keys`."""
        doing = Doing(meanwhile) if meanwhile is not None else None
        keys += self.app.type(self.words(seconds), until)
        if doing is not None:
            doing.join()

    def type_until_shared(self) -> None:
        """Type until the header says that the text is shared."""
        self.type(PATIENCE, [], until=lambda: self.header is not None)

    @property
    def header(self) -> str | None:
        """When the text was shared, as the first line has it; None if it waits."""
        first = self.app.text.partition("\n")[0]
        found = _SHARED.search(first)
        return found[1] if found and WAITING not in first else None

    # ── The failure ──────────────────────────────────────────────────────────────────────

    def fail(self, seconds: float = 0.5) -> None:
        """Let the servers fail while somebody types."""
        self.type(seconds, self.failing, meanwhile=self.site.fail)

    def mend(self) -> None:
        """Let a primary be reachable while somebody types."""
        # These keys are not measured: a server that starts takes the machine for itself.
        self.type(0.5, [], meanwhile=self._mend)

    def mend_alone(self) -> None:
        """Let a primary be reachable while nobody types."""
        self._mend()

    def _mend(self) -> None:
        self._mended = self.site.mend()
        self._typed_before = self._earlier + self.app.typed
        self._arrival = Arrival(self.site)

    def former_returns(self) -> None:
        """Let the former primary take changes again, if there is one, while the app goes on."""
        doing = Doing(self.site.return_former)
        while doing.is_alive:
            self.app.read_for(0.05)
        doing.join()

    def type_until_shared_again(self) -> None:
        """Type until a text is shared that was sent since a primary is reachable."""
        self.type(PATIENCE, self.failing, until=self.is_shared_again)
        self.note_again()

    def note_again(self) -> None:
        """Note how long it took until a text was shared again."""
        at = self._arrival.wait()
        self.again = PATIENCE if at is None else at - self._mended

    def is_shared_again(self) -> bool:
        """Whether a text was shared since a primary is reachable, and the first line says so."""
        # Its time follows only when the typing pauses.
        return self._arrival.at is not None and self.header is not None

    # ── What is left ─────────────────────────────────────────────────────────────────────

    @property
    def expected(self) -> str:
        """The text that nothing was lost of."""
        return self._before + self._earlier + self.app.typed

    @property
    def replaced(self) -> str:
        """The text as it was when a primary was reachable again."""
        return self._before + self._typed_before

    @property
    def typed(self) -> int:
        """How many characters were typed."""
        return len(self._earlier + self.app.typed)

    def wait_until(self, is_so: Callable[[], bool], what: str, seconds: float = PATIENCE) -> bool:
        """Whether it is so within the time; notes it if not. Goes on reading the app."""
        until = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > until:
                self.notes.append(f"not within {seconds:.0f} s: {what}")
                return False
            if self.app.is_running:
                self.app.read_for(0.05)
            else:
                time.sleep(0.05)
        return True

    def quit(self) -> int:
        """Quit the app; its exit code."""
        self.app.key("ctrl+q")
        return self.app.wait_exit()
