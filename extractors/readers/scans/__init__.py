"""Pages that are pictures: cleaned, recognised, put right where something vouches for it, and handwriting read."""
