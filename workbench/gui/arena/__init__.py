"""The blind arena: two replies without names, a verdict by one key, and a leaderboard."""
