"""The peer's side of `amends bench mail`: django-helpdesk's own `get_email` on the same folder of mails.

Run by the Python of a virtual environment that holds django-helpdesk and nothing of ours. The peer's queue reads a
local folder, answers nobody, and gets the settings of SQLite that we use: WAL and synchronous=FULL.
"""

import contextlib
import importlib
import io
import json
import logging
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

MOST_STUCK = 500


def main(folder: str, home: str) -> None:
    """Print one JSON object about what became of the mails of this folder."""
    box = Path(home) / "box"
    shutil.copytree(folder, box)
    _set_up(Path(home))
    call: Any = importlib.import_module("django.core.management").call_command
    models: Any = importlib.import_module("helpdesk.models")
    call("migrate", verbosity=0)
    queue = models.Queue.objects.create(
        title="Care",
        slug="care",
        email_address="care@lumi.example",
        allow_email_submission=True,
        email_box_type="local",
        email_box_local_dir=str(box),
        email_box_interval=0,
        logging_type="none",
    )
    logging.disable(logging.CRITICAL)
    mails = len(list(box.iterdir()))
    began, cpu = time.perf_counter(), time.process_time()
    stuck = _empty(box, Path(home), call, lambda: models.Queue.objects.update(email_box_last_check=None))
    took_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    filed = models.FollowUp.objects.filter(ticket__queue=queue)
    print(
        json.dumps(
            {
                "filed_per_s": round(mails / took_s, 1),
                "filed_cpu_ms": round(1000 * cpu_s / mails, 2),
                "stopped_the_queue": stuck,
                "seen": {
                    name: {"place": ticket, "text": text, "new": first or text}
                    for name, ticket, text, first in filed.values_list(
                        "message_id", "ticket_id", "comment", "ticket__description"
                    )
                },
                "rows": filed.count(),
            }
        )
    )


def _empty(box: Path, home: Path, call: Any, again: Any) -> int:
    """Let it read its folder until that is empty; a mail that stops it is moved away, as its administrator would."""
    stuck = 0
    while stuck < MOST_STUCK and any(box.iterdir()):
        again()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            call("get_email", quiet=True)
        if left := os.listdir(box):  # noqa: PTH208  # in the order in which it reads them: the first one stopped it
            shutil.move(box / left[0], home / left[0])
            stuck += 1
    return stuck


def _set_up(home: Path) -> None:
    settings: Any = importlib.import_module("django.conf").settings
    contrib = ("auth", "contenttypes", "sessions", "messages", "sites", "admin", "humanize")
    processors = ("django.template.context_processors.request", "django.contrib.auth.context_processors.auth")
    settings.configure(
        SECRET_KEY="bench",  # noqa: S106  # of a database that is thrown away
        USE_TZ=True,
        SITE_ID=1,
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[*(f"django.contrib.{name}" for name in contrib), "rest_framework", "helpdesk"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": home / "peer.sqlite3",
                "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"},
            }
        },
        MEDIA_ROOT=str(home / "media"),
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        STATIC_URL="/static/",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": [*processors]},
            }
        ],
    )
    importlib.import_module("django").setup()
    urls: Any = importlib.import_module("django.urls")
    globals()["urlpatterns"] = [urls.path("", urls.include("helpdesk.urls", namespace="helpdesk"))]


if __name__ == "__main__":
    main(*sys.argv[1:])
