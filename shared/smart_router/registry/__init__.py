"""What the operator wrote and what Open WebUI lists → Catalog of Backends."""
