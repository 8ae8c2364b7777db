"""The templates of a letter: files of one folder, or the shipped ones, and nothing beside them."""

import re
import stat
from collections.abc import Callable, MutableMapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, Template, TemplateError, TemplateNotFound

from imr_tui.letter.render.template_language import demand_plain

MAX_BYTES = 100_000
"""A larger template is refused unread; the shipped one has some 2,000."""
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}", re.ASCII)

Stamp = tuple[Path, int, int]
"""A file, when it was written, and its size."""


class Templates(BaseLoader):
    """Finds a template by its name in the first folder that has it."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        stamp = self._found(template)
        text = stamp[0].read_text(encoding="utf-8")
        return text, str(stamp[0]), lambda: self._found(template) == stamp

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        text, path, is_fresh = self.get_source(environment, name)
        tree = demand_plain(environment.parse(text, name, path), name)
        code = environment.compile(tree, name, path)
        return environment.template_class.from_code(environment, code, globals or {}, is_fresh)

    def _found(self, name: str) -> Stamp:
        """Where a template is, and what changes with it; raises TemplateError."""
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
