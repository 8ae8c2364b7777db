"""What a reviewer signs, who may sign, and the events of the audit log; values and texts only."""
