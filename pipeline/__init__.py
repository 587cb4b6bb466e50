"""The working day: folders, who does what, drafts."""
