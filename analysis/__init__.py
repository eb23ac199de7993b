"""Questions asked of the tables: what to show, in which order, and how to say it in words.

Here: pure functions over the tables of a `Dataset`. Not here: reading or checking tables (`validation`), drawing
(`figures`), files for readers (`exports`), widgets (`app_pages`).
"""
