"""Prompt files in, exact text out: loading, variables, sandboxed rendering, provenance. No Qt."""
