"""Having every text read anew: what the readers and the rules remember of texts, forgotten."""

import functools
import sys

PACKAGES = ("imr_tui.reading.", "imr_tui.checks.")


def forget() -> None:
    """Forget the texts that were read; tables and patterns stay."""
    for name, module in list(sys.modules.items()):
        if name.startswith(PACKAGES):
            for each in vars(module).values():
                if isinstance(each, functools._lru_cache_wrapper) and _is_of_texts(each):
                    each.cache_clear()


def _is_of_texts(each: "functools._lru_cache_wrapper[object]") -> bool:
    return bool(each.cache_parameters()["maxsize"])
