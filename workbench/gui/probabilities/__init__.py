"""The Probabilities workspace: what the model nearly said, over the prompt and the reply."""
