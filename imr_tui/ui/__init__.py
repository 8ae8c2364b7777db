"""The app: screens and widgets, and the only place that may import textual."""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def lazy_modules(package: str) -> Callable[[str], Any]:
    """A `__getattr__` for `package` that loads a module of it when the module is first used.

    The app can then name its screens without loading them before the first paint.
    """

    def load(name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return import_module(f"{package}.{name}")

    return load
