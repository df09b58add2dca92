"""The door for a web server."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.desk.settings")
application = get_asgi_application()
