"""Models that another program serves over the OpenAI-compatible protocol."""
