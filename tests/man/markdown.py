"""The Markdown of the manual as roff: headings, paragraphs, lists, tables and code."""

import re
import textwrap
from collections.abc import Iterator
from itertools import groupby

from tests.man import roff

_FENCE = "```"
_CODE = " " * 4
_BULLET = re.compile(r"- |\d+\. ")


def parts(topic: str) -> dict[str, str]:
    """The sections of a topic by heading; what stands above the first one is under "".

    The title and the summary below it are left out.
    """
    _, _, _, text = topic.split("\n", 3)
    heading, found = "", {"": ""}
    for line, in_code in _lines(text):
        if line.startswith("## ") and not in_code:
            heading = line.removeprefix("## ")
            found[heading] = ""
        else:
            found[heading] += f"{line}\n"
    return found


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is code."""
    in_code = False
    for line in text.split("\n"):
        in_code ^= line.startswith(_FENCE)
        yield line, in_code


def blocks(text: str) -> Iterator[str]:
    """The blocks between blank lines; a code block is one, whatever it holds."""
    block: list[str] = []
    for line, in_code in _lines(text):
        if line.strip() or in_code:
            block.append(line)
        elif block:
            yield "\n".join(block)
            block = []
    if block:
        yield "\n".join(block)


def to_roff(text: str) -> Iterator[str]:
    """The lines of a part of the manual; a heading in it begins a subsection."""
    for block in blocks(text):
        if block.startswith(_FENCE):
            yield from roff.example(block.split("\n")[1:-1])
        elif block.startswith(_CODE):
            yield from roff.example(textwrap.dedent(block).split("\n"))
        elif block.startswith("#"):
            yield roff.subsection(block.lstrip("# "))
        elif block.startswith("|"):
            for left, right in rows(block):
                yield from roff.entry(roff.prose(left), right)
        elif _BULLET.match(block):
            yield from _list(block)
        else:
            yield from roff.paragraph(block)


def rows(table: str) -> Iterator[tuple[str, str]]:
    """The two cells of each row of a table, without its head."""
    for row in table.strip().split("\n")[2:]:
        left, right = row.strip("|").split(" | ")
        yield left.strip(), right.strip()


def table(text: str) -> Iterator[tuple[str, str]]:
    """The rows of the first table of a text."""
    found = (list(lines) for is_row, lines in groupby(text.split("\n"), _is_row) if is_row)
    return rows("\n".join(next(found)))


def _is_row(line: str) -> bool:
    return line.startswith("|")


def _list(block: str) -> Iterator[str]:
    items = re.split(r"^(?=- |\d+\. )", block, flags=re.MULTILINE)
    for item in filter(None, items):
        marker = _BULLET.match(item)
        assert marker
        sign = r"\(bu" if item.startswith("-") else marker[0].strip()
        yield f".IP {sign} 4"
        yield from roff.sentences(item[marker.end() :])
