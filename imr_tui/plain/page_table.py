"""Makes the pages of plain mode, each loaded when it is first entered."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from imr_tui.domain import workflow
from imr_tui.domain.workflow import Stage

if TYPE_CHECKING:
    from imr_tui.model.limits import StageKind
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession
    from imr_tui.store.config import ResumePoint

STAGES: dict[StageKind, str] = {
    "credentials": "imr_tui.plain.pages.credentials:CredentialsPage",
    "summary": "imr_tui.plain.pages.summary:SummaryPage",
    "decision": "imr_tui.plain.pages.decision:DecisionPage",
    "citations": "imr_tui.plain.pages.citations:CitationsPage",
    "review": "imr_tui.plain.pages.review:ReviewPage",
}
"""The module and class of the page of each kind of stage."""


def loaded(name: str) -> Any:
    """The class or function that `module:name` names."""
    module, _, member = name.partition(":")
    return getattr(import_module(module), member)


def worklist(session: PlainSession) -> Page:
    """The page of the worklist."""
    page: Page = loaded("imr_tui.plain.worklist_page:WorklistPage")(session)
    return page


def stage_page(session: PlainSession, stage: Stage) -> Page:
    """The page of a stage of the open case, where the reviewer is from now on."""
    if stage.kind == "credentials":
        session.fill_credentials()
    make = loaded(STAGES[stage.kind])
    if stage.kind == "review":
        page: Page = make(session, lambda at: stage_page(session, at))
    else:
        page = make(session, stage.item)
    session.enter(stage, page)
    return page


def current_page(session: PlainSession) -> Page:
    """The page of the stage where the reviewer is; the worklist if no case is open.

    The stage may have gone with its item: then it is the first one that is not complete.
    """
    if session.open_case is None:
        return worklist(session)
    stage = session.stage
    if stage is None or stage not in workflow.walk(session.case):
        stage = workflow.resume(session.case)
    return stage_page(session, stage)


def first_page(session: PlainSession, resume_point: ResumePoint | None) -> Page:
    """The page at which a case that was just opened begins.

    It is that of `resume_point`, or of the first stage that is not complete.
    """
    session.stage = None
    if resume_point is not None and resume_point.number == session.case.number:
        item = resume_point.item if resume_point.item >= 0 else None
        session.stage = Stage(resume_point.kind, item)
    return current_page(session)


def new_facts_page(session: PlainSession) -> Page | None:
    """The page of the facts that the organization changed; None if there are none."""
    show = loaded("imr_tui.plain.new_facts_page:show_new_facts")
    page: Page | None = show(session, lambda: current_page(session))
    return page
