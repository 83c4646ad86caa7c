"""JupyterHub on one server with Docker, read in the hub's container; see compose.yaml."""

import os
import re
from pathlib import Path

from hub.production import USERNAME, Settings, group_at_login, make_shared_folders, on_docker

c = get_config()  # noqa: F821 - JupyterHub provides it

settings = Settings.read()
volume = Path(os.environ["COURSE_VOLUME"])
secrets = Path(os.environ.get("SECRETS", "/run/secrets"))
make_shared_folders(volume)  # before the service mounts them


def secret(name):
    """The secret of this name, from its file."""
    return (secrets / name).read_text(encoding="utf-8").strip()


# ------------------------------------------------------------------ the hub and its proxy

c.JupyterHub.bind_url = "http://:8000"
c.JupyterHub.hub_bind_url = "http://0.0.0.0:8081"
c.JupyterHub.hub_connect_url = "http://hub:8081"
c.JupyterHub.cleanup_servers = False  # servers outlive a restart of the hub
c.ConfigurableHTTPProxy.should_start = False
c.ConfigurableHTTPProxy.api_url = "http://proxy:8001"
c.ConfigurableHTTPProxy.auth_token = secret("proxy_token")
c.JupyterHub.cookie_secret = bytes.fromhex(secret("cookie_secret"))
c.JupyterHub.db_url = f"postgresql+psycopg2://hub:{secret('hub_database_password')}@database/hub"

# ------------------------------------------------------------------ who comes in

c.JupyterHub.authenticator_class = "ltiauthenticator.lti13.auth.LTI13Authenticator"
c.LTI13Authenticator.issuer = os.environ["LTI_ISSUER"]
c.LTI13Authenticator.client_id = set(re.split(r"[,\s]+", os.environ["LTI_CLIENT_ID"].strip()))
c.LTI13Authenticator.authorize_url = os.environ["LTI_AUTHORIZE_URL"]
c.LTI13Authenticator.jwks_endpoint = os.environ["LTI_JWKS_ENDPOINT"]
c.LTI13Authenticator.username_key = os.environ.get("LTI_USERNAME_KEY") or "sub"
c.LTI13Authenticator.uri_scheme = "https"
c.LTI13Authenticator.tool_name = "Recurrent networks"
c.Authenticator.allow_all = True  # whoever the learning management system sends
c.Authenticator.username_pattern = USERNAME + r"\Z"
c.Authenticator.admin_users = set()
c.Authenticator.manage_groups = True  # of who teaches, assists and studies
c.Authenticator.post_auth_hook = group_at_login(settings)

# ------------------------------------------------------------------ their servers


def before(spawner):
    """Show a member's container its share of the volume, and an instructor's the gradebook."""
    on_docker(spawner, settings, volume)
    if settings.teaches(spawner.user.name):
        spawner.environment = {
            **spawner.environment,
            "GRADEBOOK": "postgresql+psycopg2://gradebook@database/gradebook",
            "PGPASSWORD": secret("gradebook_database_password"),
        }


c.JupyterHub.spawner_class = "dockerspawner.DockerSpawner"
c.DockerSpawner.prefix = "course"
c.DockerSpawner.remove = True
c.DockerSpawner.use_internal_ip = True
c.DockerSpawner.notebook_dir = "/home/jovyan"
c.DockerSpawner.pre_spawn_hook = before
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = 120
c.JupyterHub.concurrent_spawn_limit = 20
c.JupyterHub.active_server_limit = int(os.environ.get("ACTIVE_SERVERS") or 0)

# ------------------------------------------------------------------ the instructors' page, idle servers

c.JupyterHub.default_url = "/services/teaching/course"  # the first screen
c.JupyterHub.load_roles = [
    {"name": "user", "scopes": ["self", "access:services!service=teaching"]},
    {
        "name": "culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["culler"],
    },
]
c.JupyterHub.services = [
    {"name": "culler", "command": ["python3", "-m", "jupyterhub_idle_culler", "--timeout=3600"]},
    {
        "name": "teaching",
        "url": "http://teaching:8888",
        "api_token": secret("teaching_token"),
        "oauth_no_confirm": True,
        "oauth_client_allowed_scopes": ["read:users:groups!user"],
    },
]
