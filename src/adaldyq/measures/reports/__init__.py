"""Reports: people inform safely, and everyone sees what came of it."""
