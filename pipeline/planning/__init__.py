"""What an authority does with a dispatch: relevance, routing, deadlines, signing."""
