"""Use cases: prepare, run, compare, score. Puts the rooms below together; knows no Qt."""
