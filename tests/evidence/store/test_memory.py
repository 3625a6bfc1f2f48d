"""Answers are worked out once, by whichever thread asks first; what is bounded forgets the oldest."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.store.memory import Memory


def test_many_threads_that_ask_the_same_wait_for_one_answer() -> None:
    memory, made = Memory(), []

    def make() -> int:
        made.append(threading.get_ident())
        time.sleep(0.05)
        return 7

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: memory.recall(("seven",), make), range(8)))
    assert found == [7] * 8
    assert len(made) == 1


def test_answers_may_ask_for_other_answers_in_any_order_of_threads() -> None:
    memory = Memory()

    def count_ways(steps: int) -> int:
        if steps < 2:
            return 1
        return memory.recall(("ways", steps), lambda: count_ways(steps - 1) + count_ways(steps - 2))

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(count_ways, range(40)))
    assert found[:8] == [1, 1, 2, 3, 5, 8, 13, 21]
    assert found[39] == 102_334_155  # the 40th number of Fibonacci: OEIS A000045


def test_a_failure_is_not_remembered() -> None:
    memory, answers = Memory(), iter([ZeroDivisionError(), 3])

    def make() -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(ZeroDivisionError):
        memory.recall(("x",), make)
    assert memory.recall(("x",), make) == 3


def test_what_was_asked_longest_ago_is_forgotten_first() -> None:
    memory = Memory(most=3)
    for key in "abc":
        memory.recall((key,), lambda: None)
    memory.recall(("a",), lambda: None)
    memory.recall(("d",), lambda: None)
    assert memory.list_keys("b") == ()
    assert [memory.list_keys(key) for key in "acd"] == [(("a",),), (("c",),), (("d",),)]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30)), max_size=60))
def test_a_bounded_memory_never_holds_more_than_its_bound_and_the_newest(asked: list[tuple[int, int]]) -> None:
    memory = Memory(most=40)
    for key, size in asked:
        memory.recall((key, size), lambda size=size: "x" * size)  # type: ignore[misc]
        assert memory.weight <= 40
    assert not asked or memory.recall(asked[-1], lambda: "new") == "x" * asked[-1][1]
