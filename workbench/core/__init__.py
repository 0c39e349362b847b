"""Values and rules shared by every room. Needs the standard library and numpy, nothing else."""
