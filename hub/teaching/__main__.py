"""`python -m hub.teaching`: started by the hub's own start, in the instructor's view.

The hub says by JupyterHub's variables (JUPYTERHUB_API_TOKEN and others) where it is and how it knows
this service; the page listens on loopback, on the port of JUPYTERHUB_SERVICE_URL.
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
from hub.teaching.pages import PAGES


def main() -> int:
    """Serve until the end; gives the exit status."""
    os.umask(0o007)  # instructors share the course directory by its group
    address = urlparse(os.environ["JUPYTERHUB_SERVICE_URL"])
    log = Inside.PRACTICE / "attempts.jsonl"
    desk = Desk(Inside.COURSE, Inside.EXCHANGE / COURSE_ID, log)
    asyncio.run(_serve(desk, address.hostname or "127.0.0.1", address.port or 0))
    return 0


async def _serve(desk: Desk, host: str, port: int) -> None:
    # who has left the class, or has another role, is known as that within so many seconds
    HubOAuth.instance(cache_max_age=30)
    jobs = Jobs(Path(desk.root, "grading", "job.json"))
    application = make(desk, jobs, os.environ["JUPYTERHUB_SERVICE_PREFIX"], PAGES)
    application.listen(port, host, xheaders=True, max_body_size=8 << 20)
    await asyncio.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
