"""`python -m tests.soak`: the long campaigns, and what they found."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from tests.soak import (
    attacks,
    brackets,
    crashes,
    endings,
    frames,
    intake,
    interrupted,
    kills,
    last_words,
    lengths,
    login,
    order,
    payloads,
    schedules,
    shared_schedules,
    signing,
    swaps,
)
from tests.soak.failures import campaign as failures

CAMPAIGNS: dict[str, Callable[[argparse.Namespace], Iterator[str]]] = {
    "order": lambda options: order.campaign() if crashes.available() else no_strace(),
    "crashes": lambda options: (
        crashes.campaign(options.short, options.seed) if crashes.available() else no_strace()
    ),
    "signing": lambda options: (
        signing.campaign(options.short, options.seed) if crashes.available() else no_strace()
    ),
    "intake": lambda options: (
        intake.campaign(options.short, options.seed) if crashes.available() else no_strace()
    ),
    "schedules": lambda options: schedules.campaign(options.short),
    "kills": lambda options: kills.campaign(options.short, options.kills, options.seed),
    "interrupted": lambda options: interrupted.campaign(options.short, options.seed),
    "lastwords": lambda options: last_words.campaign(options.short),
    "attacks": lambda options: attacks.campaign(options.short, options.seed),
    "swaps": swaps.campaign,
    "brackets": lambda options: brackets.campaign(options.short, options.seed),
    "payloads": lambda options: payloads.campaign(options.short),
    "frames": lambda options: frames.campaign(options.short, options.seed),
    "lengths": lambda options: lengths.campaign(options.short),
    "endings": lambda options: endings.campaign(options.short),
    "login": lambda options: login.campaign(options.short),
    "shared": lambda options: shared_schedules.campaign(options.short, options.seed),
    "shared-failures": lambda options: failures.campaign(options.short, options.seed),
}
"""Each campaign, in the order in which they run."""


def no_strace() -> Iterator[str]:
    yield "left out: strace is not here, or may not trace"


def main(arguments: Sequence[str]) -> int:
    """Run the campaigns that are named, or all of them; 1 if one found a fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="CAMPAIGN", help=f"of {', '.join(CAMPAIGNS)}")
    parser.add_argument("--short", action="store_true", help="a few steps of each")
    parser.add_argument("--kills", type=int, default=0, help=f"default {kills.LONG}")
    parser.add_argument("--seed", type=int, default=1, help="of what is left to chance")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(CAMPAIGNS):
        parser.error(f"there is no campaign {', '.join(sorted(unknown))}")
    faults = 0
    for name in options.names or CAMPAIGNS:
        start = time.monotonic()
        print(f"{name}:", flush=True)
        for line in CAMPAIGNS[name](options):
            faults += line.lstrip().startswith("fault:")
            print(line, flush=True)
        print(f"  in {time.monotonic() - start:.0f} s", flush=True)
    print(f"faults                            {faults}")
    return faults > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
