"""Eight processes at one case in schedules that hypothesis makes up: no update is ever lost."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.errors import HypothesisException
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from imr_tui.store.cases.case_codec import decode, encode
from imr_tui.store.cases.folder import Folder
from tests.builders import NUMBER, a_case
from tests.soak.actors import Actor

PROCESSES = 8
STEPS = 18
"""Steps of a schedule; few enough that no history reaches its bound."""
SHORT, LONG = 40, 600
"""Schedules of a campaign."""
who = st.integers(0, PROCESSES - 1)


class Desks(RuleBasedStateMachine):
    """A folder with one case, and the processes that work on it."""

    ran = 0
    """Schedules that were run."""
    words = 0
    """Words that were reported saved in them."""
    faults: ClassVar[list[str]] = []
    """What went wrong in them."""

    def __init__(self) -> None:
        super().__init__()
        self._place = Path(tempfile.mkdtemp(prefix="imr-schedule-"))
        self._folder = Folder(self._place)
        self._place.chmod(0o700)
        path = self._folder.path_of(NUMBER)
        path.write_bytes(encode(a_case()).replace(b'text = ""', b'text = "begin"'))
        self._actors = [self._new(number) for number in range(PROCESSES)]
        self._due: set[str] = set()
        self._count = 0
        Desks.ran += 1
        self._heed(self._actors[0].ask("open"))

    def teardown(self) -> None:
        for actor in self._actors:
            actor.kill()
        shutil.rmtree(self._place)

    def _new(self, number: int) -> Actor:
        return Actor(self._place, f"session-{number}")

    def _writer(self, at: int) -> Actor:
        """A process that has the case, where one has it: only what it does can lose anything."""
        return next((actor for actor in self._actors if actor.is_writing), self._actors[at])

    def _word(self) -> str:
        self._count += 1
        return f"w{self._count:04}"

    def _heed(self, answer: str, word: str = "") -> None:
        """Take note of what a process said it has done, and look whether all of it is there."""
        if answer.startswith("fault"):
            self._fail(answer)
        if word and answer in ("saved", "aside", "written"):
            self._due.add(word)
            Desks.words += 1

    def _fail(self, says: str) -> None:
        # Kept here, too: what hangs on the moment may not come about when it is tried again.
        self.faults.append(says)
        raise AssertionError(says)

    def _look(self) -> None:
        if missing := self._due - words_in(self._folder):
            self._fail(f"lost: {', '.join(sorted(missing))}")
        decode(self._folder.path_of(NUMBER).read_bytes(), "the case")

    @rule(at=who)
    def open(self, at: int) -> None:
        self._heed(self._actors[at].ask("open"))
        self._look()

    @rule(at=who)
    def edit(self, at: int) -> None:
        word = self._word()
        self._heed(self._writer(at).ask("edit", word), word)
        self._look()

    @rule(at=who)
    def write_over(self, at: int) -> None:
        word = self._word()
        self._heed(self._actors[at].ask("write_over", word), word)
        self._all_look()

    @rule(at=who, mine=st.booleans())
    def choose(self, at: int, mine: bool) -> None:
        self._heed(self._writer(at).ask("choose", mine))
        self._look()

    @rule(at=who)
    def close(self, at: int) -> None:
        self._heed(self._actors[at].ask("close"))
        self._look()

    @rule(at=who)
    def go_back(self, at: int) -> None:
        self._heed(self._actors[at].ask("go_back"))
        self._look()

    @rule(at=who)
    def kill(self, at: int) -> None:
        self._actors[at].kill()
        self._actors[at] = self._new(at)
        self._look()

    @rule(at=who, delay=st.floats(0, 0.004))
    def kill_while_it_saves(self, at: int, delay: float) -> None:
        writer = self._writer(at)
        writer.tell("edit", self._word())
        time.sleep(delay)
        writer.kill()
        at = self._actors.index(writer)
        self._actors[at] = self._new(at)
        self._look()

    @rule(opening=st.booleans())
    def all_at_once(self, opening: bool) -> None:
        """Every process opens the case, or writes it, at the same moment."""
        words = [self._word() for _ in self._actors]
        for actor, word in zip(self._actors, words, strict=True):
            actor.tell("open") if opening else actor.tell("edit", word)
        for actor, word in zip(self._actors, words, strict=True):
            self._heed(actor.answer(), "" if opening else word)
        self._look()

    @rule(at=who)
    def an_editor_beside_them(self, at: int) -> None:
        """Another program writes the file while every session does."""
        words = [self._word() for _ in self._actors]
        for number, (actor, word) in enumerate(zip(self._actors, words, strict=True)):
            actor.tell("write_over" if number == at else "edit", word)
        for actor, word in zip(self._actors, words, strict=True):
            self._heed(actor.answer(), word)
        self._all_look()

    def _all_look(self) -> None:
        """What an editor has overwritten is still with the session that wrote it."""
        for actor in self._actors:
            self._heed(actor.ask("look"))
        self._look()


def words_in(folder: Folder) -> set[str]:
    """Every word of every text of the case that the folder keeps."""
    places = [folder.path_of(NUMBER)]
    for name in ("history", "aside", "originals"):
        places += folder.own(name).rglob("*.toml")
    texts = (path.read_text(encoding="utf-8") for path in places)
    return {word.strip('"') for text in texts for word in text.split()}


def campaign(short: bool) -> Iterator[str]:
    """Many schedules; the first that loses a word is told."""
    Desks.ran = Desks.words = 0
    Desks.faults.clear()
    start = time.monotonic()
    count = SHORT if short else LONG
    with suppress(AssertionError, HypothesisException, BaseExceptionGroup):
        run_state_machine_as_test(
            Desks,
            settings=settings(
                max_examples=count,
                stateful_step_count=STEPS,
                deadline=None,
                derandomize=short,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    yield from (f"  fault: {says}" for says in Desks.faults[:1])
    seconds = time.monotonic() - start
    yield f"schedules of {PROCESSES} processes        {Desks.ran}, {seconds:.0f} s"
    yield f"words reported saved, all found   {Desks.words}"
