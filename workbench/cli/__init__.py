"""The command line: one file per verb, no Qt, no state of its own."""
