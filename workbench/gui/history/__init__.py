"""The History workspace: search, the table of runs, groups, remarks, plots."""
