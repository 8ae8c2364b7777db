"""What the texts of a determination say: dates, ages, regions, drugs, quantities, conclusions."""
