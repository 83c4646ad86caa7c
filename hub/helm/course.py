"""JupyterHub's configuration on a cluster, beside the chart's own: what each member's pod shows."""

import os
from pathlib import Path

from hub.production import USERNAME, Settings, group_at_login, on_kubernetes

c = get_config()  # noqa: F821 - JupyterHub provides it

settings = Settings.read()
volume = Path(os.environ.get("COURSE_VOLUME", "/srv/course-volume"))


def before(spawner):
    """Show a member's pod its share of the volume, and an instructor's the gradebook's address."""
    on_kubernetes(spawner, settings, claim="course", volume=volume)
    if settings.teaches(spawner.user.name):
        gradebook = {"envFrom": [{"secretRef": {"name": "gradebook"}}]}
        spawner.extra_container_config = {**spawner.extra_container_config, **gradebook}


c.KubeSpawner.pre_spawn_hook = before
c.Authenticator.manage_groups = True  # of who teaches, assists and studies
c.Authenticator.post_auth_hook = group_at_login(settings)
c.Authenticator.username_pattern = USERNAME + r"\Z"
