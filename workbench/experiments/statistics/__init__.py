"""How sure a number is: intervals, comparisons and stability. Pure functions over numbers."""
