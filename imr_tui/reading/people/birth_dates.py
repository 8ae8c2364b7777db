"""Finds dates of birth, in digits and in words."""

from imr_tui.reading.dates.months import MONTH
from imr_tui.reading.language.patterns import LazyPattern

_MONTH = rf"{MONTH}\b\.?"
_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty-|thirty-)?(?:first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth)|tenth|eleventh|twelfth|\w{3,7}teenth|twentieth|thirtieth)"
)
_YEAR = r"(?:\d{4}|'\d{2}|nineteen[ -]\w+|two thousand)"
_DATE = (
    rf"(?:\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{2,4}}\b|\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}\b"
    rf"|{_MONTH} (?:the )?{_DAY},? (?:of )?{_YEAR}|{_DAY} (?:day )?(?:of )?{_MONTH},? {_YEAR})"
)
# Another date follows: "date of birth and date of injury 10/14/2014".
_GAP = r"(?:(?!injur|accident|servic|visit|report|exam|evaluat|seen\b)[^.;\n\d]){0,40}?"
_PLACE = r"(?: (?:in|at) (?:(?!and\b|was\b|who\b|then\b|on\b)[a-z.'-]+,? ){1,4}?)?"
_BIRTH_DATE = LazyPattern(
    rf"(?:\b(?:date|day) of (?:\w+ )?birth|\bbirth\s?-?(?:date|day)|\bd\.?o\.?b\b)"
    rf"[\s.:,#(-]{{0,4}}{_GAP}(?<!\d){_DATE}"
    rf"|\bborn\b,?{_PLACE}(?:\s?(?:on|:|in))?(?: the)?\s?(?<!\d){_DATE}"
)


def birth_date(low: str) -> tuple[int, int] | None:
    """The offsets of the first date of birth in a lower-case text, with the words before it."""
    if "birth" not in low and "born" not in low and "dob" not in low and "d.o.b" not in low:
        return None
    match = _BIRTH_DATE.search(low)
    return match.span() if match else None
