"""From bytes to facts; knows nothing of folders, profiles or templates."""
