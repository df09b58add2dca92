"""Channels: the ways words come in and go out. One folder is one channel, whole."""
