"""Diagnosis, repair and cleaning of a folder of cases."""
