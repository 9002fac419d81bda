"""What operators and their machines see: health, metrics, a line in the log for each request."""

SHARED_FIGURES = "PROMETHEUS_MULTIPROC_DIR"
"""Variable of prometheus-client, which must be set before that is imported: folder of figures that processes share."""
