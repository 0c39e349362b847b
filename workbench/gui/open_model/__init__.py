"""Opening a model: what is on this machine, whether it fits, and what was open lately."""
