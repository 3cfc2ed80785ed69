"""How well recall finds what questions need, measured through the HTTP service on labelled questions."""
