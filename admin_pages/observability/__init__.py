"""The observability page and its API, mounted into Open WebUI."""
