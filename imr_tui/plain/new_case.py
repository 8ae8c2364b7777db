"""Creates a case from its number and its first disputed request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.model.limits import NOT_A_NUMBER, is_case_number

if TYPE_CHECKING:
    from imr_tui.plain.session import PlainSession

_HOW = "Dates and parties are entered in the case, with record."
_NO_NUMBER = f"{NOT_A_NUMBER[0].upper()}{NOT_A_NUMBER[1:]}, such as CM26-0190442."


def new_case(session: PlainSession, number: str = "") -> str:
    """Ask for the case and create it; its number, or blank if none was created.

    `number` is asked for if it is blank.
    """
    console = session.console
    if session.read_only:
        console.error(session.read_only)
        return ""
    while not is_case_number(number):
        if number:
            console.error(_NO_NUMBER)
        number = console.ask("Number of the new case, or blank for none")
        if not number:
            console.say("No case was created.")
            return ""
    request = console.ask("First request, or blank")
    # Loads pydantic, which the worklist does without.
    from imr_tui.store.cases import intake

    requests = [request] if request else []
    try:
        case = intake.case_of({}, number, particulars={"number": number}, requests=requests)
        session.folder.new(case)
    except ImrError as error:
        console.error(str(error))
        return ""
    console.say(f"Created {number}. {_HOW}")
    return number
