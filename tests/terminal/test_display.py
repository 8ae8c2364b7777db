"""The app on terminals of every kind: what it sends, what stands out, where the cursor is."""

import random
import time
from pathlib import Path

import pytest

from imr_tui.terminal.capabilities import Colours
from tests.bench.samples import APP, FRESH, SEED, case_at, make_folder, on_disk
from tests.terminal.driver import Terminal
from tests.terminal.grammar import violations

FORMS: dict[str, tuple[dict[str, str | None], Colours, str]] = {
    "linux": ({"TERM": "linux"}, "16", "UTF-8"),
    "vt100 in C": (
        {"TERM": "vt100", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        "none",
        "ASCII",
    ),
    "no colour": ({"NO_COLOR": "1"}, "none", "UTF-8"),
}


def sent_wrongly(terminal: Terminal, colours: Colours, characters: str) -> list[str]:
    """What of the bytes so far is not of the form that the terminal has."""
    return list(violations(terminal.bytes_since(0), colours=colours, characters=characters))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_the_seed_case_is_looked_through_on_every_kind_of_terminal(
    form: str, tmp_path: Path
) -> None:
    env, colours, characters = FORMS[form]
    folder = make_folder(tmp_path, FRESH, SEED)
    with Terminal([*APP, str(folder)], tmp_path, env=env) as terminal:
        terminal.wait_for(">" + SEED.stem)
        terminal.settle()
        row = next(at for at, line in enumerate(terminal.screen) if ">" + SEED.stem in line)
        chosen, other = terminal.styles(row)[5], terminal.styles(row + 1)[5]
        assert "reversed" in chosen
        assert "reversed" not in other
        terminal.wait_until(lambda: terminal.has_cursor, what="the cursor to show")
        assert terminal.cursor == (0, row)
        terminal.key("enter")
        terminal.wait_for("w writes the letter")
        for place in ("Prints: ", "Decision:", "words", "attest"):
            terminal.key("ctrl+p")
            terminal.wait_for(place)
        terminal.key("f1")
        terminal.wait_for("Keys")
        terminal.key("escape", "ctrl+o")
        terminal.wait_for("^n")
        terminal.key("escape", "ctrl+q")
        assert terminal.wait_exit() == 0
        assert sent_wrongly(terminal, colours, characters) == []


@pytest.mark.parametrize("term", ["dumb", None])
def test_a_terminal_of_lines_gets_plain_mode(term: str | None, tmp_path: Path) -> None:
    folder = make_folder(tmp_path, FRESH)
    with Terminal([*APP, str(folder)], tmp_path, env={"TERM": term}) as terminal:
        terminal.wait_for("? help: ")
        terminal.type("q\n")
        assert terminal.wait_exit() == 0
        assert b"\x1b" not in terminal.bytes_since(0)


# ── The cursor ───────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_the_cursor_of_the_terminal_is_at_the_caret(tmp_path: Path) -> None:
    """Nothing is painted there: what was typed is all that was sent."""
    path = case_at(tmp_path, "summary")
    with Terminal([*APP, str(path)], tmp_path, env={"NO_COLOR": "1"}) as terminal:
        terminal.enter_text()

        def at_caret(column: int, line: str) -> None:
            def is_there() -> bool:
                x, y = terminal.cursor
                is_right = x == column and terminal.screen[y].strip() == line
                return is_right and terminal.has_cursor and not terminal.styles(y)[x]

            terminal.wait_until(is_there, what=f"the cursor in {line!r} at {column}")

        terminal.type("naïve 漢字 words")
        at_caret(len(" naïve ") + 4 + len(" words"), "naïve 漢字 words")
        terminal.key("home")
        at_caret(1, "naïve 漢字 words")
        terminal.key("end", "enter")
        terminal.type("\r".join(f"line {n}" for n in range(40)))
        at_caret(len(" line 39"), "line 39")
        mark = terminal.mark()
        terminal.type("x")
        at_caret(len(" line 39x"), "line 39x")
        assert b"\x1b[?25" not in terminal.bytes_since(mark)
        terminal.key("escape")
        terminal.wait_until(lambda: not terminal.has_cursor, what="the cursor to hide")
        terminal.key("ctrl+r")
        terminal.wait_for("Record: dates, parties")
        terminal.key(*["down"] * 3)
        terminal.wait_until(lambda: terminal.has_cursor, what="the cursor to come")
        terminal.key("escape", "ctrl+q")
        assert terminal.wait_exit() == 0
        terminal.wait_until(lambda: terminal.has_cursor, what="the cursor to show")


# ── Small, and many sizes ────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_small_screen_says_so_and_comes_back_as_it_was(tmp_path: Path) -> None:
    path = case_at(tmp_path, "summary")
    with Terminal([*APP, str(path)], tmp_path) as terminal:
        terminal.enter_text()
        terminal.type("Before. After.")
        terminal.key(*["left"] * len(" After."))
        at_point = len(" Before.")
        terminal.wait_until(lambda: terminal.cursor[0] == at_point, what="the cursor at the point")
        terminal.wait_for("Saved")
        terminal.settle(0.6)
        screen, cursor = terminal.screen, terminal.cursor
        terminal.resize(59, 19)
        terminal.wait_for("Needs 60x20, has 59x19. Saved ")
        assert "Before" not in terminal.text
        terminal.wait_until(lambda: not terminal.has_cursor, what="the cursor to hide")
        terminal.key("ctrl+n", "escape", "ctrl+t")
        terminal.type("!")
        terminal.key("ctrl+s")
        terminal.settle()
        terminal.resize(20, 3)
        terminal.wait_for("20x3. Saved")
        terminal.resize(80, 24)
        terminal.wait_for("Before.! After.")
        there = (cursor[0] + 1, cursor[1])
        terminal.wait_until(lambda: terminal.cursor == there, what=f"the cursor at {there}")
        terminal.wait_until(lambda: terminal.has_cursor, what="the cursor to show")
        terminal.wait_until(lambda: terminal.screen[1] == screen[1], what="the rail")
        terminal.resize(40, 10)
        terminal.wait_for("Needs 60x20")
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    assert on_disk(path).summary.text == "Before.! After."


@pytest.mark.slow
def test_nothing_is_lost_in_a_storm_of_sizes(tmp_path: Path) -> None:
    path = case_at(tmp_path, "summary")
    chance = random.Random(7)
    typed = "".join(chance.choice("abcdefgh ") for _ in range(500))
    with Terminal([*APP, str(path)], tmp_path) as terminal:
        terminal.enter_text()
        mark = terminal.mark()
        for at, char in enumerate(typed):
            if at % 5 < 2:
                terminal.resize(chance.randint(10, 200), chance.randint(4, 60))
            terminal.type(char)
            time.sleep(0.002)
        terminal.resize(80, 24)
        terminal.wait_for(f"{typed[-12:]}")
        terminal.settle(0.5)
        sent = terminal.bytes_since(mark)
        x, y = terminal.cursor
        terminal.wait_until(lambda: terminal.has_cursor, what="the cursor to show")
        assert terminal.screen[y][:x].endswith(typed[-12:])
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0
    assert on_disk(path).summary.text == typed
    assert len(sent) < 2_000_000
    assert list(violations(sent)) == []


# ── What is asked for ────────────────────────────────────────────────────────────────────

MOUSE, KITTY = b"\x1b[?1003h", b"\x1b[>25u"


@pytest.mark.slow
def test_neither_mouse_nor_other_keys_are_asked_for(tmp_path: Path) -> None:
    with Terminal([*APP, str(make_folder(tmp_path, FRESH))], tmp_path) as terminal:
        terminal.wait_for("F1 Help")
        terminal.settle()
        # A report that nobody asked for has no effect, and is no text.
        terminal.type("\x1b[<0;3;4M\x1b[<0;3;4m\x1b[97;5u")
        terminal.settle()
        assert "CM26-0190442" in terminal.text
        assert not [mode for mode in (MOUSE, KITTY) if mode in terminal.bytes_since(0)]
        terminal.key("ctrl+q")
        assert terminal.wait_exit() == 0


@pytest.mark.slow
def test_a_site_asks_for_mouse_keys_and_animations(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, FRESH)
    (folder / ".imr" / "settings.toml").write_text(
        "mouse = true\nkitty_keys = true\nanimations = true\n"
    )
    with Terminal([*APP, str(folder / FRESH.name)], tmp_path) as terminal:
        terminal.wait_for("attest")
        terminal.settle()
        assert all(mode in terminal.bytes_since(0) for mode in (MOUSE, KITTY))
        terminal.type("\x1b[<35;20;5M\x1b[<0;3;4M\x1b[<0;3;4m\x1b[110;5u")
        terminal.wait_for("0 words")
        terminal.type("\x1b[113;5u")
        assert terminal.wait_exit() == 0
        assert terminal.bytes_since(0).rindex(b"\x1b[?1003l") > terminal.bytes_since(0).index(MOUSE)
