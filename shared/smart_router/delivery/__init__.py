"""Decision → answer: attempts, fallback, streaming. The only step that waits."""
