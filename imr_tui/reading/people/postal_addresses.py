"""Finds postal addresses: a street with a number, a post office box, or a state with a ZIP code."""

from imr_tui.reading.language.patterns import LazyPattern, lowered

_STREET = (
    r"(?:Street|Avenue|Ave\b\.?|Road|Rd\b\.?|Boulevard|Blvd\b\.?|Lane|Ln\b\.|Drive|Court|Terrace"
    r"|Parkway|Pkwy\b\.?|Highway|Hwy\b\.?|Alley|(?:St|Dr|Ct|Pl|Cir)\b\.?,|(?:Place|Circle|Way),)"
)
_ANY_STREET = (
    r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|way|place|pl|circle"
    r"|cir|terrace|parkway|highway|trail|square|loop|alley|row|plaza)"
)
_HOUSE = r"\d(?<![\w#/.-]\d)\d{0,5}(?:-?[A-Z])?,? (?:[NSEW]{1,2}\.? )?"
_ADDRESS = LazyPattern(
    rf"{_HOUSE}(?:(?:[A-Z][\w'-]{{1,20}}\.?|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}?{_STREET}(?!\w)"
)
_ZIP_CODE = LazyPattern(
    r",(?<=[a-z]{3},) (?:(?:CA|Calif\b\.?|California),? 9[0-6]\d{3}(?:-\d{4})?(?![\w-])"
    r"|(?:NV|Nevada|AZ|Arizona|OR|Oregon|WA|Washington|TX|Texas),? [789]\d{4}(?![\w-]))"
)
_HOME_SIGNS = (
    *("live", "living", "resid", "moved", "delivered", "mailed", "located", "address", " box"),
    "zip",
)
"""A text without any of these has no match of `_HOME`."""
_HOME = LazyPattern(
    r"\b(?:liv(?:es?|ed|ing)|resid(?:es?|ed|ing)|moved|delivered|mailed|located"
    r"|address(?: is|:| of))"
    rf"(?: at| to| on)? \d{{1,6}}[a-z]?,? (?:[\w'.-]{{1,20}} ){{1,4}}?{_ANY_STREET}\b"
    r"|\b(?:p\.?\s?o\.?|post office) box:? #?\d+|\bzip(?:\s?code)?(?: is|:)? \d{5}\b"
    r"|\b(?:home|mailing|street|residential|residence) address(?: is|:)? \d+ \w+"
)


def postal_address(text: str) -> tuple[int, int] | None:
    """The offsets of the first postal address in a text.

    A street needs a house number and capitals, or a verb such as "lives at". A city alone is no
    address.
    """
    match = _ADDRESS.search(text) or _ZIP_CODE.search(text)
    low = lowered(text)
    if match is None and any(sign in low for sign in _HOME_SIGNS):
        match = _HOME.search(low)
    return match.span() if match else None
