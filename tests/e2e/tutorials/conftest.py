"""Keeps pytest from importing what lies here: listings of others, and programs that other processes run."""

collect_ignore_glob = ["*"]
