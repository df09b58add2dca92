"""Language packs: a language is a folder of data, and code never asks which language it is."""

from amends.languages.load import available, load
from amends.languages.pack import LanguagePack

__all__ = ["LanguagePack", "available", "load"]
