"""Servers of which a replica takes the place of the primary."""

import time
from collections.abc import Callable, Mapping

from tests.soak.failures.sites import DATABASE, ROLE, Full, Partitioned, Site, Stopped
from tests.soak.failures.told import Told, told

DISCONNECT = f"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{ROLE}'"


class FailedOver(Site):
    """A primary that is killed, and a synchronous replica that takes its place."""

    def _add_more(self) -> None:
        self.replica = self._made(self.primary.replica(synchronous=True))
        self._is_promoted = False

    @property
    def url(self) -> str:
        return self.primary.url(ROLE, DATABASE, hosts=[self.replica])

    def mend(self) -> float:
        if self._is_promoted:
            return super().mend()
        self.replica.promote()
        since = time.monotonic()
        self.primary, self.replica = self.replica, self.primary
        self._is_promoted = True
        return since

    def renew(self) -> None:
        if self._is_promoted:
            # The former primary is of no use any more.
            self.replica.destroy()
            self._add_more()
        super().renew()


class Returning(FailedOver):
    """A primary that is stopped; a replica takes its place; then the former primary returns."""

    def _add_more(self) -> None:
        super()._add_more()
        self._before: Told | None = None

    def fail(self) -> None:
        self.primary.suspend()

    def mend(self) -> float:
        if not self._is_promoted:
            return super().mend()
        self.primary.resume()
        return time.monotonic()

    def return_former(self) -> None:
        if self._before is not None or not self._is_promoted:
            return
        self._before = self._told()
        self.replica.resume()
        # It waits for a replica that is none any more; an administrator ends that.
        self.replica.configure({"synchronous_standby_names": ""})
        # Whoever was connected has to choose between two servers that take changes.
        self.store.psql(DISCONNECT)

    def former_bodies(self) -> list[bytes]:
        return [] if self._before is None else self.bodies(self.replica)

    def told_former(self) -> list[str]:
        if self._before is None:
            return []
        before, now = self._before, self._told()
        since = now.statements[len(before.statements) :]
        return [sql for process, sql in since if process not in before.sessions]

    def _told(self) -> Told:
        return told(self.replica.log.read_text(errors="replace").splitlines())


FAILURES: Mapping[str, Callable[[], Site]] = {
    "killed": Site,
    "stopped": Stopped,
    "partitioned": Partitioned,
    "disk full": Full,
    "failed over": FailedOver,
    "former primary returns": Returning,
}
"""Each failure, and the servers that it happens to."""
