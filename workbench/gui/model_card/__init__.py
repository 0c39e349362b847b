"""A model's card: everything its file says of itself."""
