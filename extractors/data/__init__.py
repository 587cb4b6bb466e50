"""Vocabularies as TOML; each row carries what it matches and near misses that it rejects."""
