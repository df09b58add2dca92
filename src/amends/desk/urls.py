"""Every address of the desk. A new route needs a row in the access table."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
