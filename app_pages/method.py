"""The method in four parts, with worked examples, the glossary, what the codes mean, and what was checked."""

import streamlit as st

from analysis.words import slug
from app_pages.parts import downloads, method_parts, page_shell
from app_pages.parts.width import wide

COMPARED = "How claims are compared with published counts"
FURTHER = ("What was checked", "Glossary", "What the codes mean", "The dictionary")

chapters = page_shell.method()
page_shell.head("Method")
contents, text = st.columns([1, 4], gap="large") if wide() else (st.container(), st.container())
contents.markdown("\n".join(f"- [{heading}](#{slug(heading)})" for heading in (*chapters, *FURTHER)))

with text:
    st.write("How we collect numbers, and what a number on these pages means and does not mean.")
    for heading, chapter in chapters.items():
        st.header(heading, anchor=slug(heading))
        with st.container(width=720):
            st.markdown(chapter)
        if heading == COMPARED:
            method_parts.worked_examples()

    checked, glossary, codes, dictionary_of_all = FURTHER
    st.header(checked, anchor=slug(checked))
    method_parts.checked()

    st.header(glossary, anchor=slug(glossary))
    st.table(page_shell.glossary_table(), hide_index=True, alt="Glossary")

    st.header(codes, anchor=slug(codes))
    method_parts.code_lists()

    st.header(dictionary_of_all, anchor=slug(dictionary_of_all))
    st.write("What every table and column of the downloads holds.")
    downloads.offer_dictionary()
