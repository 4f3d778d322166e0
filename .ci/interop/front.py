"""The shipped configurations of Envoy, with ports and folders of this run in them, and Envoy as a process."""

import json
import pathlib
import socket
import subprocess
import sys
import time

import httpx

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENVOY = pathlib.Path(sys.executable).parent / "envoy"
HUBS = "- endpoint: { address: { socket_address: { address: hubs, port_value: 8080 } } }\n"


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def replaced(text, old, new, times):
    """A configuration that was changed must not slip past the tests."""
    assert text.count(old) == times, f"{text.count(old)} times {old!r}"
    return text.replace(old, new)


def certificate(folder, name="localhost"):
    """A certificate of its own, moved into its place at once, as whoever renews one does."""
    folder.mkdir(exist_ok=True)
    new = folder.parent / f"{folder.name}.new"
    new.mkdir(exist_ok=True)
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
               "-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
               "-keyout", str(new / "tls.key"), "-out", str(new / "tls.crt")]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=30)
    for file in ("tls.key", "tls.crt"):
        (new / file).rename(folder / file)
    return folder / "tls.crt"


def validate(config):
    """What `--mode validate` says of it; it is an error to use what Envoy gives up."""
    done = subprocess.run(
        [str(ENVOY), "--mode", "validate", "-c", str(config)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "deprecated" not in done.stderr.lower() and "work-in-progress" not in done.stderr, done.stderr


class Front:
    """front.yaml in a folder of its own, before hubs on ports of this machine unless the others replace these, too."""

    def __init__(self, folder, hub_ports, others=()):
        folder.mkdir()
        self.folder, self.process = folder, None
        self.port, self.operators, self.admin = free_port(), free_port(), free_port()
        self.ca = certificate(folder / "certs")
        self.url = f"https://localhost:{self.port}"
        text = (ROOT / "envoy/front.yaml").read_text()
        text = replaced(text, "/etc/envoy/tls.yaml }", f"{folder}/tls.yaml }}", 2)
        text = replaced(text, "port_value: 10443", f"port_value: {self.port}", 2)
        text = replaced(text, 'h3=":443"', f'h3=":{self.port}"', 1)
        text = replaced(text, "port_value: 10001", f"port_value: {self.operators}", 1)
        text = replaced(text, "port_value: 9901", f"port_value: {self.admin}", 2)
        for old, new in others:
            text = replaced(text, old, new, 1)
        if HUBS in text:
            hubs = (" " * 14).join(HUBS.replace("hubs", "127.0.0.1").replace("8080", str(port)) for port in hub_ports)
            text = replaced(text, HUBS, hubs, 1)
        (folder / "front.yaml").write_text(text)
        (folder / "tls.yaml").write_text(
            replaced((ROOT / "envoy/tls.yaml").read_text(), "/etc/envoy-certs", f"{folder}/certs", 3))

    def start(self, ready=True, zone="here"):
        """Until a hub is well behind it; without `ready`, until it listens."""
        log, errors = open(self.folder / "access.log", "w"), open(self.folder / "envoy.log", "w")
        command = [str(ENVOY), "-c", str(self.folder / "front.yaml"), "--disable-hot-restart", "--concurrency", "1",
                   "-l", "warning", "--drain-time-s", "3", "--service-zone", zone, "--file-flush-interval-msec", "200"]
        with log, errors:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=errors)
        for _ in range(300):
            assert self.process.poll() is None, (self.folder / "envoy.log").read_text()
            if self.is_ready() if ready else self.listens():
                return
            time.sleep(0.1)
        raise AssertionError("Envoy reaches no hub: " + (self.folder / "envoy.log").read_text())

    def is_ready(self):
        try:
            return httpx.get(f"http://127.0.0.1:{self.operators}/ready", trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def listens(self):
        with socket.socket() as s:
            return s.connect_ex(("127.0.0.1", self.port)) == 0

    def healthy(self):
        """How many hubs get calls."""
        text = httpx.get(f"http://127.0.0.1:{self.admin}/clusters?format=json", trust_env=False).json()
        hubs = next(c for c in text["cluster_statuses"] if c["name"] == "hubs")
        return sum(h["health_status"] == {"eds_health_status": "HEALTHY"} for h in hubs.get("host_statuses", []))

    def await_healthy(self, count, seconds=30):
        end = time.monotonic() + seconds
        while self.healthy() != count:
            assert time.monotonic() < end, f"{self.healthy()} hubs well after {seconds} s, not {count}"
            time.sleep(0.1)

    def calls(self):
        """The access log, by request id. Envoy writes it every so often, and when it ends."""
        lines = (self.folder / "access.log").read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
