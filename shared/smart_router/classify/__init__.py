"""Signals → Classification: intent, complexity, confidence, evidence. No I/O, no clock."""
