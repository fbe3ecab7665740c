"""The only room that imports open_webui."""
