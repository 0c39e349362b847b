"""The arithmetic behind the plots of an evaluation: pure functions, shared by window and report."""
