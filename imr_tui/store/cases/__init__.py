"""Case files and the files beside them: reading, saving, drafts and intake."""
