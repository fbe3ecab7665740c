"""Smart Router for Open WebUI: understands a chat, chooses a backend, delivers the answer, explains it."""

__version__ = "0.1.0"

#: What the thin functions and the library agree on. It changes only when the functions that an
#: administrator has installed could no longer load a newer library.
LOADER = 1
