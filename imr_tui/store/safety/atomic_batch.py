"""Writes many files of one folder at once, each as atomically as `atomic` writes one.

All are written before the first is synced, so that the file system can write them together.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from imr_tui.store.safety import atomic, linux, safe_open

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_THREADS = 8
"""How many files are waited for at once."""
_MANY = 16
"""How many files are worth the threads."""


def create_all(folder: Path, files: Mapping[str, bytes]) -> frozenset[str]:
    """Create new files in a folder, durably; returns the names that existed and were left alone.

    Raises CannotStore; each file is then whole or not there.
    """
    there = set()
    with _new_files(folder, files) as (descriptor, temporaries):
        for name in files:
            try:
                _create(descriptor, temporaries[name], name)
            except FileExistsError:
                there.add(name)
            else:
                del temporaries[name]
    return frozenset(there)


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace files of a folder, durably; raises CannotStore, with each file old or new."""
    with _new_files(folder, files) as (descriptor, temporaries):
        for name in files:
            os.rename(temporaries[name], name, src_dir_fd=descriptor, dst_dir_fd=descriptor)
            del temporaries[name]


def _create(folder: int, temporary: str, name: str) -> None:
    """Give a file a name that must be free; raises FileExistsError, OSError."""
    if not linux.rename_new(folder, temporary, name):
        both = {"src_dir_fd": folder, "dst_dir_fd": folder}
        # Unlike a rename without flags, a link never replaces an existing file.
        os.link(temporary, name, **both, follow_symlinks=False)
        os.unlink(temporary, dir_fd=folder)


@contextmanager
def _new_files(folder: Path, files: Mapping[str, bytes]) -> Iterator[tuple[int, dict[str, str]]]:
    """Write files under temporary names and verify them; syncs the folder at the end.

    Yields the open folder, and the temporary names, of which those that are left are removed.
    """
    temporaries: dict[str, str] = {}
    try:
        with safe_open.opened(folder) as descriptor:
            try:
                _write_temporaries(descriptor, folder, files, temporaries)
                yield descriptor, temporaries
                os.fsync(descriptor)
            finally:
                for temporary in temporaries.values():
                    with suppress(OSError):
                        os.unlink(temporary, dir_fd=descriptor)
    except OSError as error:
        raise atomic.refused(folder, error) from error


def _write_temporaries(
    folder_fd: int, folder: Path, files: Mapping[str, bytes], temporaries: dict[str, str]
) -> None:
    with ExitStack() as open_files:
        written = []
        for name, data in files.items():
            descriptor, temporaries[name] = atomic.open_temporary(folder_fd, folder / name)
            open_files.callback(os.close, descriptor)
            atomic.write_whole(descriptor, data)
            written.append((descriptor, data))
        _sync([descriptor for descriptor, _ in written])
        for descriptor, data in written:
            atomic.verify(descriptor, data)


def _sync(descriptors: Sequence[int]) -> None:
    """Wait until the disk has some files; raises OSError.

    Several threads wait at once, so that the file system writes many files together.
    """
    if len(descriptors) < _MANY:
        _sync_each(descriptors)
        return
    parts = [descriptors[at::_THREADS] for at in range(_THREADS)]
    with ThreadPoolExecutor(_THREADS) as threads:
        list(threads.map(_sync_each, parts))


def _sync_each(descriptors: Sequence[int]) -> None:
    for descriptor in descriptors:
        os.fsync(descriptor)
