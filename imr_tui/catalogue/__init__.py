"""Reference tables: citable guidelines, licensing states and specialties."""
