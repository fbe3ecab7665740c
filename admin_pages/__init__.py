"""The admin pages, each a folder: routes in Python, the page in Svelte."""
