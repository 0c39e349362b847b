"""Data files of many shapes as tasks: one reader per shape, bad rows named, good ones kept."""
