"""Signed determinations on the disk: sealed copies, keys, and the process of ssh-keygen."""
