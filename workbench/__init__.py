"""Prompt Workbench: prompt engineering on models you run yourself. Imports nothing."""

__version__ = "0.1.0"
