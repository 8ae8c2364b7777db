"""What terminal tests share: an ssh server for the session, and skips where tools are absent."""

from collections.abc import Iterator

import pytest

from tests.terminal import sshd as sshd_module, tmux as tmux_module


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sshd_module.Sshd]:
    """A running ssh server, or a skip that says why there is none."""
    if not sshd_module.available():
        pytest.skip("no ssh, ssh-keygen or sshd that can run here")
    with sshd_module.serving(tmp_path_factory.mktemp("sshd")) as server:
        yield server


@pytest.fixture
def tmux_installed() -> None:
    """Skip, saying so, where tmux is absent."""
    if not tmux_module.available():
        pytest.skip("tmux is not installed")
