"""What pages share and only Streamlit can do: cached tables, filters, the claim card, figures with their captions.

Not here: any calculation with the data (`analysis`) and any page.
"""
