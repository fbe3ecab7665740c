"""ChatRequest → Signals: facts read off a request. No I/O, no clock."""
