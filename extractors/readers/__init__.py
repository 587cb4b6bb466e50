"""Files to the one layout model."""
