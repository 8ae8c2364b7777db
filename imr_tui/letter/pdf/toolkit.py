"""Loads reportlab, which draws PDFs, so that nothing of a user or a machine is in its files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any

from imr_tui.errors import CannotStore

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

FONT = "DejaVuSansMono"
"""The name of the font: DejaVu Sans Mono 2.37 of dejavu-fonts.github.io, with its LICENSE."""
FONT_FILE = Path(__file__).with_name("font") / f"{FONT}.ttf"
"""The file of the font, as it was released."""
_USER_SETTINGS = ("reportlab_settings", "reportlab.local_rl_settings")
"""Modules of a user that reportlab imports; without the first, it runs `~/.reportlab_settings`."""
_HIDDEN = ("RL_", "SOURCE_DATE_EPOCH")
"""How the names of environment variables begin that change what reportlab writes."""


def new_canvas(out: IO[bytes], size: tuple[float, float], title: str, identifier: str) -> Canvas:
    """A blank PDF with pages of `size` points, whose bytes depend on what is drawn only.

    Its properties are the title alone. `identifier`, 32 hexadecimal digits, is its ID. Streams are
    not compressed, because versions of zlib differ. Raises CannotStore if reportlab is not
    installed.
    """
    with _plain_environment():
        try:
            classes = _load()
        except ModuleNotFoundError as error:
            raise CannotStore(
                "No PDF was written, because reportlab is not installed. "
                "Install `imr-tui[pdf]`, then try again."
            ) from error
        canvas: Canvas = classes.canvas(
            out,
            pagesize=size,
            invariant=1,
            pageCompression=0,
            pdfVersion=(1, 4),
            initialFontName=FONT,
            lang="en-US",
        )
    canvas.setTitle(title)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    # There are no public names for these: setAuthor writes an author in any case.
    canvas._doc.info.__class__ = classes.info
    canvas._doc._ID = f"[<{identifier}><{identifier}>]\n".encode()
    return canvas


class _Classes:
    """The classes of reportlab that are needed."""

    def __init__(self, canvas: Any, info: Any) -> None:
        self.canvas = canvas
        self.info = info


@cache
def _load() -> _Classes:
    """Import reportlab and register the font; raises ModuleNotFoundError."""
    for name in _USER_SETTINGS:
        sys.modules.setdefault(name, ModuleType(name))
    from reportlab.pdfbase import pdfdoc, pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    class TitleOnly(pdfdoc.PDFInfo):  # type: ignore[misc]
        """The properties of a document without author, program and time."""

        def format(self, document: Any) -> Any:
            title = pdfdoc.PDFString(self.title)
            return pdfdoc.PDFDictionary({"Title": title}).format(document)

    pdfmetrics.registerFont(TTFont(FONT, FONT_FILE, asciiReadable=True))
    return _Classes(Canvas, TitleOnly)


@contextmanager
def _plain_environment() -> Iterator[None]:
    """Hide the variables that change what reportlab writes."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith(_HIDDEN)}
    try:
        yield
    finally:
        os.environ.update(hidden)
