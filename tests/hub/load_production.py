"""Loads production's configurations as the hub does, in the environment of the hub's image.

Run by test_production.py. Prints as JSON what a student's and an instructor's container and pod would
be. No Docker and no cluster is asked; KubeSpawner wants a $KUBECONFIG all the same.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import yaml
from dockerspawner import DockerSpawner
from jupyterhub.app import JupyterHub
from jupyterhub.auth import Authenticator
from jupyterhub.proxy import ConfigurableHTTPProxy
from jupyterhub.spawner import Spawner
from kubernetes_asyncio.client import ApiClient
from kubespawner import KubeSpawner
from ltiauthenticator.lti13.auth import LTI13Authenticator

ROOT = Path(__file__).resolve().parents[2]
KNOWN = (
    *(JupyterHub, Authenticator, LTI13Authenticator, Spawner, DockerSpawner),
    *(KubeSpawner, ConfigurableHTTPProxy),
)


def load(path: Path) -> JupyterHub:
    app = JupyterHub()
    app.load_config_file(str(path))
    check_names(app.config)
    return app


def check_names(config) -> None:
    """Traitlets pass over a name that they don't know; here it is a mistake."""
    classes = {known.__name__: known for known in KNOWN}
    for section, values in config.items():
        unknown = set(values) - set(classes[section].class_trait_names(config=True))
        if unknown:
            raise SystemExit(f"{section} has no {', '.join(sorted(unknown))}")


def user(name: str) -> SimpleNamespace:
    return SimpleNamespace(name=name, id=1, url=f"/user/{name}/", settings={})


def docker(app: JupyterHub, name: str) -> dict:
    spawner = DockerSpawner(config=app.config, _mock=True)
    spawner.user = user(name)
    spawner.pre_spawn_hook(spawner)
    with mock.patch.object(DockerSpawner, "client", mock.MagicMock()):
        binds = spawner.volume_binds
    return {
        "image": spawner.image,
        "binds": {source: [bind["bind"], bind["mode"]] for source, bind in binds.items()},
        "network": spawner.network_name,
        "host": spawner.extra_host_config,
        "environment": sorted(spawner.environment),
        "memory": spawner.mem_limit,
    }


async def kubernetes(config, name: str) -> dict:
    hub = SimpleNamespace(
        public_host="", base_url="/hub/", api_url="http://hub:8081/hub/api", port=8081
    )
    spawner = KubeSpawner(config=config, _mock=True, hub=hub)
    spawner.user = user(name)
    spawner.uid, spawner.fs_gid = 1000, 1000
    spawner.volumes = {"home": {"name": "home", "persistentVolumeClaim": {"claimName": "home"}}}
    spawner.volume_mounts = {"home": {"name": "home", "mountPath": "/home/jovyan"}}
    spawner.pre_spawn_hook(spawner)
    with mock.patch.object(KubeSpawner, "get_env", lambda self: {}):
        pod = await spawner.get_pod_manifest()
    async with ApiClient() as client:
        return client.sanitize_for_serialization(pod)


def main() -> None:
    people = ("ada", "bea@uni.example", "teacher")
    server = load(ROOT / "hub" / "server" / "jupyterhub_config.py")
    authenticator = LTI13Authenticator(config=server.config)
    cluster = load(ROOT / "hub" / "helm" / "course.py")
    values = yaml.safe_load((ROOT / "hub" / "helm" / "values.yaml").read_text(encoding="utf-8"))
    static = JupyterHub()
    static.update_config(static.config.__class__(values["hub"]["config"]))
    check_names(static.config)
    LTI13Authenticator(config=static.config)
    assert static.authenticator_class is LTI13Authenticator
    allowed = {
        name: authenticator.validate_username(name) for name in (*people, "a+b", "../ada", "Ada\n")
    }
    result = {
        "allowed": allowed,
        "issuer": authenticator.issuer,
        "spawner": server.spawner_class.__name__,
        "docker": {name: docker(server, name) for name in people},
        "kubernetes": {name: asyncio.run(kubernetes(cluster.config, name)) for name in people},
    }
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
