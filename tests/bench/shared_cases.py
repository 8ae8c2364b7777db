"""Generated cases of an organization for the shared store: rows with words and prose, by COPY."""

import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

REVIEWERS = 300
"""How many reviewers the organization has besides alice and bob."""
CASES_A_DAY = 400
"""How many cases are assigned on each day."""
OPEN_DAYS = 40
"""The cases of so many last days are still worked on."""
TODAY = date(2026, 11, 23)
"""The day on which the cases are looked at."""
COLUMNS = (
    *("number", "body", "digest", "reviewer", "due", "rank", "state", "priority"),
    *("items", "decided", "words", "prose", "shown", "session", "sequence", "changed"),
)
"""The columns that are written, in their order."""

_SYLLABLES = (
    *("ab", "ac", "al", "an", "ar", "ba", "be", "bo", "ca", "ce", "co", "cu", "da", "de", "di"),
    *("el", "en", "er", "fa", "fi", "ga", "ge", "ha", "he", "ic", "il", "in", "is", "la", "le"),
    *("lo", "lu", "ma", "me", "mi", "na", "ne", "no", "ol", "on", "or", "pa", "pe", "po", "ra"),
    *("re", "ro", "sa", "se", "si", "ta", "te", "ti", "to", "tu", "ul", "um", "un", "va", "ve"),
)
_COMMON = (
    *("patient", "pain", "therapy", "injury", "lumbar", "treatment", "physical", "cervical"),
    *("shoulder", "medication", "records", "physician", "evidence", "guideline", "necessary"),
    *("knee", "injection", "surgery", "imaging", "tenderness", "opioid", "radiculopathy"),
)
_REQUESTS = (
    *("MRI of the lumbar spine", "physical therapy, 12 visits", "acupuncture", "Norco 10/325 mg"),
    *("epidural steroid injection L4-5", "gabapentin 300 mg", "lumbar fusion L5-S1", "urine test"),
    *("functional capacity evaluation", "TENS unit", "arthroscopy of the knee", "home exercise"),
)
_PRIORITIES = ("standard", "standard", "standard", "expedited")


@dataclass
class Generator:
    """Makes rows in the order in which the cases were assigned, from the first day to TODAY."""

    count: int
    """How many cases there are."""
    seed: int = 1
    """The same seed makes the same cases."""

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        words = list(itertools.islice(_new_words(self._random), 20_000))
        vocabulary = [*_COMMON, *words]
        # Zipf: the word of rank n is n times as rare as the first.
        weights = list(itertools.accumulate(1 / (n + 10) for n in range(len(vocabulary))))
        self.vocabulary, self._weights = vocabulary, weights
        self._names = [word.title() for word in words if len(word) > 4]
        self._sentences = [" ".join(self._choose(20)) + "." for _ in range(60_000)]

    def _choose(self, count: int) -> list[str]:
        return self._random.choices(self.vocabulary, cum_weights=self._weights, k=count)

    def rows(self, first: int = 0, last: int | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of cases `first` to `last`, as values of COLUMNS."""
        for n in range(first, self.count if last is None else last):
            yield self._row(n)

    def _row(self, n: int) -> tuple[Any, ...]:
        chance = self._random
        age = (self.count - 1 - n) // CASES_A_DAY
        assigned = TODAY - timedelta(days=age)
        due = assigned + timedelta(days=chance.choice((3, 30, 30, 30, 45)))
        rank, state = self._state(age)
        reviewer = self._reviewer(age, rank)
        number = f"CM{assigned:%y}-{n:07}"
        requests = [self._request() for _ in range(chance.choice((1, 1, 2, 3, 6)))]
        employee = f"{chance.choice(self._names)}, {chance.choice(self._names)}"
        priority = chance.choice(_PRIORITIES)
        done = rank in (1, 3)
        changed = datetime.combine(
            min(assigned + timedelta(days=chance.randrange(20)), TODAY), time(), UTC
        ) + timedelta(seconds=chance.randrange(86_400))
        shown = {
            "problem": "",
            "why": "30 days after the assignment and the records were received.",
            "decided_on": str(due) if done else "",
            "stage": "Review" if done else "Summary",
            "held": number,
            "request": requests[0],
            "employee": employee,
            "written": f"{changed:%Y-%m-%dT%H:%M:%SZ}" if rank == 3 else "",
            "note": "",
        }
        words = " ".join((number, state, priority, employee, *requests)).casefold()
        prose = " ".join(chance.choices(self._sentences, k=15))
        return (
            *(number, bytes(32), bytes(32), reviewer, due, rank, state, priority),
            *(len(requests), len(requests) if done else 0, words, prose),
            *(json.dumps(shown), f"s{n}", 1, changed),
        )

    def _state(self, age: int) -> tuple[int, str]:
        chance = self._random.random()
        if age > OPEN_DAYS or chance < age / OPEN_DAYS:
            if chance < 0.0002:
                return 2, "altered"
            return 3, self._random.choice(("signed", "signed", "signed", "written", "closed"))
        if chance > 0.97:
            return 1, "ready"
        return 0, self._random.choice(("draft", "draft", "ready"))

    def _reviewer(self, age: int, rank: int) -> str:
        if rank == 0 and age < 2 and self._random.random() < 0.5:
            return ""
        chance = self._random.random()
        # alice has as many as most have, five times over, bob ten times as many as alice.
        return "alice" if chance < 0.005 else "bob" if chance < 0.05 else self._other()

    def _other(self) -> str:
        return f"r{self._random.randrange(REVIEWERS):03}"

    def _request(self) -> str:
        if self._random.random() < 0.4:
            return self._random.choice(_REQUESTS)
        return " ".join(self._choose(5))


def _new_words(chance: random.Random) -> Iterator[str]:
    seen = set[str]()
    while True:
        word = "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3, 3, 4))))
        if word not in seen:
            seen.add(word)
            yield word


def fill(connection: Any, count: int, first: int = 0, last: int | None = None) -> None:
    """Write cases `first` to `last` of `count`, as a role that may bypass row-level security."""
    generator = Generator(count)
    generator._random = random.Random(f"{first}")
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy cases ({', '.join(COLUMNS)}) from stdin") as copy,
    ):
        for row in generator.rows(first, last):
            copy.write_row(row)
