"""Tests of registry and catalog."""
