"""A worker gets nowhere by the network, whatever way it tries; the file it read for gets that as its outcome."""

import os
import socket
import subprocess
import sys
from datetime import date

import pytest

from extractors import no_network
from pipeline import sandbox
from pipeline.sandbox import Job, Result
from pipeline.settings import Limits

WAYS = {
    "connect": lambda port: socket.create_connection(("127.0.0.1", port), timeout=5),
    "connect_ex": lambda port: socket.socket().connect_ex(("127.0.0.1", port)),
    "datagram": lambda port: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
    "listen": lambda _: socket.socket().bind(("127.0.0.1", 0)),
    "name": lambda _: socket.getaddrinfo("localhost", 80),
}


def reach_out(job):
    way, port = job.name.split()
    made = sandbox.guarded(lambda: WAYS[way](int(port)))
    return Result(None, made) if isinstance(made, sandbox.Problem) else Result(None, None)


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.mark.parametrize("way", WAYS)
def test_the_parent_could_so_the_refusal_is_the_sandbox(way, listener):
    made = WAYS[way](listener.getsockname()[1])
    if isinstance(made, socket.socket):
        made.close()


def test_each_way_out_is_refused_and_is_an_outcome(listener, tmp_path):
    port = listener.getsockname()[1]
    jobs = [Job(tmp_path / "a.pdf", f"{way} {port}", "", tmp_path, date(2026, 3, 9)) for way in WAYS]
    assert [result.problem for result in sandbox.run_all(jobs, 1, Limits(), reach_out)] == [sandbox.NETWORK] * len(WAYS)
    listener.settimeout(0.2)
    with pytest.raises(TimeoutError):
        listener.accept()


def talk_to_a_program(job):
    """Start a program, talk to it by pipes, and say what it and a pair of local sockets answered."""
    port, path = job.name.split(" ", 1)
    reach = f"import socket; print(socket.socket().connect_ex(('127.0.0.1', {port})))"
    answer = subprocess.run([sys.executable, "-c", reach], capture_output=True, text=True, check=True).stdout  # noqa: S603
    left, right = socket.socketpair()
    left.sendall(b"pair")
    local = socket.socket(socket.AF_UNIX)
    local.bind(path)
    said = f"{answer.strip()} {right.recv(9).decode()} {os.getuid()}"
    return Result(None, sandbox.Problem("", said, sandbox.Severity.INFO))


def only_one(do, name, tmp_path):
    (result,) = sandbox.run_all([Job(tmp_path / "a.pdf", name, "", tmp_path, date(2026, 3, 9))], 1, Limits(), do)
    return result.problem.message


@pytest.mark.skipif(sys.platform == "win32", reason="sockets in the file system")
def test_programs_and_local_pipes_still_work(listener, tmp_path):
    _, pair, user = only_one(talk_to_a_program, f"{listener.getsockname()[1]} {tmp_path / 's'}", tmp_path).split()
    assert (pair, int(user)) == ("pair", os.getuid())


def say_whether_shut(_):
    return Result(None, sandbox.Problem("", str(no_network._move_away()), sandbox.Severity.INFO))


def test_a_program_that_a_worker_starts_has_no_network_either(listener, tmp_path):
    if only_one(say_whether_shut, "x", tmp_path) != "True":
        pytest.skip("this system gives a plain user no network of its own")
    errno, *_ = only_one(talk_to_a_program, f"{listener.getsockname()[1]} {tmp_path / 's'}", tmp_path).split()
    assert int(errno) != 0


@pytest.mark.parametrize(
    ("family", "address", "stays"),
    [
        (socket.AF_UNIX, "x.sock", {"linux", "win32"}),
        (socket.AF_INET, ("127.0.0.1", 0), {"win32"}),
        (socket.AF_INET6, ("::1", 9, 0, 0), {"win32"}),
        (socket.AF_INET, ("192.0.2.1", 80), set()),
        (socket.AF_INET, ("127.0.0.1.example", 80), set()),
    ],
)
@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_what_stays_on_the_machine(family, address, stays, platform, monkeypatch):
    monkeypatch.setattr(sys, "platform", platform)
    with socket.socket(family) as made:
        assert no_network._stays_here((made, address)) is (platform in stays)
