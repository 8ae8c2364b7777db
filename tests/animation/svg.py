"""Writes and reads the animation as SVG: one film of frames, moved by a style sheet."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from xml.etree import ElementTree

from tests.animation.frames import Frame, Row, Run, Style
from tests.animation.script import SIZE, STILL

NAMESPACE = "http://www.w3.org/2000/svg"
WIDTH, HEIGHT = 8.4, 17
"""Width and height of a cell; the width is that of a monospaced letter of 14 pixels."""
EDGE = 12
"""Pixels around the terminal."""
FOREGROUND, BACKGROUND = "#dadada", "#121212"
"""The colours of a cell that names none."""
TITLE = "A demonstration of imr-tui"
DESCRIPTION = (
    "The tour of imr-tui demo in six steps: a case is opened, an item decided, its rationale "
    "concluded, a guideline cited, a wrong side corrected, and the letter written."
)


def written(frames: Sequence[Frame]) -> str:
    """The file of an animation. It has no script, and stands still where motion is not wanted."""
    rows = {row: number for number, row in enumerate(dict.fromkeys(_all_rows(frames)))}
    styles = {style: number for number, style in enumerate(dict.fromkeys(_all_styles(rows)))}
    width, height = SIZE[0] * WIDTH, SIZE[1] * HEIGHT
    whole = width + 2 * EDGE, height + 2 * EDGE
    parts = [
        f'<svg xmlns="{NAMESPACE}" viewBox="0 0 {whole[0]:g} {whole[1]:g}" role="img">',
        f"<title>{TITLE}</title><desc>{DESCRIPTION}</desc>",
        f"<style>{_sheet(frames, styles)}</style>",
        "<defs>",
        *(_row(row, number, styles) for row, number in rows.items()),
        "</defs>",
        f'<rect width="{whole[0]:g}" height="{whole[1]:g}" rx="8" fill="{BACKGROUND}"/>',
        f'<svg x="{EDGE}" y="{EDGE}" width="{width:g}" height="{height:g}">',
        f'<g class="film" transform="translate(0,{-STILL * height})">',
        *(_frame(frame, at * height, rows) for at, frame in enumerate(frames)),
        "</g></svg></svg>",
    ]
    return "\n".join(parts) + "\n"


def read(text: str) -> Iterator[list[str]]:
    """The lines of each frame of a file that `written` made, without blanks at their ends."""
    root = ElementTree.fromstring(text)
    rows = {f"#{row.get('id')}": _line(row) for row in root.iterfind(f".//{{{NAMESPACE}}}defs/*")}
    for frame in root.iterfind(f".//*[@class='film']/{{{NAMESPACE}}}g"):
        yield [rows[use.get("href", "")] for use in frame.iterfind(f"{{{NAMESPACE}}}use")]


def _line(row: ElementTree.Element) -> str:
    line = ""
    for text in row.iterfind(f"{{{NAMESPACE}}}text"):
        column = round(float(text.get("x", "0")) / WIDTH)
        line = f"{line:<{column}}{text.text or ''}"
    return line.rstrip()


def _all_rows(frames: Sequence[Frame]) -> Iterator[Row]:
    return (row for frame in frames for row in frame.rows)


def _all_styles(rows: dict[Row, int]) -> Iterator[Style]:
    return (run.style for row in rows for run in row)


# ── The style sheet ──────────────────────────────────────────────────────────────────────────


def _sheet(frames: Sequence[Frame], styles: dict[Style, int]) -> str:
    total = sum(frame.seconds for frame in frames)
    moment, stops = 0.0, list[str]()
    for at, frame in enumerate(frames):
        where = f"transform:translateY({-at * SIZE[1] * HEIGHT}px)"
        stops.append(f"{100 * moment / total:.3f}%{{{where}}}")
        moment += frame.seconds
    classes = (f".s{number}{{{_look(style)}}}" for style, number in styles.items())
    return "\n".join(
        (
            "text{font:14px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;"
            "white-space:pre}",
            *classes,
            f".film{{animation:film {total:g}s steps(1,end) infinite}}",
            f"@keyframes film{{{''.join(stops)}}}",
            "@media(prefers-reduced-motion:reduce){.film{animation:none}}",
        )
    )


def _look(style: Style) -> str:
    bold = ";font-weight:bold" if style.bold else ""
    line = ";text-decoration:underline" if style.underlined else ""
    return f"fill:{_colour(style.foreground, FOREGROUND)}{bold}{line}"


_NAMED = {
    "black": "#000000",
    "red": "#cd0000",
    "green": "#00cd00",
    "brown": "#cdcd00",
    "blue": "#0000ee",
    "magenta": "#cd00cd",
    "cyan": "#00cdcd",
    "white": "#e5e5e5",
}
"""xterm's values of the eight colours."""


def _colour(colour: str, default: str) -> str:
    if colour == "default":
        return default
    return _NAMED.get(colour, f"#{colour}")


# ── Rows and frames ──────────────────────────────────────────────────────────────────────────


def _row(row: Row, number: int, styles: dict[Style, int]) -> str:
    parts = [f'<g id="r{number}">']
    for run in row:
        background = _colour(run.style.background, BACKGROUND)
        if background != BACKGROUND:
            x, width = run.column * WIDTH, len(run.text) * WIDTH
            parts.append(
                f'<rect x="{x:.4g}" width="{width:.4g}" height="{HEIGHT}" fill="{background}"/>'
            )
        parts += _words(run, styles[run.style])
    return "".join((*parts, "</g>"))


def _words(run: Run, style: int) -> Iterator[str]:
    """The text of a run, in parts that begin and end with a letter."""
    for part in re.finditer(r"\S+(?: \S+)*", run.text):
        x, length = (run.column + part.start()) * WIDTH, len(part[0]) * WIDTH
        yield (
            f'<text class="s{style}" x="{x:.4g}" y="13" textLength="{length:.4g}">'
            f"{escape(part[0], quote=False)}</text>"
        )


def _frame(frame: Frame, top: int, rows: dict[Row, int]) -> str:
    parts = [f'<g transform="translate(0,{top})">']
    for number, row in enumerate(frame.rows):
        parts.append(f'<use href="#r{rows[row]}" y="{number * HEIGHT}"/>')
    if frame.cursor is not None:
        x, y = frame.cursor[0] * WIDTH, frame.cursor[1] * HEIGHT
        parts.append(
            f'<rect x="{x:.4g}" y="{y}" width="{WIDTH}" height="{HEIGHT}" '
            f'fill="{FOREGROUND}" fill-opacity=".6"/>'
        )
    return "".join((*parts, "</g>"))
