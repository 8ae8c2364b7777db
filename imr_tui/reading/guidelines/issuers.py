"""The organizations that issue guidelines, as texts name them."""

import re

from imr_tui.reading.language.patterns import LazyPattern

ISSUERS = {
    name: LazyPattern(words, re.IGNORECASE)
    for name, words in {
        "ODG": r"\bODG\b|\bofficial disability\b",
        "ACOEM": r"\bACOEM\b|\bAmerican College of Occupational\b",
        "CDC": r"\bCDC\b|\bcenters? for disease control\b",
        "FDA": (
            r"\bFDA\b(?![\s-]+(?:approv|clear|indicat|label|regist|black|warn|boxed))"
            r"|\bfood and drug administration\b(?! approv)"
        ),
        "AAOS": r"\bAAOS\b|\bacademy of orthop\w+\b",
        "NASS": r"\bNASS\b|\bnorth american spine\b",
        "ASIPP": r"\bASIPP\b",
        "Cochrane": r"\bcochrane\b",
        "NICE": r"\bNICE guid\w+",
        "ACR": r"\bACR\b(?= (?:appropriat|guid|criteria))|\bcollege of radiology\b",
        "AHRQ": r"\bAHRQ\b",
    }.items()
}
"""Patterns for the names of organizations that issue guidelines, by their abbreviations."""
SIGNS = {
    "ODG": ("odg", "official"),
    "ACOEM": ("acoem", "american"),
    "CDC": ("cdc", "disease"),
    "FDA": ("fda", "food"),
    "AAOS": ("aaos", "academy"),
    "NASS": ("nass", "north"),
    "ASIPP": ("asipp",),
    "Cochrane": ("cochrane",),
    "NICE": ("nice",),
    "ACR": ("acr", "college"),
    "AHRQ": ("ahrq",),
}
"""Parts of words of which each name contains one; looked for first, as that is fast."""
