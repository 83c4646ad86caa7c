"""`python -m hub.teaching`: started by the one-machine hub in the instructor's view, else in a container.

JupyterHub's variables (JUPYTERHUB_API_TOKEN and others) say where the hub is and how it knows this
service; the page listens at JUPYTERHUB_SERVICE_URL. In a container there are two more: FROM_PLATFORM says
that members come from a learning management system, and SECRETS names a folder with the secrets.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from urllib.parse import urlparse

from jupyterhub.services.auth import HubOAuth

from hub.places import COURSE_ID, Inside
from hub.teaching.app import make
from hub.teaching.desk import Desk
from hub.teaching.job import Jobs
from hub.teaching.members import Leavers
from hub.teaching.pages import PAGES

SECRETS = {
    "JUPYTERHUB_API_TOKEN": "teaching_token",
    "PGPASSWORD": "gradebook_database_password",
}
"""The files of a server's secrets that this service is shown, by the variable that holds each."""


def main() -> int:
    """Serve until the end; gives the exit status."""
    os.environ.update(secrets_in(os.environ.get("SECRETS", "")))
    os.umask(0o007)  # instructors share the course directory by its group
    address = urlparse(os.environ["JUPYTERHUB_SERVICE_URL"])
    log = Inside.PRACTICE / "attempts.jsonl"
    desk = Desk(Inside.COURSE, Inside.EXCHANGE / COURSE_ID, log)
    asyncio.run(_serve(desk, address.hostname or "127.0.0.1", address.port or 0))
    return 0


def secrets_in(folder: str) -> dict[str, str]:
    """The variables that hold secrets, from their files in a folder; none where no folder is named."""
    if not folder:
        return {}
    return {
        variable: Path(folder, name).read_text(encoding="utf-8").strip()
        for variable, name in SECRETS.items()
    }


async def _serve(desk: Desk, host: str, port: int) -> None:
    # who has left the class, or has another role, is known as that within so many seconds
    HubOAuth.instance(cache_max_age=30)
    jobs = Jobs(Path(desk.root, "grading", "job.json"))
    from_platform = bool(os.environ.get("FROM_PLATFORM"))
    pages = [("members", Leavers), *PAGES] if from_platform else PAGES
    prefix = os.environ["JUPYTERHUB_SERVICE_PREFIX"]
    application = make(desk, jobs, prefix, pages, from_platform)
    application.listen(port, host, xheaders=True, max_body_size=8 << 20)
    await asyncio.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
