"""The reviewer's own earlier rationales, and what may be taken from one case into another."""
