"""From a plan to Word: templates, styles, the writer."""
