"""States in which the reviewer opens or leaves a case, writes a letter, or ends the app."""

import time

from tests.soak.failures import left
from tests.soak.failures.desk import Desk
from tests.soak.failures.steps import (
    begin,
    finish,
    go_on,
    outage,
    recover,
    sent_later,
    write_letter,
)


def leaving(desk: Desk) -> None:
    """The reviewer leaves the case."""
    begin(desk)
    desk.fail()
    outage(desk, desk.chance.uniform(0.1, 2.0))
    desk.app.leave_case()
    desk.mend_alone()
    sent_later(desk)


def opening(desk: Desk) -> None:
    """The case is being opened, or opened while there is no server."""
    desk.site.fail()
    desk.open()
    outage(desk)
    if desk.header is not None:
        desk.notes.append("the first line says that the text is shared")
    recover(desk)
    go_on(desk)


def opening_then(desk: Desk) -> None:
    """The servers fail while the case is being opened."""
    desk.start()
    time.sleep(desk.chance.uniform(0.3, 1.2))
    desk.site.fail()
    desk.enter()
    outage(desk)
    recover(desk)
    go_on(desk)


def letter(desk: Desk) -> None:
    """The reviewer writes the letter, which waits, and then is not written."""
    begin(desk)
    desk.fail()
    write_letter(desk)
    desk.app.wait_for("Not shared")
    if left.letter(desk).exists():
        desk.notes.append("a letter was written that is not shared")
    desk.mend_alone()
    desk.wait_until(lambda: left.is_all_shared(desk), "the last character is shared")
    desk.note_again()
    desk.former_returns()
    write_letter(desk)
    desk.wait_until(left.letter(desk).exists, "the letter is written")
    desk.wait_until(lambda: left.is_letter_shared(desk), "the letter is shared")
    finish(desk)


def letter_comes(desk: Desk) -> None:
    """The reviewer writes the letter, and the servers come back in time."""
    begin(desk)
    desk.fail()
    write_letter(desk)
    desk.app.read_for(desk.chance.uniform(1.0, 4.0))
    desk.mend_alone()
    desk.wait_until(left.letter(desk).exists, "the letter is written")
    desk.note_again()
    if not left.is_all_shared(desk):
        desk.notes.append("a letter was written before its text was shared")
    desk.wait_until(lambda: left.is_letter_shared(desk), "the letter is shared")
    finish(desk)


def quitting(desk: Desk) -> None:
    """The reviewer quits, and comes back later."""
    begin(desk)
    desk.fail()
    outage(desk)
    finish(desk)
    if b"Not shared yet" not in bytes(desk.app.raw):
        desk.notes.append("nothing said that the text is not shared")
    desk.mend_alone()
    desk.start(desk.path.parent)
    desk.app.wait_for(desk.path.stem)
    sent_later(desk)


def hung_up(desk: Desk) -> None:
    """The line to the reviewer breaks."""
    begin(desk)
    desk.fail()
    outage(desk)
    desk.app.hang_up()
    desk.app.wait_exit()
    desk.mend_alone()
    desk.open()
    desk.type_until_shared_again()
    desk.again = None
    go_on(desk)


def killed(desk: Desk) -> None:
    """The app is killed, and started again before the servers are."""
    begin(desk)
    desk.fail()
    outage(desk)
    # What was typed within the last half second may not be on the disk yet.
    desk.wait_until(lambda: left.is_on_disk(desk), "the last character is on the disk")
    desk.app.kill()
    desk.app.wait_exit()
    desk.open()
    outage(desk)
    recover(desk)
    go_on(desk)
