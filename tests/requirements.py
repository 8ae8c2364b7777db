"""What tests need besides Python: they are skipped without it, or fail where it is required."""

import os

import pytest

REQUIRE = "IMR_TUI_REQUIRE"
"""An environment variable: what has to be there, such as `postgres,zsh`."""


def skip_or_fail(what: str, reason: str) -> None:
    """Skip the test for this reason, if it is not blank; fail where `what` is required."""
    if reason and what in os.environ.get(REQUIRE, "").split(","):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
