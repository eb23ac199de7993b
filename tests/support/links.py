"""Links that mean harm."""


def links(size: int) -> dict[str, tuple[str, str | None]]:
    """Return hostile queries of about so many bytes, and what a page says of each."""
    long = "a" * size
    return {
        "a long value": (f"source={long}", "Source: aaaaaaaaaa"),
        "a long name": (f"{long}=1", None),
        "many long parameters": ("&".join(f"year={number:099}" for number in range(size // 100)), "Year: 000000"),
        "more parameters than Streamlit reads": ("&".join(f"year={number}" for number in range(size // 10)), None),
        "one parameter many times": ("&".join(["source=The+Moon"] * (size // 100)), "Source: The Moon"),
        "a known one many times": ("&".join(["source=Paper+2019"] * (size // 100)), None),
        "malformed escapes": ("source=%zz%&year=%ff%fe&place=%E2%80%AEx&=&&&%00=%00", "Source: %zz%"),
        "text that turns around": ("source=%E2%80%AEgnp.exe%D8%9C", r"Source: \u202egnp.exe\u061c"),
        "NUL and line breaks": ("source=%00%0A%0D%1b", "Source:"),
        "lone surrogates": ("source=%ED%A0%80&year=%ED%BF%BF", "Source:"),
        "markup": ("source=%3Cscript%3Ehacked=true%3C/script%3E", "Source: <script>hacked=true</script>"),
        "markdown": ("year=![i](http://evil.example/i.png)", "Year: ![i](http://evil.example/i.png)"),
        "a path": ("source=../../etc/passwd", "Source: ../../etc/passwd"),
        "a very long claim": (f"claim={long}", "This link names a claim that does not exist: aaaaaaaaaa"),
        "a claim of markup": ("claim=%3Cscript%3Ex", "This link names a claim that does not exist: <script>x"),
        "many claims": ("&".join(["claim=nobody-1"] * (size // 100)), "This link names a claim that does not exist: nobody-1"),
        "a very long event": (f"event={long}", None),
        "parameters of Streamlit": ("embed=true&embed_options=%00&_stcore=1&__proto__=1", None),
        "no names": ("=" * 1_000 + "&" * 1_000, None),
    }  # fmt: skip


LINKS = links(100_000)
