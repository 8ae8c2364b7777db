"""States in which somebody types, and goes on typing."""

from collections.abc import Callable

from tests.soak.failures import left
from tests.soak.failures.desk import Desk
from tests.soak.failures.steps import begin, go_on, outage, recover

LEASE_OUTAGE = 32.0
"""Seconds after which every lease has ended."""
PASTE = "one synthetic line of many more\n" * 100


def first_text(desk: Desk) -> None:
    """The first text is on its way, or will be."""
    desk.open()
    desk.type(desk.chance.uniform(0.05, 0.6), [])
    desk.fail()
    outage(desk)
    recover(desk)
    go_on(desk)


def typing_for(seconds: float) -> Callable[[Desk], None]:
    """So long after a text was shared, each text a second apart."""

    def act(desk: Desk) -> None:
        begin(desk)
        before = desk.header
        desk.type(5.0, desk.normal, until=lambda: desk.header != before)
        if seconds:
            desk.type(seconds, desk.normal)
        desk.fail()
        outage(desk)
        recover(desk)
        go_on(desk)

    return act


def in_a_save(desk: Desk) -> None:
    """A save is under way: it waits for a row that somebody else has locked."""
    begin(desk)
    locker = desk.site.connection()
    locker.execute("begin; select from cases for update")
    desk.type(1.5, [])
    desk.fail()
    outage(desk)
    desk.mend()
    # Where the server was not killed, it has kept the lock; this waits for no answer.
    locker.close()
    desk.type_until_shared_again()
    go_on(desk)


def idle(desk: Desk) -> None:
    """Nobody has typed for a while."""
    begin(desk)
    desk.wait_until(lambda: left.is_all_shared(desk), "the text is shared")
    desk.app.read_for(2.0)
    desk.site.fail()
    desk.app.read_for(2.5)
    outage(desk)
    recover(desk)
    go_on(desk)


def thinking(desk: Desk) -> None:
    """Nobody types any more: the last text has to be shared without another one."""
    begin(desk)
    desk.fail()
    outage(desk)
    desk.mend_alone()
    desk.wait_until(desk.is_shared_again, "the first line says that it is shared")
    desk.note_again()
    desk.wait_until(lambda: left.is_all_shared(desk), "the last character is shared")
    go_on(desk)


def lease_ends(desk: Desk) -> None:
    """The servers come back after the lease has ended."""
    begin(desk)
    desk.fail()
    outage(desk, LEASE_OUTAGE)
    recover(desk)
    go_on(desk)


def twice(desk: Desk) -> None:
    """They fail again as soon as they are back."""
    begin(desk)
    desk.fail()
    outage(desk)
    desk.mend()
    desk.fail()
    outage(desk)
    recover(desk)
    go_on(desk)


def pasting(desk: Desk) -> None:
    """Much text comes at once."""
    begin(desk)
    desk.fail()
    desk.app.paste_text(PASTE)
    # The keys behind a paste wait until it has been taken, whatever else happens.
    desk.type(1.0, [])
    outage(desk)
    recover(desk)
    # A key in the longer text is compared with other keys in it.
    desk.normal.clear()
    go_on(desk)


def unread(desk: Desk) -> None:
    """Nobody reads what the app writes: the line to the reviewer stalls."""
    begin(desk)
    desk.fail()
    desk.app.type_unread(desk.words(2.0))
    outage(desk)
    recover(desk)
    go_on(desk)
