"""A verb that takes one file reads it in a process of its own: what goes wrong there is a problem, never the end of the verb."""

import os
import signal
import socket
import sys
import time

import pytest

from extractors.errors import EmptyFile, Problem
from extractors.readers import page_threads
from pipeline.errors import NoSuchFile
from pipeline.one_file import apart
from pipeline.settings import Limits

SHORT = Limits(seconds=1.0)
"""Enough for a step that does nothing, far too little for one that hangs."""


def _answers(value):
    return value


def _hangs():
    time.sleep(600)


def _dies():
    os._exit(3)


def _eats():
    return len(bytearray(4 * 1024**3))


def _calls():
    socket.create_connection(("192.0.2.1", 80))


def _refuses():
    raise EmptyFile


def _stumbles():
    raise ValueError("lời của văn bản mật")


def _misses_a_template():
    raise NoSuchFile("mẫu.j2")


def test_the_answer_comes_back():
    assert apart(_answers, {"số": 15}) == {"số": 15}


@pytest.mark.parametrize(("limits", "threads"), [(Limits(), 3), (Limits(memory_mb=700), 1)])
def test_the_pages_of_the_file_have_the_cores_that_memory_allows(limits, threads):
    assert apart(page_threads.threads, cores=3, limits=limits) == threads


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (_hangs, "E110"),
        (_dies, "E111"),
        pytest.param(_eats, "E112", marks=pytest.mark.skipif(sys.platform == "win32", reason="memory is bounded on POSIX systems")),
        (_calls, "E251"),
        (_refuses, EmptyFile().problem().code),
        (_stumbles, "E199"),
    ],
)
def test_what_goes_wrong_is_a_problem(step, code):
    limits = SHORT if step is _hangs else Limits()
    made = apart(step, limits=limits)
    assert isinstance(made, Problem)
    assert made.code == code
    assert "mật" not in f"{made.message} {made.where}"


def test_a_wrong_template_is_the_verbs_error():
    with pytest.raises(NoSuchFile):
        apart(_misses_a_template)


@pytest.mark.skipif(sys.platform == "win32", reason="a signal wakes the test")
def test_ctrl_c_ends_the_process_too(tmp_path):
    asked = signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(KeyboardInterrupt):
            apart(_writes_later, tmp_path / "late", limits=Limits(seconds=60))
    finally:
        signal.signal(signal.SIGALRM, asked)
    time.sleep(2.5)
    assert not (tmp_path / "late").exists()


def _writes_later(path):
    time.sleep(2)
    path.write_text("still at work", "utf-8")
