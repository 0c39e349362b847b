"""What leaves the workbench for other tools: one small file per format, no knowledge of models."""
