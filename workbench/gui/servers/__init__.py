"""Connecting to models that another program serves."""
