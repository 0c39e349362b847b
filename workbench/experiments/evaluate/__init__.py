"""Models measured on the items of a task: what is asked, what came back, what it is worth."""
