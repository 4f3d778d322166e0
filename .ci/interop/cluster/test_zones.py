"""Calls stay within the zone of their Envoy, as RATIONALE.md says how; two listeners of an Envoy stand for the hubs."""

import collections
import ssl
import subprocess
import time

import httpx
import pytest
from front import ENVOY, HUBS, Front, free_port

ZONES = ("here", "there")
HUB = """
    - name: {zone}
      address: {{ socket_address: {{ address: 127.0.0.1, port_value: {port} }} }}
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: hub
                route_config:
                  virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes:
                        - match: {{ prefix: / }}
                          direct_response: {{ status: 200, body: {{ inline_string: {zone} }} }}
                http_filters:
                  - name: envoy.filters.http.router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
"""


def places(ports, indent):
    """Endpoints, one in each zone."""
    return "".join(
        f"{indent}- locality: {{ zone: {zone} }}\n{indent}  lb_endpoints:\n{indent}    "
        + HUBS.replace("hubs", "127.0.0.1").replace("8080", str(port)) for zone, port in zip(ZONES, ports))


@pytest.fixture
def hubs(tmp_path):
    ports = [free_port() for _ in ZONES]
    config = tmp_path / "hubs.yaml"
    listeners = "".join(HUB.format(zone=zone, port=port) for zone, port in zip(ZONES, ports))
    config.write_text(f"static_resources:\n  listeners:{listeners}")
    command = [str(ENVOY), "-c", str(config), "--disable-hot-restart", "--concurrency", "1", "-l", "error"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        yield ports
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.parametrize("zone", ZONES)
def test_calls_stay_in_their_zone(tmp_path, hubs, zone):
    indent = " " * 10
    # As many Envoys in each zone; where they are does not matter for this.
    fronts = (f"    - name: fronts\n      type: STATIC\n      load_assignment:\n        cluster_name: fronts\n"
              f"        endpoints:\n{places((1, 2), indent)}\n    - name: admin\n")
    front = Front(tmp_path / "front", [8080], [
        ("static_resources:\n", "cluster_manager: { local_cluster_name: fronts }\nstatic_resources:\n"),
        (f"{indent}- lb_endpoints:\n{indent}    {HUBS}", places(hubs, indent)),
        ("    - name: admin\n", fronts),
    ])
    try:
        front.start(zone=zone)
        front.await_healthy(2)
        context = ssl.create_default_context(cafile=str(front.ca))
        with httpx.Client(base_url=front.url, verify=context, trust_env=False, timeout=30) as http:
            # Envoy tells its workers of hubs that get well within a second of each other together.
            end = time.monotonic() + 10
            while http.get("/any").text != zone:
                assert time.monotonic() < end, "no call to the own zone"
                time.sleep(0.05)
            answers = collections.Counter(http.get("/any").text for _ in range(40))
        assert answers == {zone: 40}
    finally:
        front.stop()
