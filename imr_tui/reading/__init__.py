"""Extracts facts from prose: dates, ages, body regions, drugs, quantities, conclusions."""
