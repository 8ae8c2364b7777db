"""The Final Determination, as published from 2014 on."""

from imr_tui.letter.dialects.dialect import Dialect, Phrase

FINAL_DETERMINATION = Dialect(
    template="final_determination.txt.j2",
    how="HOW THE IMR FINAL DETERMINATION WAS MADE",
    summary="CLINICAL CASE SUMMARY",
    issues="IMR ISSUES, DECISIONS AND RATIONALES",
    licensure="State(s) of Licensure:",
    specialty="Certification(s)/Specialty:",
    summary_opening=(
        "The expert reviewer developed the following clinical case summary based on a review of "
        "the case file, including all medical records:"
    ),
    issues_opening=(
        "The Final Determination was based on decisions for the disputed items/services set forth "
        "below:"
    ),
    administrator="Claims Administrator guideline:",
    reviewer=Phrase("{label} guideline:"),
    rationale="Decision rationale:",
    header={
        "number": "Case Number:",
        "date_assigned": "Date Assigned:",
        "date_of_injury": "Date of Injury:",
        "decision_date": "Decision Date:",
        "ur_decision_date": "UR Denial Date:",
        "priority": "Priority:",
        "application_received": "Application Received:",
    },
    modified=Phrase(
        "{original} was the original request. {authorized} was authorized by the Claims "
        "Administrator. The remaining IMR eligible portion of the original request, {request} is"
    ),
    left_whole=Phrase(
        "{original} was the original request. The Claims Administrator authorized {authorized}, "
        "leaving the original request IMR eligible. The original request, {request} is"
    ),
)
