"""The table `[keys]` of a folder: names of keys, what is refused, and the manual that follows."""

import re
import string
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.binding import Binding
from textual.keys import _character_to_key
from textual.widgets import DataTable, Input, OptionList, TextArea

from imr_tui.cli.commands.help_topic import manual
from imr_tui.errors import BadInput
from imr_tui.keys.default_keys import DEFAULT_KEYS
from imr_tui.keys.key_map import STANDARD, KeyMap, default_keys
from imr_tui.keys.key_names import _NAMED, _WITH_CTRL, is_printable, key_name, read_keys
from imr_tui.keys.manual_rows import ROWS, with_keys
from imr_tui.keys.places import PLACES, actions_of, matching
from imr_tui.keys.validation import KEPT, MOST, TEXT_KEYS, faults, key_map
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.settings import load_settings
from tests.commands import Run

FREE = ("f10", "f11", "ctrl+\\", "ctrl+^", "+", "Z", "ctrl+pgdn")
"""Keys that no action has."""


def own(folder: Path, text: str) -> Path:
    """The settings of a folder, written by hand."""
    (folder / ".imr").mkdir(mode=0o700, exist_ok=True)
    path = folder / ".imr" / "settings.toml"
    path.write_text(text)
    return path


# ── Names of keys ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("character", sorted({*string.printable} - {*string.whitespace, ","}))
def test_a_character_is_the_name_of_its_key(character: str) -> None:
    (key,) = read_keys(character)
    assert key == _character_to_key(character)
    assert key_name(key) == character
    assert is_printable(key)


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("ctrl+n", ("ctrl+n",)),
        ("CTRL+N", ("ctrl+n",)),
        ("^n", ("ctrl+n",)),
        ("^/", ("ctrl+underscore",)),
        ("ctrl+]", ("ctrl+right_square_bracket",)),
        ("ctrl+space", ("ctrl+@", "ctrl+space")),
        ("^PgDn", ("ctrl+pagedown",)),
        ("F5", ("f5",)),
        ("esc", ("escape",)),
        ("space", ("space",)),
        ("comma", ("comma",)),
        ("é", ("é",)),
        ("a, A", ("a", "A")),
        ("a,a", ("a",)),
    ],
)
def test_names_of_keys(written: str, keys: tuple[str, ...]) -> None:
    assert read_keys(written) == keys


def test_what_the_screen_calls_a_key_can_be_written() -> None:
    for action in DEFAULT_KEYS:
        for key in default_keys(action):
            if not key.startswith("shift+"):
                assert key in read_keys(key_name(key)), key


def test_every_key_that_can_be_named_is_sent_by_terminals() -> None:
    sent = {
        str(getattr(key, "value", key))
        for keys in ANSI_SEQUENCES_KEYS.values()
        if isinstance(keys, tuple)
        for key in keys
    }
    named = {*_NAMED, *(f"ctrl+{key}" for key in _WITH_CTRL.values())}
    assert named <= sent | {"space"}


def test_keys_of_textual_in_texts_and_lists_stay_as_they_are() -> None:
    for widget in (TextArea, Input, OptionList, DataTable):
        for binding in Binding.make_bindings(widget.BINDINGS):
            try:
                (key, *_) = read_keys(binding.key)
            except ValueError:
                continue
            # Only its own table, which no screen has, takes these.
            is_of_table = widget is DataTable and key.startswith("ctrl+")
            assert key in (*TEXT_KEYS, *KEPT) or is_of_table, (widget, key)


# ── What is refused ──────────────────────────────────────────────────────────────────────────


def test_the_standard_keys_are_a_faultless_map() -> None:
    assert faults(DEFAULT_KEYS) == ()
    assert key_map(DEFAULT_KEYS).changed == {each: default_keys(each) for each in DEFAULT_KEYS}


