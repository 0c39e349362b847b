"""The settings of a profile: kept, shown, and followed by the window."""
