"""What readers take away: files and citations that carry their provenance.

Here: pure functions from tables to bytes and text. Not here: widgets (`app_pages`), figures.
"""
