"""Loads templates from a site's folder or the shipped one, and from nowhere else."""

import re
import stat
from collections.abc import Callable, MutableMapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, Template, TemplateError, TemplateNotFound

from imr_tui.letter.render.template_language import restrict

MAX_BYTES = 100_000
"""Maximum size of a template; the shipped one has about 2,000 bytes."""
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}", re.ASCII)

FileStamp = tuple[Path, int, int]
"""Path, modification time and size of a file."""


class Templates(BaseLoader):
    """Loads a template by name from the first folder that has it."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        stamp = self._find(template)
        text = stamp[0].read_text(encoding="utf-8")
        return text, str(stamp[0]), lambda: self._find(template) == stamp

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        text, path, is_fresh = self.get_source(environment, name)
        tree = restrict(environment.parse(text, name, path), name)
        code = environment.compile(tree, name, path)
        return environment.template_class.from_code(environment, code, globals or {}, is_fresh)

    def _find(self, name: str) -> FileStamp:
        """Find a template, and values that change with it; raises TemplateError."""
        if not _NAME.fullmatch(name):
            raise TemplateError(f"{name[:60]!r} is not the name of a template in its folder")
        for folder in self._folders:
            path = folder / name
            if path.exists() or path.is_symlink():
                status = path.lstat()
                if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
                    raise TemplateError(f"{name} is a link, no file, or too large")
                return path, status.st_mtime_ns, status.st_size
        raise TemplateNotFound(name)
