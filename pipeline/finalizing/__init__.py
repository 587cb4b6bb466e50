"""The way back from the reviewer: a reviewed draft read, held against its plan, and what follows from the reviewer's changes."""
