"""What has to be removed, even if the process of the tests is killed."""

import subprocess

from tests.postgres.programs import ENVIRONMENT, SECONDS


class Cleanup:
    """A shell that runs a script when `run` is called, or when this process ends in any way.

    It waits for the end of a pipe which only this process holds. A signal sent on the death of
    the parent would come too early: as soon as the thread ends that started the server.
    """

    def __init__(self, script: str, *arguments: str) -> None:
        """Start the shell; the script gets the arguments as $1, $2, ..."""
        self._shell = subprocess.Popen(
            ["sh", "-c", f"read -r end\n{script}", "sh", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=ENVIRONMENT,
            # What ends the tests by a key must not end the shell.
            start_new_session=True,
        )

    def run(self) -> None:
        """Run the script now, and wait until it has ended; another call does nothing."""
        assert self._shell.stdin is not None
        self._shell.stdin.close()
        self._shell.wait(SECONDS)
