"""Runs GGUF models: llama.cpp behind small owners, an engine over them, a process around it."""
