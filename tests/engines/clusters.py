"""A Ray head, and a Spark master with a worker, on this machine, started as their documents say.

Their processes are children of this one, so that the tests find the workers among them.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

START_SECONDS = 120.0


@contextmanager
def cluster(engine: str, folder: Path, cpus: int = 2) -> Iterator[str]:
    """The address of a cluster of the engine, which lives within the block."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        if engine == "ray":
            # the client server is told the agent's port at its own start: left to choose, the agent
            # may have none by then, and no client gets in
            own, clients, agent = free_ports(3)
            head = [Path(sys.executable).with_name("ray"), "start", "--head", "--block",
                    f"--port={own}", f"--ray-client-server-port={clients}", f"--num-cpus={cpus}",
                    f"--runtime-env-agent-port={agent}",
                    "--include-dashboard=false", "--disable-usage-stats"]  # fmt: skip
            stack.enter_context(process(head, folder / "head.log"))
            listening(clients)
            yield f"ray://127.0.0.1:{clients}"
        else:
            spec = find_spec("pyspark")
            assert spec is not None
            assert spec.origin is not None
            launch = Path(spec.origin).parent / "bin" / "spark-class"
            (own,) = free_ports(1)
            address = f"spark://127.0.0.1:{own}"
            master = [launch, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1",
                      "--port", str(own), "--webui-port", "0"]  # fmt: skip
            worker = [launch, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1",
                      "--cores", str(cpus), "--memory", "2g", "--webui-port", "0",
                      "--work-dir", str(folder / "work"), address]  # fmt: skip
            stack.enter_context(process(master, folder / "master.log"))
            listening(own)
            stack.enter_context(process(worker, folder / "worker.log"))
            yield address


@contextmanager
def process(command: list[str | Path], log: Path) -> Iterator[None]:
    """A command that runs within the block, in a session of its own, all of which ends with it."""
    with log.open("wb") as out:
        child = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield
        assert child.poll() is None, log.read_text(errors="replace")[-2000:]
    finally:
        child.terminate()
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens at."""
    with ExitStack() as stack:
        found = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in found:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in found]


def listening(port: int) -> None:
    """Wait until a port is answered."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return
