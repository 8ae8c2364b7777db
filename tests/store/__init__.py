"""The folder of cases: versions, claims, two texts of one case, repairs."""
