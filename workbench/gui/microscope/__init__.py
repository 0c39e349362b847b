"""The sampler microscope and what-if, in the Probabilities workspace."""
