"""The Experiments workspace: tasks over models, prompts and settings, with honest error bars."""
