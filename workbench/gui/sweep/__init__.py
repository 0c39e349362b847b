"""The sweep of the Compare workspace: many settings, one picture."""
