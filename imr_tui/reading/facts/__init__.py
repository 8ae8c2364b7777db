"""The facts of one patient in a text: dates, ages, amounts, strengths, spinal levels, sides."""
