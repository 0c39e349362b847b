"""The first five minutes: a welcome that is in nobody's way, and a tour on the real controls."""
