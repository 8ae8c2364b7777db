"""The pages of plain mode that show the stages of a case, in the order of the walk."""
