"""Benchmarks a user can run: every claim about speed as a ratio measured in one run."""
