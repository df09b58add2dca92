"""The door for a web server."""

import os

from django.core.asgi import get_asgi_application

# Before numpy is loaded, as in cli/main.py: its threads would fight for cores that other processes use.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.desk.settings")
application = get_asgi_application()
