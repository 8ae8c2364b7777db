"""Written determinations without a fault, and single faults kept as edits of their text.

A file of `faults/` is named after its kind. Each of its entries says where in which determination
something is changed, and how:

- `find`, `replace`: these words become those;
- `insert` with `before` or `after`: a sentence is put beside these words;
- `append`: a sentence is put at the end;
- `value`: a field becomes this;
- `blank = true`: a field is emptied.

Words to find have to be there exactly once. `without` names dates of the header that the letter
lacks from the start, so that its text can only be compared with itself.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from imr_tui.model.case import Case, from_plain, to_plain
from imr_tui.store.cases.case_file import open_case

WRITTEN = Path(__file__).with_name("written")
FAULTS = Path(__file__).with_name("faults")
KINDS = Path(__file__).with_name("kinds.toml")

_STEP = re.compile(r"(item|citation|specialty|license) ([1-9][0-9]*)|[a-z_]+")
_LISTS = {"item": "items", "citation": "citations"}
_CREDENTIALS = {"specialty": "specialties", "license": "licenses"}


class Misfit(Exception):
    """A fault cannot be put into its determination as it is written."""


def bases() -> dict[str, Case]:
    """The written determinations, by the names of their files."""
    return {path.stem: open_case(path).case for path in sorted(WRITTEN.glob("*.toml"))}


def kinds() -> dict[str, str]:
    """What each kind of fault is and why a colleague would object, by its name."""
    return dict(tomllib.loads(KINDS.read_text(encoding="utf-8")))


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every entry of the fault files, with its kind."""
    for path in sorted(FAULTS.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["fault"]:
            yield path.stem, entry


def faults() -> Iterator[tuple[str, str, Case]]:
    """Every fault: the name of its determination, its kind, and the case that has it."""
    clean = bases()
    for kind, entry in entries():
        yield entry["base"], kind, broken(clean[entry["base"]], entry)


def broken(case: Case, entry: dict[str, Any]) -> Case:
    """A case with the fault of an entry in it; raises Misfit if it does not fit."""
    data = to_plain(case)
    for name in entry.get("without", ()):
        del data["case"][name]
    holder, key = _place(data, entry["where"])
    if entry.get("blank"):
        holder[key] = type(holder[key])() if isinstance(holder[key], str | list | tuple) else None
    elif "value" in entry:
        holder[key] = entry["value"]
    else:
        holder[key] = _edited(holder[key], entry)
    return from_plain(data)


def _place(data: dict[str, Any], where: str) -> tuple[Any, Any]:
    """What holds the field that `where` names, and the field's key in it."""
    if where == "summary":
        return data["summary"], "text"
    if where.startswith("case "):
        return data["case"], where.removeprefix("case ")
    holder: Any = data
    key: Any = None
    for step in _STEP.finditer(where):
        name, number = step[1], int(step[2] or 0)
        if key is not None:
            holder = holder[key]
        if name in _LISTS:
            holder, key = _rows(holder, _LISTS[name]), number - 1
        elif name in _CREDENTIALS:
            holder, key = _rows(data["reviewer"], _CREDENTIALS[name]), number - 1
        else:
            key = step[0]
    return holder, key


def _rows(holder: dict[str, Any], name: str) -> list[Any]:
    holder[name] = list(holder[name])
    return holder[name]  # type: ignore[no-any-return]


def _edited(text: str, entry: dict[str, Any]) -> str:
    if "append" in entry:
        return f"{text} {entry['append']}"
    if "find" in entry:
        return text.replace(_once(text, entry["find"]), entry["replace"])
    if "before" in entry:
        place = text.index(_once(text, entry["before"]))
        return f"{text[:place]}{entry['insert']} {text[place:]}"
    place = text.index(_once(text, entry["after"])) + len(entry["after"])
    return f"{text[:place]} {entry['insert']}{text[place:]}"


def _once(text: str, words: str) -> str:
    if text.count(words) != 1:
        raise Misfit(f"{words!r} is there {text.count(words)} times, not once")
    return words
