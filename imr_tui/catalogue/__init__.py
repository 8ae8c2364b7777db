"""What a reviewer may cite and hold: guidelines, licensing states and specialties, as tables."""
