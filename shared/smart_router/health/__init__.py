"""Circuit breakers, observed latency and errors."""
