"""Sentences of the field, full of periods that begin no name."""

import random
from collections.abc import Iterator

_SUBJECTS = ("The worker", "She", "He", "The patient", "Dr. Sample", "The note of 10/14/2014")
_VERBS = ("takes", "reports", "has had", "describes", "was given", "denies", "needs")
_OBJECTS = (
    *(
        ".5 mg",
        "0.5 mg q.d.",
        ".25 mg b.i.d.",
        "10/325 mg t.i.d. p.r.n.",
        "q.h.s.",
        "a.c. and p.c.",
    ),
    *(
        "e.g. naproxen",
        "i.e. a sprain",
        "pain at L4-5.",
        "L4-5. and L5-S1.",
        "C5-6.",
        "vs. a brace",
    ),
    *("No. 3", "approx. 6 visits", "pain 7.5/10", "a 1.5 T MRI", "9792.24.2", "section 4610.5(c)."),
    *("pain etc.", "...", ". . .", "a mass of 1.2 cm.", "U.S. guidelines", "an M.D.", "Ph.D."),
    *("www.example.org", "reports.the latter", "p.o.", "St. Sample", "s/p surgery", "(.5 mg)"),
    *("weakness", "-.5 diopters", "\u00bd tab.", "10 mg.", "a Norco 5/325.", "2 x 6.", "50%."),
)
_ENDS = (
    ".",
    ". ",
    "...",
    ".)",
    '."',
    ".\n",
    "?",
    "!",
    ";",
    ". \n\n",
    "",
    " e.g.",
    " q.d.",
    " L4-5.",
)


def sentences(count: int, seed: int = 20) -> Iterator[str]:
    """So many of them, each behind some others, as in a text that is being written."""
    rng = random.Random(seed)
    for _ in range(count):
        yield "".join(_sentence(rng) for _ in range(rng.randint(1, 3)))


def _sentence(rng: random.Random) -> str:
    objects = " and ".join(rng.choices(_OBJECTS, k=rng.randint(1, 3)))
    return f"{rng.choice(_SUBJECTS)} {rng.choice(_VERBS)} {objects}{rng.choice(_ENDS)}"
