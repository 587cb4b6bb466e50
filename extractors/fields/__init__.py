"""One module for each field of the record."""
