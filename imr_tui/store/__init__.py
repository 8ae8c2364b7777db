"""The folder of cases: the only place that writes files."""
