"""Runs programs that nobody has read: in a child, with limits, without network, once allowed."""
