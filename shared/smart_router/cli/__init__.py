"""The command line: smart-router."""
