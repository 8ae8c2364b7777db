"""Tables of examples: one test that runs on every row and reports each that fails.

For quick tests without effects, of which there are thousands: a test per row (`parametrize`)
costs more time than what it shows.
"""

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

Test = Callable[..., None]


def each_row(names: str | tuple[str, ...], rows: Iterable[Any]) -> Callable[[Test], Test]:
    """Run the test on every row, as `parametrize` would, but as one test."""
    table = list(rows)

    def decorate(test: Test) -> Test:
        signature = inspect.signature(test)
        own = (names,) if isinstance(names, str) else names

        @functools.wraps(test)
        def run(**fixtures: Any) -> None:
            failures = []
            for at, row in enumerate(table):
                values = (row,) if isinstance(names, str) else row
                try:
                    test(**fixtures, **dict(zip(own, values, strict=True)))
                except Exception as error:
                    error.add_note(f"row {at}: {values!r:.300}")
                    failures.append(error)
            if failures:
                raise ExceptionGroup(f"{len(failures)} of {len(table)} rows", failures)

        others = [each for name, each in signature.parameters.items() if name not in own]
        run.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return run

    return decorate
