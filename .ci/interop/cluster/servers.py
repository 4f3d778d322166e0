"""PostgreSQL, Redis and hubs as processes that end with the tests."""

import glob
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import httpx
from front import ROOT, free_port

DATABASE_USER, DATABASE_PASSWORD = "parley", "of-this-run-only"


def found(name, places):
    path = shutil.which(name) or next(iter(sorted(glob.glob(places), reverse=True)), None)
    assert path, f"no {name}: install it, or run the stage as one who may"
    return path


def await_true(condition, process, seconds, log):
    end = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, pathlib.Path(log).read_text()[-3000:]
        assert time.monotonic() < end, f"not ready after {seconds} s: " + pathlib.Path(log).read_text()[-3000:]
        time.sleep(0.1)


def end(process, seconds=15):
    if process is not None and process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


class Postgres:
    """A new cluster of databases; it refuses to run as root, so then it is nobody's."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="parley-pg-"))
        self.port = free_port()
        self.who = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
        if self.who:
            shutil.chown(self.folder, "nobody", "nogroup")
        self.log, self.process = self.folder / "log", None

    def start(self):
        password = self.folder / "password"
        password.write_text(DATABASE_PASSWORD)
        password.chmod(0o644)
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}
        made = subprocess.run(
            [found("initdb", "/usr/lib/postgresql/*/bin/initdb"), "-D", str(self.folder / "data"), "-U", DATABASE_USER,
             "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8", "--no-sync"],
            cwd=self.folder, env=environment, capture_output=True, text=True, timeout=60, **self.who)
        assert made.returncode == 0, made.stderr
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [found("postgres", "/usr/lib/postgresql/*/bin/postgres"), "-D", str(self.folder / "data"), "-k",
                 str(self.folder), "-h", "127.0.0.1", "-p", str(self.port)],
                cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self.who)
        await_true(lambda: "ready to accept connections" in self.log.read_text(), self.process, 30, self.log)

    def ask(self, sql):
        """The rows of an answer, as lines."""
        done = subprocess.run(
            [found("psql", "/usr/lib/postgresql/*/bin/psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U",
             DATABASE_USER, "-d", "postgres", "-At", "-c", sql],
            env={"PATH": os.environ["PATH"], "PGPASSWORD": DATABASE_PASSWORD}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=20)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def stop(self):
        # A fast stop: without waiting for whoever is still connected.
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)


class Redis:
    def __init__(self, folder):
        self.port, self.log, self.process = free_port(), folder / "redis.log", None

    def start(self):
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [found("redis-server", "/usr/bin/redis-server"), "--bind", "127.0.0.1", "--port", str(self.port),
                 "--save", "", "--appendonly", "no"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        await_true(lambda: "Ready to accept connections" in self.log.read_text(), self.process, 20, self.log)

    def stop(self):
        end(self.process)


class Hub:
    """One of several hubs with one configuration; after kill() it may be started again, as a new one in its place."""

    def __init__(self, name, folder, config, data):
        self.name, self.folder, self.config, self.data = name, folder, config, data
        self.port, self.process, self.starts = free_port(), None, 0

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    @property
    def log(self):
        return self.folder / f"hub-{self.name}-{self.starts}.log"

    def start(self):
        self.starts += 1
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [str(ROOT / "parley"), "up", "--config", str(self.config), "--port", str(self.port), "--data",
                 str(self.data)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def await_ready(self):
        await_true(self.is_ready, self.process, 120, self.log)

    def is_ready(self):
        try:
            return httpx.get(f"http://{self.address}/readyz", trust_env=False, timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self):
        """As a machine that loses its power does; says when, on the clock of the access log."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        return time.time()

    def stop(self):
        end(self.process)
