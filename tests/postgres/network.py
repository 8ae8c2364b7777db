"""A network namespace, in which a server can be cut off from its clients without a word."""

import os
import secrets
import shutil
from functools import cache

from tests.postgres.cleanup import Cleanup
from tests.postgres.programs import ProgramFailed, run

NETWORKS = 198 << 24 | 18 << 16
"""198.18.0.0/15, which is set aside for tests (RFC 2544)."""
MACHINE, SERVER, NOBODY = (f"02:00:00:00:00:0{number}" for number in (1, 2, 3))
"""The hardware addresses of the two ends of the link, and one that neither end takes."""
REMOVE = 'ip link del "$1-m"; ip netns del "$1"'


@cache
def why_missing() -> str:
    """Why no network namespace can be made here; blank if one can."""
    if os.geteuid() != 0:
        return "only root can make a network namespace"
    missing = [name for name in ("ip", "nsenter", "unshare") if not shutil.which(name)]
    if missing:
        return f"{', '.join(missing)} is not installed"
    try:
        Namespace.create().destroy()
    except ProgramFailed as error:
        return f"no network namespace can be made here: {str(error).strip()}"
    return ""


class Namespace:
    """A network namespace with one link, to this machine."""

    def __init__(self) -> None:
        """Choose a name and a network; see `create`."""
        self.name = f"imr{secrets.token_hex(4)}"
        """What ip(8) calls it."""
        network = NETWORKS + 4 * secrets.randbelow(2**15)
        self.address = _dotted(network + 2)
        """Where a server in it listens."""
        self.machine = _dotted(network + 1)
        """Where its clients are, this machine's end of the link."""
        self._cleanup = Cleanup(REMOVE, self.name)

    @classmethod
    def create(cls) -> "Namespace":
        """A new namespace whose link is up; raises ProgramFailed."""
        namespace = cls()
        try:
            namespace._make()
            namespace.mend()
        except BaseException:
            namespace.destroy()
            raise
        return namespace

    def _make(self) -> None:
        inside, here = f"{self.name}-s", f"{self.name}-m"
        _ip("netns", "add", self.name)
        peer = ("peer", "name", inside, "address", SERVER, "netns", self.name)
        _ip("link", "add", here, "address", MACHINE, "type", "veth", *peer)
        _ip("address", "add", f"{self.machine}/30", "dev", here)
        _ip("link", "set", here, "up")
        _ip("-n", self.name, "address", "add", f"{self.address}/30", "dev", inside)
        _ip("-n", self.name, "link", "set", inside, "up")
        _ip("-n", self.name, "link", "set", "lo", "up")

    def cut(self) -> None:
        """Lose every packet, in both directions; neither end is told."""
        self._send_to(NOBODY, NOBODY)

    def mend(self) -> None:
        """Let packets arrive again."""
        self._send_to(SERVER, MACHINE)

    def _send_to(self, server: str, machine: str) -> None:
        """Set the hardware address that each end sends to.

        If a link goes down instead, the kernel tells those who send, which no real network does.
        """
        fixed = ("nud", "permanent")
        here = ("dev", f"{self.name}-m", "lladdr", server, *fixed)
        _ip("neighbour", "replace", self.address, *here)
        inside = ("dev", f"{self.name}-s", "lladdr", machine, *fixed)
        _ip("-n", self.name, "neighbour", "replace", self.machine, *inside)

    def destroy(self) -> None:
        """Remove it and its link; servers in it must have been destroyed before."""
        self._cleanup.run()


def _ip(*arguments: str) -> None:
    run(["ip", *arguments])


def _dotted(address: int) -> str:
    return ".".join(map(str, address.to_bytes(4)))
