"""How a new report comes in: from an archived text to rows that validation accepts.

Why: adding a report must be quick for the curator and safe for the tables. `python -m curation` lists the commands;
docs/add-a-report.md walks through them. Here: finding numbers, suggesting codes, adding rows. Not here: what a good
table is (`validation`); nothing is added that it refuses.
"""
