"""The field's own logic on a case: workflow, deadlines, standards, weighing, citation text."""
