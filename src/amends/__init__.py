"""Amends: the open-source service-recovery desk."""

__version__ = "0.1.0"