@pytest.mark.parametrize(
    ("action", "keys", "says"),
    [
        ("walk.nxt", "f10", "is not the id of an action, did you mean 'walk.next'"),
        ("", "f10", "is not the id of an action"),
        ("walk.next", "", "names no key"),
        ("walk.next", "f10,", "has a comma too many"),
        ("walk.next", "f13", "cannot be 'f13', which is not the name of a key"),
        ("walk.next", "ctrl", "not the name of a key"),
        ("walk.next", "tabulator", "not the name of a key"),
        ("walk.next", "ctrl+i", "cannot be ctrl+i: terminals send it as Tab"),
        ("walk.next", "ctrl+m", "terminals send it as Enter"),
        ("walk.next", "ctrl+j", "terminals send it as Enter"),
        ("walk.next", "^h", "terminals send it as Backspace"),
        ("walk.next", "ctrl+[", "terminals send it as esc"),
        ("walk.next", "ctrl+shift+x", "many terminals do not send it"),
        ("walk.next", "alt+n", "many terminals do not send it"),
        ("walk.next", "shift+f3", "many terminals do not send it"),
        ("walk.next", "ctrl+f5", "many terminals do not send it"),
        ("walk.next", "\x07", "a character that is not printed"),
        ("walk.next", "n", "needs a key that is not a character, as ^n works in texts, too"),
        ("walk.next", "space", "needs a key that is not a character"),
        ("walk.next", "ctrl+b", "needs another key besides ^b, which tmux takes"),
        ("walk.next", "ctrl+k", "cannot be ^k, which has a fixed meaning in texts and lists"),
        ("walk.next", "down", "cannot be down, which has a fixed meaning in texts and lists"),
        ("walk.next", "esc", "cannot be esc, which has a fixed meaning"),
        ("decision.uphold", "enter", "cannot be Enter, which has a fixed meaning"),
        ("worklist.new", "f1", "cannot be F1, which has a fixed meaning"),
        ("app.quit", "f10", "must keep ^q"),
        ("app.help", "?", "must keep F1"),
        ("app.copy", "f10", "must keep ^c"),
        ("walk.leave", "f10", "must keep esc"),
        ("dialog.close", "f10", "must keep esc"),
        ("worklist.open", "f10", "must keep Enter"),
        ("bar.other", "f10", "must keep Tab and shift+tab"),
        ("walk.next", "ctrl+n,f5", "cannot be F5, which is the key of reading.facts in"),
        ("walk.next", "ctrl+t", "cannot be ^t, which is the key of walk.items in the summary"),
        ("decision.uphold", "o", "cannot be o, which is the key of decision.overturn in a dec"),
        ("decision.uphold", "v", "cannot be v, which is the key of reading.letter in a decision"),
        ("decision.uphold", "t", "cannot be t, which is the key of app.take-over in a decision"),
        ("items.add", "e", "cannot be e, which is the key of items.edit in the items"),
        ("citation.kind", "f2", "cannot be F2, which is the key of app.answer in the citation f"),
        ("bar.replace", "ctrl+s", "cannot be ^s, which is the key of app.save in the find bar"),
        ("worklist.new", "o", "cannot be o, which is the key of worklist.sort in the worklist"),
        ("walk.next", "f10,f11,+,-,!,$,%", f"has more than {MOST} keys"),
    ],
)
def test_a_faulty_key_is_refused_with_its_reason(action: str, keys: str, says: str) -> None:
    (fault,) = faults({action: keys})
    assert fault.action == action
    assert says in fault.says


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"walk.next": "f10", "walk.items": "ctrl+n"},
        {"walk.next": "ctrl+p", "walk.back": "ctrl+n"},
        {"decision.uphold": "o", "decision.overturn": "u"},
        {"app.quit": "f10, ctrl+q"},
        {"text.keep-phrase": "ctrl+^"},
        # They share a key as shipped, and only one of them can be used at a time.
        {"form.next": "enter,f10", "form.done": "enter,f10"},
        {"citations.none": "g"},
        # Other places: the bar hides the keys of the stage.
        {"bar.replace": "ctrl+t"},
        {"items.add": "n", "records.add": "n", "worklist.new": "+"},
    ],
)
def test_a_map_without_faults(given: Mapping[str, str]) -> None:
    assert faults(given) == ()


def test_all_faults_are_found_and_those_of_one_action_come_first() -> None:
    found = faults({"walk.next": "ctrl+i", "walk.back": "f10", "walk.items": "f10", "x": "y"})
    assert [fault.action for fault in found] == ["walk.next", "x"]
    (fault,) = faults({"walk.back": "f10", "walk.items": "f10"})
    assert fault.action == "walk.items"


NAMES = st.sampled_from([*FREE, *"abcdefguxyzKN?/", "f5", "f9", "ctrl+n", "ctrl+t", "ctrl+space"])
KEYS = st.lists(NAMES, min_size=1, max_size=3).map(",".join)
ANYTHING = st.text(max_size=12) | KEYS
ACTIONS = st.sampled_from(sorted(DEFAULT_KEYS))


def shared(keys: KeyMap) -> set[tuple[str, str]]:
    """The actions of one place that have a key in common."""
    pairs: set[tuple[str, str]] = set()
    for place in PLACES:
        by_key: dict[str, list[str]] = {}
        for action in actions_of(place):
            for key in keys.keys(action):
                by_key.setdefault(key, []).append(action)
        for actions in by_key.values():
            pairs.update(combinations(actions, 2))
    return pairs


@given(st.dictionaries(ACTIONS, KEYS, max_size=5))
def test_what_is_not_refused_is_safe(given: dict[str, str]) -> None:
    if faults(given):
        return
    keys = key_map(given)
    assert shared(keys) <= shared(STANDARD)
    for action in given:
        usual, now = default_keys(action), keys.keys(action)
        assert {*usual} & {*KEPT} <= {*now}
        assert not ({*now} - {*usual}) & {*KEPT, *TEXT_KEYS}
        assert all(map(is_printable, usual)) or not all(map(is_printable, now))
    assert "ctrl+q" in keys.keys("app.quit")
    assert "escape" in keys.keys("walk.leave")


