"""The Attention workspace: where the model looked, and what mattered."""
