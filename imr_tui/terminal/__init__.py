"""The terminal below Textual: driver, input parsing, output queue, painter."""
