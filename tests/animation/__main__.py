"""`python -m tests.animation`: play the demonstration, and write its animation anew."""

import tempfile
from pathlib import Path

from tests.animation import asciicast, svg
from tests.animation.player import play

HERE = Path(__file__).parent
CAST, PICTURE = HERE / "demo.cast", HERE / "demo.svg"


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        frames = list(play(Path(home)))
    CAST.write_text(asciicast.written(frames), encoding="utf-8")
    PICTURE.write_text(svg.written(frames), encoding="utf-8")
    print(CAST, PICTURE, sep="\n")


if __name__ == "__main__":
    main()
