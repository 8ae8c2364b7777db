"""The names that organizations give to the fields of a case: data, after DWC's Form IMR.

Source: DWC Form IMR, Application for Independent Medical Review (8 CCR 9792.10.2). Its versions
since 2013 name some fields differently. Names are normalized: `Date of Injury` is `date_of_injury`.
"""

TABLES = {
    "case": (
        *("number", "assignment", "priority", "diagnosis", "specialty", "date_of_injury"),
        *("date_assigned", "ur_decision_date", "application_received", "records_received"),
    ),
    "parties": (
        *("employee", "employer", "claims_administrator", "adjuster"),
        *("utilization_review_organization", "providers"),
    ),
}
"""The fields of an assignment's case outside of lists, by table of the case file."""
ROWS = {
    "items": (
        *("request", "original", "authorized", "follows", "date_of_service"),
        "administrator_citations",
    ),
    "records": ("kind", "title", "source", "from", "to", "case"),
}
"""The fields of each item and document."""
DATES = frozenset(
    (
        *("date_of_injury", "date_assigned", "ur_decision_date", "application_received"),
        *("records_received", "date_of_service", "from", "to", "status_date"),
    )
)
"""The fields that are dates."""
PRIORITIES = {
    **{name: name for name in ("standard", "expedited", "formulary")},
    "regular": "standard",
    "modification after appeal": "standard",
}
"""The priority of a case for each kind of review on Form IMR."""
PEOPLE = ("employee", "physician")
"""The people whose first, middle and last names may be separate fields."""

_REQUESTING = ("requesting_physician", "provider_physician", "requesting_provider", "provider")
NAMES = {
    "case.number": "case_number case_no imr_case_number imr_case_no imr_number",
    "case.priority": "priority review_type type_of_review kind_of_review review_priority "
    "type_of_utilization_review",
    "case.diagnosis": "diagnosis primary_diagnosis",
    "case.specialty": "specialty physician_specialty physician_type_specialty "
    "requesting_physician_specialty",
    "case.date_of_injury": "date_of_injury injury_date doi",
    "case.date_assigned": "date_assigned assigned_date assigned_on assignment_date "
    "date_of_assignment",
    "case.ur_decision_date": "ur_decision_date date_of_ur_decision date_of_ur_determination "
    "ur_denial_date date_of_utilization_review_determination "
    "date_of_utilization_review_determination_letter",
    "case.application_received": "application_received date_application_received "
    "application_received_date",
    "case.records_received": "records_received date_records_received records_received_date",
    "parties.employer": "employer employer_name",
    "parties.claims_administrator": "claims_administrator claims_administrator_name "
    "claims_administrator_company claims_administrator_company_name",
    "parties.adjuster": "adjuster adjuster_name claims_adjuster claims_adjuster_name "
    "adjuster_contact_name claims_adjuster_contact_name",
    "parties.utilization_review_organization": "utilization_review_organization ur_organization",
    "parties.providers": "providers",
    "physicians": "physicians treating_physicians treating_physician other_physicians "
    "other_treating_physicians other_treating_physician",
    "practice": "practice practice_name physician_practice requesting_physician_practice "
    "requesting_physician_practice_name",
    "icd": "icd icd_10 icd10 icd_code icd_codes icd_10_code icd_10_codes icd10_code "
    "diagnosis_code primary_diagnosis_code primary_diagnosis_icd_code",
    "items": "items services disputed_services disputed_items services_denied_or_modified "
    "disputed_medical_treatment services_goods_disputed_for_reasons_of_medical_necessity",
    "case.assignment": "assignment assignment_id assignment_number assignment_no",
    "status": "status assignment_status",
    "reason": "reason status_reason",
    "status_date": "status_date",
    "employee.name": "employee employee_name injured_employee injured_worker parties_employee",
    "employee.first": "employee_first_name employee_first",
    "employee.middle": "employee_mi employee_middle_name employee_middle_initial employee_middle",
    "employee.last": "employee_last_name employee_last",
    "physician.name": " ".join(f"{who} {who}_name" for who in _REQUESTING),
    "physician.first": " ".join(f"{who}_first_name {who}_first" for who in _REQUESTING),
    "physician.middle": " ".join(
        f"{who}_{part}"
        for who in _REQUESTING
        for part in ("mi", "middle_name", "middle_initial", "middle")
    ),
    "physician.last": " ".join(f"{who}_last_name {who}_last" for who in _REQUESTING),
}
"""For each field, the names under which it may be sent, separated by spaces.

`physicians`, `practice`, `icd`, and the parts of names are no fields of the case file; they become
part of `parties.providers`, `case.diagnosis` and `parties.employee`.
"""
OF_ITEMS = {
    **{name: name for name in ROWS["items"] if name != "administrator_citations"},
    **dict.fromkeys(("service", "treatment"), "request"),
    "original_request": "original",
    "authorized_part": "authorized",
    **dict.fromkeys(("service_date", "dos"), "date_of_service"),
}
"""For each name of a field of an item, the field."""
WHOSE = (
    r"(?:(?:employees?|injured_employee|injured_worker|employer|claims_administrator|"
    r"claims_adjuster|adjuster|(?:requesting_|treating_|provider_)?physician|"
    r"(?:requesting_)?provider|practice|contact)_)?"
)
"""Whose birth date, address and so on: a pattern before the ones of `NOT_KEPT`."""
NOT_KEPT = {
    "birth date": r"date_of_birth|birth_?date|birthday|dob",
    "telephone": r"(?:(?:home|work|cell|mobile)_)?(?:tele)?phone(?:_(?:number|no))?|mobile",
    "fax": r"fax(?:_(?:number|no))?",
    "address": r"(?:(?:street|mailing|home)_)?address(?:_.*)?|street|city|state|county|"
    r"zip(?:_?code)?|postal_code|po_box|p_o_box",
    "e-mail": r"e_?mail(?:_address)?",
    "claim number": r"(?:wcis_)?(?:jurisdictional_)?claim_(?:number|no)(?:_if_.*)?",
    "EAMS case number": r"eams(?:_case)?(?:_(?:number|no))?(?:_if_.*)?",
    "social security number": r"ssn|social_security(?:_(?:number|no))?",
    "sex": r"sex|gender",
    "attorney": r"(?:applicants?_)?attorneys?(?:_.*)?",
    "liability dispute": r"(?:is_the_claims_administrator_)?disputing_liability.*|"
    r"liability_dispute.*",
    "signature": r"signature(?:_date)?|date_signed",
}
"""What is sent but not kept: its name for users, and a pattern for the names of its fields."""
