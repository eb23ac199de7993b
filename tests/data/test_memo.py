"""The memo of a dataset: made once, bounded, and nobody waits for what somebody else makes."""

import threading

import pytest

from validation.memo import Memo


def test_what_two_threads_ask_for_together_is_made_once():
    memo, made, begun, go = Memo(), [], threading.Event(), threading.Event()

    def make():
        begun.set()
        go.wait(10)
        made.append("made")
        return "answer"

    found = []
    threads = [threading.Thread(target=lambda: found.append(memo.get_or_make("key", make))) for _ in range(4)]
    for thread in threads:
        thread.start()
    begun.wait(10)
    go.set()
    for thread in threads:
        thread.join(10)
    assert (found, made) == (["answer"] * 4, ["made"])


def test_a_slow_answer_holds_up_no_other_question():
    memo, begun, go = Memo(), threading.Event(), threading.Event()

    def slow():
        begun.set()
        assert go.wait(10)
        return "slow"

    thread = threading.Thread(target=memo.get_or_make, args=("slow", slow))
    thread.start()
    assert begun.wait(10)
    assert memo.get_or_make("quick", lambda: "quick") == "quick"
    assert memo.get("slow") is None
    go.set()
    thread.join(10)
    assert memo.get("slow") == "slow"


def test_what_was_not_asked_for_longest_goes_first():
    memo = Memo(max_entries=2)
    for key in ("a", "b"):
        memo.get_or_make(key, lambda key=key: key.upper())
    memo.get("a")
    memo.get_or_make("c", lambda: "C")
    assert [memo.get(key) for key in "abc"] == ["A", None, "C"]


def test_bytes_are_bounded_and_what_is_larger_than_the_memo_is_not_kept():
    memo = Memo(max_bytes=10)
    assert [memo.get_or_make(key, lambda key=key: key, len) for key in ("12345", "67890", "x" * 11, "1")] == [
        "12345", "67890", "x" * 11, "1",
    ]  # fmt: skip
    assert [memo.get(key) for key in ("12345", "67890", "x" * 11, "1")] == [None, "67890", None, "1"]


def test_too_many_bytes_cost_none_of_those_without_a_size():
    memo = Memo(max_bytes=10)
    memo.get_or_make("dear", lambda: "made once")
    for key in ("12345", "67890", "abcde"):
        memo.get_or_make(key, lambda key=key: key, len)
    assert [memo.get(key) for key in ("dear", "12345", "67890", "abcde")] == ["made once", None, "67890", "abcde"]


def test_what_fails_is_raised_and_asked_for_again():
    memo = Memo()
    with pytest.raises(ValueError, match="broken"):
        memo.get_or_make("key", lambda: (_ for _ in ()).throw(ValueError("broken")))
    assert memo.get_or_make("key", lambda: "whole") == "whole"


def test_what_two_threads_made_after_a_third_failed_counts_once():
    memo = Memo(max_bytes=12)
    for key in ("old", "key", "key", "key"):
        memo._keep(key, "12345", 5)
    assert (memo.get("old"), memo.get("key")) == ("12345", "12345")
