"""Measured figures on disk: one JSON file a word of `./dev bench`, written anew after each run, so a cut-off leaves what there is."""

import json
import os
import pathlib

from bench import RESULTS


class Results:
    def __init__(self, word: str, machine: dict, options: dict, folder: pathlib.Path = RESULTS):
        self._file, self._head = folder / f"{word}.json", {"word": word, "machine": machine, "options": options}
        self._parts: dict[str, object] = {}

    def put(self, part: str, value) -> None:
        """Replaces that part and writes the file."""
        self._parts[part] = value
        self._file.parent.mkdir(parents=True, exist_ok=True)
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(self.all(), indent=1, ensure_ascii=False) + "\n")
        os.replace(new, self._file)

    def all(self) -> dict:
        """As `read` gives it."""
        return self._head | {"parts": self._parts}


def read(word: str, folder: pathlib.Path = RESULTS) -> dict | None:
    """None: it was never measured."""
    file = folder / f"{word}.json"
    return json.loads(file.read_text()) if file.exists() else None
