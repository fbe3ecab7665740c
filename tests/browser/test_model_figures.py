"""A newer table of public figures: from a file on the page, refused when it is none, and taken back."""

from __future__ import annotations

import gzip
import json

from playwright.sync_api import Page, expect

from smart_router.assets import read_asset
from tests.support.browser import shoot


def test_figures_are_loaded_from_a_file_and_taken_back(admin_page: Page, complaints: list[str]) -> None:
    page = admin_page
    page.goto("/admin/observability?section=models")
    now = page.get_by_test_id("model-figures-now")
    expect(now).to_contain_text("from the table that Smart Router carries")

    chooser = page.get_by_test_id("model-figures-file")
    chooser.set_input_files({"name": "prices.csv", "mimeType": "text/csv", "buffer": b"model;price"})
    expect(
        page.get_by_text("The figures stay as they are: prices.csv: not a table of figures")
    ).to_be_visible()
    expect(now).to_contain_text("carries")
    # The browser itself tells of the refusal.
    (refusal,) = complaints
    assert "status of 422" in refusal
    complaints.clear()

    table = {
        **json.loads(gzip.decompress(read_asset("registry/figures.json.gz"))),
        "provenance": {"date": "2031-05"},
    }
    content = gzip.compress(json.dumps(table).encode())
    chooser.set_input_files({"name": "newer.json.gz", "mimeType": "application/gzip", "buffer": content})
    expect(now).to_contain_text("as of 2031-05, loaded from newer.json.gz")
    now.scroll_into_view_if_needed()
    shoot(page, "model-figures")

    page.get_by_test_id("model-figures-back").click()
    expect(now).to_contain_text("carries")