@given(st.dictionaries(st.text(max_size=12) | ACTIONS, ANYTHING, max_size=4))
def test_anything_is_either_refused_with_a_reason_or_can_be_used(given: dict[str, str]) -> None:
    found = faults(given)
    assert {fault.action for fault in found} <= {*given}
    assert all(fault.says for fault in found)
    if not found:
        assert {*key_map(given).changed} == {*given}


def test_every_action_has_a_place() -> None:
    assert {action for place in PLACES for action in actions_of(place)} == {*DEFAULT_KEYS}


# ── The settings of a folder ─────────────────────────────────────────────────────────────────


def test_a_folder_has_its_keys(cases: Path) -> None:
    assert load_settings(Folder(cases)).keys is STANDARD
    own(cases, "width = 80\n")
    assert load_settings(Folder(cases)).keys is STANDARD
    own(cases, '[keys]\n"walk.next" = "f10, ctrl+n"\nwalk.items = "f11"\n')
    keys = load_settings(Folder(cases)).keys
    assert keys.changed == {"walk.next": ("f10", "ctrl+n"), "walk.items": ("f11",)}
    assert keys.name("walk.next") == "F10"
    assert keys.names("walk.next") == ("F10", "^n")
    assert keys.name("walk.back") == "^p"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('\n[keys]\n"walk.nxt" = "f10"', r"settings\.toml, line 3: keys walk\.nxt is not the id"),
        ('[keys]\n# "walk.next"\nwalk.next = "ctrl+m"', "line 3: keys walk.next cannot be ctrl+m"),
        ("[keys]\n'walk.next' = 'n'", "line 2: keys walk.next needs a key"),
        ('[keys.walk]\nback = "f10"\nnext = "f10"', "line 3: keys walk.next cannot be F10"),
        ('keys."app.quit" = "f10"', "line 1: keys app.quit must keep ^q"),
        ('[keys]\n"walk.next" = 5', "line 2: keys walk.next must be text in quotes"),
        ('keys = "f10"', "keys must be a table"),
        ("[keys]\n" + "\n".join(f'"a{at}" = "f10"' for at in range(5)), "(2 more)"),
    ],
)
def test_a_faulty_map_is_refused_with_its_line(cases: Path, text: str, says: str) -> None:
    path = own(cases, text)
    with pytest.raises(BadInput) as refused:
        load_settings(Folder(cases))
    assert says.replace("\\", "") in str(refused.value)
    assert str(refused.value).startswith(str(path))
    assert "The file was not changed. Correct it and open it again." in str(refused.value)
    assert path.read_text() == text


# ── The manual ───────────────────────────────────────────────────────────────────────────────


def rows(page: str) -> dict[str, str]:
    """The tables of a page, by their first column."""
    found = re.findall(r"^\| (.+?) \| (.+) \|$", page, re.MULTILINE)
    return dict(found)


def test_the_example_of_the_manual_can_be_used(cases: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", manual()["key-map"], re.DOTALL)
    own(cases, example)
    assert len(load_settings(Folder(cases)).keys.changed) == 3


def test_the_manual_lists_every_action_with_its_keys() -> None:
    listed = rows(manual()["key-map"])
    for action in DEFAULT_KEYS:
        assert listed.pop(f"`{action}`") == " or ".join(f"`{n}`" for n in STANDARD.names(action))
    assert set(listed) <= {"id", "---"}


def test_the_table_of_keys_has_a_row_for_every_action() -> None:
    assert {*rows(manual()["keys"])} - {"where", "---"} == {*ROWS}
    assert {action for row in ROWS.values() for action in matching(row)} == {*DEFAULT_KEYS}


def test_the_tables_of_keys_follow_a_key_map() -> None:
    standard = manual()["keys"]
    before = rows(standard)
    for action in DEFAULT_KEYS:
        keys = KeyMap({action: ("f11", "plus")})
        page = with_keys(standard, keys, "cases")
        assert "The tables show the keys of cases." in page
        changed = {where: text for where, text in rows(page).items() if text != before[where]}
        assert changed, action
        assert all(action in matching(ROWS[where]) for where in changed), action
        assert all("`F11`" in text for text in changed.values()), action
    every = KeyMap(dict.fromkeys(DEFAULT_KEYS, ("f11", "plus")))
    listed = rows(with_keys(manual()["key-map"], every, "cases"))
    assert {listed[f"`{action}`"] for action in DEFAULT_KEYS} == {"`F11` or `+`"}


@pytest.mark.process
def test_help_shows_the_keys_of_a_folder(run: Run, cases: Path) -> None:
    own(cases, '[keys]\n"walk.next" = "f10"\n"app.answer" = "f11"\n')
    shown = run("help", "keys", "--folder", str(cases)).out
    assert "`F10` next stage" in shown
    assert "`F11` open the notice" in shown
    assert "`^n` next stage" not in shown
    assert "`^n` next stage" in run("help", "keys").out
    own(cases, '[keys]\n"walk.next" = "ctrl+i"\n')
    done = run("help", "keys", "--folder", str(cases))
    assert "`^n` next stage" in done.out
    assert "line 2: keys walk.next cannot be ctrl+i" in done.err
