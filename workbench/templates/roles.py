"""Who says a message of a prompt. Free of imports: an empty window shows the list."""

ROLES = ("system", "developer", "user", "assistant", "tool")
"""In the order of menus."""
