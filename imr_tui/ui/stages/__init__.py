"""The worklist and the stages of the walk, one screen each."""
