"""Words and looks of what is drafted."""
