"""The protocol between a study and its worker: messages with their length, and every answer a message."""

import io
import pickle

import pytest

from blamegame.studies.worker import _answer, receive, send


class Task:
    """A task that gives back its range, or raises what it was given."""

    def __init__(self, error=None):
        self.error = error

    def compute(self, start, stop):
        if self.error is not None:
            raise self.error
        return (start, stop)


class Unpicklable(Exception):
    def __reduce__(self):
        raise TypeError("not for sending")


def test_messages_arrive_whole_and_in_order():
    stream = io.BytesIO()
    for message in (b"one", b"", b"x" * 100_000):
        send(stream, message)
    stream.seek(0)
    assert [receive(stream) for _ in range(3)] == [b"one", b"", b"x" * 100_000]


@pytest.mark.parametrize("kept", [0, 3, 10])
def test_a_stream_that_ends_within_a_message_means_the_other_side_is_gone(kept):
    stream = io.BytesIO()
    send(stream, b"message")
    with pytest.raises(EOFError, match="gone"):
        receive(io.BytesIO(stream.getvalue()[:kept]))


def test_an_answer_is_a_result_or_the_error_itself():
    assert pickle.loads(_answer(Task(), 2, 5)) == ("result", (2, 5))
    kind, error = pickle.loads(_answer(Task(ValueError("bad cell")), 2, 5))
    assert kind == "error" and type(error) is ValueError and str(error) == "bad cell"


def test_an_error_that_cannot_be_sent_is_put_in_words():
    assert pickle.loads(_answer(Task(Unpicklable("odd")), 0, 1)) == ("unusable", "Unpicklable: odd")
