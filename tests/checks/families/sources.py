"""What is cited for a decision, how whole it is, and what is named beside it."""

from imr_tui.checks.rule import Example
from imr_tui.model.evidence import Citation
from tests.checks.families import Table
from tests.examples import CITATION

ODG = Citation(
    kind="guideline",
    organization="Work Loss Data Institute",
    title="Official Disability Guidelines",
    year=2016,
    section="Pain (Chronic)",
)
"""A guideline of others with all that is asked of one."""
MTUS = Citation(
    kind="mtus",
    title="Chronic Pain Treatment Guidelines",
    section="9792.24.2",
    year=2009,
    pages="22",
)
"""A citation of the MTUS by its section number and pages, with the year."""
AAOS = Citation(
    kind="guideline",
    organization="American Academy of Orthopaedic Surgeons",
    title="Treatment of Osteoarthritis of the Knee",
    year=2013,
    section="Recommendations",
)
"""A guideline of a society, with its organization."""
STUDY = Citation(
    kind="study",
    authors="Doe J, Roe R",
    title="Massage for neck pain",
    journal="Spine",
    year=2012,
    volume="37",
    pages="12-19",
)
"""A study with all that is asked of one."""


def cites(*citations: Citation) -> Example:
    """A case whose item cites these."""
    return {"citations": citations}


def named(*rationales: str, citation: Citation = CITATION) -> list[Example]:
    """Cases that name a source and cite another."""
    return [{"citations": (citation,), "rationale": rationale} for rationale in rationales]


def printed(*texts: str) -> list[Example]:
    """Cases that cite what is printed so."""
    return [cites(Citation(text=text)) for text in texts]


FIRES: Table = {
    "IMR401": [
        cites(),
        cites(Citation()),
        cites(Citation(kind="mtus", year=2009), Citation(kind="study", year=2010)),
        {**cites(), "uncited": " "},
        {"item 2 citations": ()},
        {**cites(), "administrator_citations": (CITATION,)},
        {**cites(), "decision": "overturned", "rationale": "He needs it. It is necessary."},
    ],
    "IMR402": [
        cites(MTUS.but(pages="")),
        cites(MTUS.but(section="", year=None)),
        cites(CITATION.but(sections=())),
        cites(CITATION.but(year=None)),
        cites(ODG.but(year=None)),
        cites(ODG.but(section="")),
        cites(STUDY.but(authors="")),
        cites(STUDY.but(journal="")),
        cites(STUDY.but(year=None)),
        {"item 2 citations": (MTUS, ODG.but(year=None))},
        cites(AAOS.but(organization="")),
        cites(AAOS.but(year=None)),
        # With sections the letter prints no section number, and without pages a year is needed.
        cites(CITATION.but(section="9792.23.1", year=None)),
        cites(MTUS.but(pages="", year=None)),
        cites(CITATION.but(guideline="mtus-2021-lowback", year=None, sections=())),
    ],
    "IMR405": named(
        "The ODG does not recommend massage beyond six visits. It is not necessary.",
        "The Official Disability Guidelines advise against it.",
        "According to the CDC, opioids are not the first choice.",
        "The American Academy of Orthopaedic Surgeons does not advise it.",
        "A Cochrane review found no gain from massage of the neck.",
        "The FDA has warned of its use together with opioids.",
    )
    + named("ACOEM advises against massage. It is not necessary.", citation=ODG),
    "IMR408": printed(
        "www.slideshare.net, Rehabilitation of the shoulder",
        "Wikipedia, Shoulder impingement syndrome",
        "http://en.wikipedia.org/wiki/Carpal_tunnel_syndrome",
        "Slideshare presentation: Massage of the neck, 2014",
        "https://www.quora.com/Does-massage-help",
        "www.tensunits.com/shop, product page",
    ),
}

NEAR_MISSES: Table = {
    "IMR401": [
        {**cites(), "uncited": "No guideline speaks of transportation."},
        {"item 2 follows": 1, "item 2 citations": ()},
        {
            "item 2 request": "Associated surgical service: cold therapy unit",
            "item 2 citations": (),
            "item 2 rationale": "The primary procedure is not medically necessary, so none of "
            "the associated services are medically necessary.",
        },
        {
            "item 2 request": "Pre-operative clearance",
            "item 2 citations": (),
            "item 2 rationale": "As the surgery is not medically necessary, this is not either.",
        },
        cites(Citation(text="NIH Consensus Statement on acupuncture")),
        cites(Citation(), CITATION),
        cites(STUDY),
    ],
    "IMR402": [
        cites(MTUS),
        cites(MTUS.but(year=None)),
        cites(CITATION),
        cites(ODG),
        cites(STUDY),
        cites(Citation(kind="mtus", title="Acupuncture Treatment", year=2007)),
        {"administrator_citations": (Citation(title="Official Disability Guidelines"),)},
        cites(MTUS, ODG, STUDY),
        cites(AAOS),
        cites(AAOS.but(organization="North American Spine Society")),
        cites(
            AAOS.but(
                guideline="other-aaos-carpaltunnel-2016",
                title="Management of Carpal Tunnel Syndrome",
                section="",
            )
        ),
    ],
    "IMR405": named(
        "Massage helps little (Gross-Cochrane, 2002).",
        "It is of doubtful use (Cochrane, 2004) (Doe, 2005).",
        "Trials of massage were small (Roe & Cochrane, 1999).",
        "(Cochrane A, 2002)",
        "The MTUS and ACOEM advise against massage for long.",
        "The ACOEM Guidelines, Chapter 8, speak of it as an option.",
        "FDA approved doses were exceeded.",
        "The California MTUS recommends it for four to six visits.",
        "The guideline does not recommend it.",
        "The American worker wants more of it.",
    )
    + named(
        "The ODG does not recommend it.",
        "The Official Disability Guidelines do not recommend it.",
        citation=ODG,
    )
    + named(
        "The CDC guideline advises against it.",
        citation=Citation(
            guideline="other-cdc-opioids-2016",
            organization="Centers for Disease Control and Prevention (CDC)",
            title="Guideline for Prescribing Opioids for Chronic Pain",
            year=2016,
        ),
    )
    + named(
        "A Cochrane review found no gain.",
        citation=Citation(text="Cochrane Database of Systematic Reviews, 2014"),
    ),
    "IMR408": [
        *printed(
            "Cochrane Database of Systematic Reviews, 2014",
            "http://www.ncbi.nlm.nih.gov/pubmed/12345678",
            "www.guideline.gov, Shoulder disorders",
            "Harris, Marketing of opioids and its effects, JAMA 2015",
            "https://www.dir.ca.gov/dwc/MTUS/MTUS.html",
        ),
        {"administrator_citations": (Citation(text="Wikipedia, Impingement"),)},
    ],
}
