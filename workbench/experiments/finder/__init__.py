"""Finds models in the folders of this program and of others. No Qt."""
