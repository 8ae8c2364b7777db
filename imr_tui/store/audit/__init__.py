"""The audit log: who did what to which case, and when; never what a case says."""
