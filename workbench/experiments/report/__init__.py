"""An evaluation as one HTML file: no script, no outside request, plots as SVG."""
