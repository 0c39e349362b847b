"""The Compare workspace: models, settings and seeds side by side."""
