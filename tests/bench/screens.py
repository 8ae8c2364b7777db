"""What it costs to go somewhere: stages, pages, lists, pastes, undo, other sizes, a dialog."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.answer import Answer
from tests.bench.figures import Figure, Plan, compared
from tests.bench.programs import Program, opened, ours, stock, text_area, vim
from tests.bench.samples import case_at, case_with, many_cases
from tests.bench.session import CALM, OpenCase, listen
from tests.bench.texts import prose, typed

Act = Callable[[OpenCase], Answer]
CASES = 200
FEW = 2
"""Scenes that are enough for a rough answer."""
PASTED = 2_000
REST = 1.0
"""Seconds after which what was begun by the last key is over; some never are silent."""
SHOWS = "thickness"
TO_THE_END = (["ctrl+p"], ["i"], ["ctrl+end"])
"""The keys that lead from an open case to the end of its rationale."""


@dataclass(frozen=True)
class Scene:
    """The same acts in the program and in floors."""

    name: str
    program: Program
    floors: Sequence[Program]
    acts: Sequence[Act]
    others: Mapping[str, Sequence[Act]] = field(default_factory=dict)
    """The acts of those that have other keys for them."""
    first: int = 0
    """The first act that is measured; those before it lead there."""
    step: int = 1
    """How far it is to the next one."""

    def answers(self, session: OpenCase, name: str) -> list[Answer]:
        return [act(session) for act in self.others.get(name, self.acts)][self.first :: self.step]


def press(*keys: str) -> list[Act]:
    """One act for each key."""
    return [lambda session, key=key: session.press(key, CALM) for key in keys]  # type: ignore[misc]


def screens(place: Path, plan: Plan) -> Iterator[Figure]:
    """Bytes and time of each act."""
    for number, make in enumerate(SCENES[: FEW if plan.is_short else None]):
        home = place / str(number)
        home.mkdir()
        yield from played(make(home), home)


def played(scene: Scene, home: Path) -> Iterator[Figure]:
    with ExitStack() as stack:
        sessions = opened(stack, [scene.program, *scene.floors], home)
        listen(list(sessions.values()), REST)
        found = {name: scene.answers(session, name) for name, session in sessions.items()}
    mine = found[scene.program.name]
    ideal = [answer.ideal for answer in mine]
    for floor in scene.floors:
        if floor.name in found:
            base = found[floor.name]
            yield told(f"{scene.name}", mine, base, floor.name, sorted(ideal)[len(ideal) // 2])
            yield timed(f"{scene.name}, until it stands", mine, base, floor.name)
        else:
            yield Figure(scene.name, mine[0].sent, None, "bytes", floor.missing)


def told(
    name: str, mine: Sequence[Answer], base: Sequence[Answer], against: str, ideal: float
) -> Figure:
    sizes = [answer.sent for answer in mine], [answer.sent for answer in base]
    return compared(name, *sizes, against, "bytes", ideal)


def timed(name: str, mine: Sequence[Answer], base: Sequence[Answer], against: str) -> Figure:
    times = [answer.stood or 0 for answer in mine], [answer.stood or 0 for answer in base]
    return compared(name, *times, against, "ms")


# ── The scenes ───────────────────────────────────────────────────────────────────────────


def stages(home: Path) -> Scene:
    case = case_at(home, "summary")
    keys = press("ctrl+n", "ctrl+n", "ctrl+n", "ctrl+p", "ctrl+p", "ctrl+p")
    return Scene(
        "a stage switch", ours(case, "words"), [stock("pages", "stock screens", "first page")], keys
    )


def in_text(home: Path, words: int) -> tuple[Program, list[Program]]:
    """The rationale of a case, and editors that hold the same text, each with the cursor behind."""
    text = prose(words)
    path = home / "text.txt"
    path.write_text(text, encoding="utf-8")
    case = case_with(home, "rationale", text)
    return ours(case, keys=TO_THE_END), [make(path, SHOWS) for make in (text_area, vim)]


def pages(home: Path) -> Scene:
    return Scene("a page up", *in_text(home, 2_000), press(*["pageup"] * 5))


def moves(home: Path) -> Scene:
    lines = home / "lines.txt"
    lines.write_text("\n".join(f"CM26-{n:07}  2026-12-09" for n in range(CASES)), encoding="utf-8")
    down = ["down"] * 10
    return Scene(
        f"a move in a list of {CASES}",
        ours(many_cases(home, CASES), "CM26-0000", "F1 Help"),
        [
            stock("rows", "stock OptionList", "CM26-0000000", str(CASES)),
            vim(lines, "CM26-0000000"),
        ],
        press(*down, *["up"] * 10),
        {"vim": press(*["up"] * 10, *down)},
    )


def leaps(home: Path) -> Scene:
    """Beyond the last line that is shown, so that the list scrolls."""
    scene = moves(home)
    keys = press(*["down"] * 30)
    others = {"vim": press(*["up"] * 30)}
    return Scene("a scroll in the list", scene.program, scene.floors, keys, others, first=22)


def pastes(home: Path) -> Scene:
    return Scene(
        f"a paste of {PASTED:,}",
        *in_text(home, 200),
        [lambda session: session.paste(typed(PASTED))],
    )


def undoing(home: Path) -> Scene:
    acts: list[Act] = [lambda session: session.paste(typed(PASTED)), *press("ctrl+z")]
    in_vim: list[Act] = [acts[0], *press("escape", "u")]
    return Scene("its undoing", *in_text(home, 200), acts, {"vim": in_vim}, first=-1)


def sizes(home: Path) -> Scene:
    acts: list[Act] = [
        lambda session: session.resize(100, 30),
        lambda session: session.resize(80, 24),
    ]
    return Scene("another size", *in_text(home, 200), acts)


def dialogs(home: Path) -> Scene:
    program, (area, _) = in_text(home, 200)
    return Scene("F1 opened", program, [area], press("f1", "escape", "f1"), step=2)


def closing(home: Path) -> Scene:
    program, (area, _) = in_text(home, 200)
    keys = press("f1", "escape", "f1", "escape")
    return Scene("F1 closed", program, [area], keys, first=1, step=2)


SCENES: Sequence[Callable[[Path], Scene]] = (
    stages,
    dialogs,
    pages,
    moves,
    leaps,
    pastes,
    undoing,
    sizes,
    closing,
)
