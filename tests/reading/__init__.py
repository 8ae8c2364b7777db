"""What the texts are read for, reader by reader."""
