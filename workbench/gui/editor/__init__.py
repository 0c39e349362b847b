"""Parts of the prompt editor: lexers, completion, undo, find and replace."""
