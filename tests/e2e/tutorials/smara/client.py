# Quoted: a listing of the guide "Building AI Agents with Persistent Memory" (Smara). It is kept for
# compatibility tests, as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

from smara import Smara

client = Smara(
    api_key="smara_your_api_key_here",
    base_url="https://api.smara.io"
)
