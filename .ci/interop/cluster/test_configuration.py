"""What is shipped to be configured: Envoy's files by Envoy, Kubernetes' manifests by its schema. Needs no cluster."""

import os
import pathlib
import re
import shutil
import subprocess

import kubernetes_validate
import pytest
import yaml
from front import ROOT, Front, replaced, validate

KUBERNETES = ROOT / "envoy/kubernetes"
# For something that is installed besides, whose schema is not Kubernetes' own.
OTHERS = {"monitor.yaml", "prometheus-adapter.yaml"}
VERSION = "1.37"


def documents(file):
    return [d for d in yaml.safe_load_all(file.read_text()) if d]


def manifests():
    return [(file.name, d) for file in sorted(KUBERNETES.glob("*.yaml")) if file.name not in OTHERS
            for d in documents(file)]


def one(kind, name):
    return next(d for _, d in manifests() if d["kind"] == kind and d["metadata"]["name"] == name)


def test_envoy_takes_the_front(tmp_path):
    validate(Front(tmp_path / "front", [8080, 8081]).folder / "front.yaml")


def test_envoy_takes_the_transcoding(tmp_path):
    config = tmp_path / "transcoding.yaml"
    descriptors = ROOT / "proto/target/classes/META-INF/armeria/grpc/parley.dsc"
    config.write_text(replaced((ROOT / "envoy/transcoding.yaml").read_text(), "/etc/envoy/parley.dsc", str(descriptors), 1))
    validate(config)


def test_the_hub_takes_the_configuration_of_the_cluster():
    secrets = {"PARLEY_DB_PASSWORD": "of-this-run", "PARLEY_ADMIN_KEY": "sk-of-this-run"}
    done = subprocess.run([str(ROOT / "parley"), "check", "--config", str(KUBERNETES / "config/hub.yaml")],
                          capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, env=os.environ | secrets)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file, manifest", manifests(), ids=lambda v: v if isinstance(v, str) else v["metadata"]["name"])
def test_kubernetes_takes_each_manifest(file, manifest):
    kubernetes_validate.validate(manifest, VERSION, strict=True)


def test_kubernetes_refuses_what_is_none():
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(one("Deployment", "hub") | {"specs": {}}, VERSION, strict=True)


def test_every_file_is_named():
    kustomization = yaml.safe_load((ROOT / "envoy/kustomization.yaml").read_text())
    named = {pathlib.Path(r).name for r in kustomization["resources"]}
    assert named == {f.name for f in KUBERNETES.glob("*.yaml")} - OTHERS - {"secrets.example.yaml"}
    for generated in kustomization["configMapGenerator"]:
        for file in generated["files"]:
            assert (ROOT / "envoy" / file.split("=")[-1]).is_file()
    for other in OTHERS:
        assert documents(KUBERNETES / other)


def test_kustomize_renders_it():
    for command in (["kubectl", "kustomize"], ["kustomize", "build"]):
        if shutil.which(command[0]):
            done = subprocess.run([*command, str(ROOT / "envoy")], capture_output=True, text=True, timeout=60)
            assert done.returncode == 0, done.stderr
            made = list(yaml.safe_load_all(done.stdout))
            front = next(d for d in made if d["kind"] == "ConfigMap" and d["metadata"]["name"].startswith("front-"))
            assert front["data"]["front.yaml"] == (ROOT / "envoy/front.yaml").read_text()
            for d in made:
                kubernetes_validate.validate(d, VERSION, strict=True)
            return


def test_pods_have_no_rights():
    for kind, name in (("Deployment", "hub"), ("Deployment", "front"), ("StatefulSet", "redis"), ("StatefulSet", "postgres")):
        pod = one(kind, name)["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"]
        for container in pod["containers"]:
            rights = container["securityContext"]
            assert rights["readOnlyRootFilesystem"] and not rights["allowPrivilegeEscalation"]
            assert rights["capabilities"] == {"drop": ["ALL"]} and "memory" in container["resources"]["limits"]


def test_a_pod_has_the_time_that_its_hub_takes_to_drain():
    config = yaml.safe_load((KUBERNETES / "config/hub.yaml").read_text())
    drain = int(re.fullmatch(r"(\d+)s", config["server"]["drain_timeout"])[1])
    pod = one("Deployment", "hub")["spec"]["template"]["spec"]
    pause = pod["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
    front = yaml.safe_load((ROOT / "envoy/front.yaml").read_text())
    hubs = next(c for c in front["static_resources"]["clusters"] if c["name"] == "hubs")
    look = int(hubs["cluster_type"]["typed_config"]["dns_refresh_rate"].removesuffix("s"))
    assert pause > 2 * look and pod["terminationGracePeriodSeconds"] >= drain + pause + 5


def test_ports_and_names_agree():
    front = yaml.safe_load((ROOT / "envoy/front.yaml").read_text())
    resources = front["static_resources"]
    listening = {l["address"]["socket_address"]["port_value"] for l in resources["listeners"]}
    ports = one("Deployment", "front")["spec"]["template"]["spec"]["containers"][0]["ports"]
    assert {p["containerPort"] for p in ports} == listening
    hubs = next(c for c in resources["clusters"] if c["name"] == "hubs")
    address = hubs["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"]["address"]["socket_address"]
    service = one("Service", address["address"])
    assert service["spec"]["clusterIP"] == "None" and service["spec"]["ports"][0]["port"] == address["port_value"]
