"""Two runs beside each other, and a run made again."""
