"""./dev bench [WORD] [OPTIONS]: measures, writes bench/results/WORD.json, and renders docs/performance.md anew."""

import argparse
import pathlib
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from bench import words  # noqa: E402

HELP = """words (the first is the default):
  peers     ntsp, the pass-through and the peers on the same messages
  data      ntsp and the pass-through on small, middle and large messages, on each dialect, on 1 and 64 partitions
  latency   from the raw message to a reader of records, at a steady rate
  start     from the start of the process to the first record
  growth    cost per message over partitions, workers, messages, nodes, and with 1 MB messages
  steps     reading, normalizing, JSON and Parquet alone, without Kafka
  all       every word above, within --minutes
  report    renders docs/performance.md and docs/scaling.md from what was measured last
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__, epilog=HELP,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("word", nargs="?", default="peers", choices=[*words.WORDS, "all", "report"])
    parser.add_argument("--data", help="only this one: small, middle, large or huge (peers: middle)")
    parser.add_argument("--contenders", help="only these, with commas between them")
    parser.add_argument("--count", type=int, help="raw messages a run; slow contenders read a part of them")
    parser.add_argument("--runs", type=int, default=5, help="alternating runs of each contender (5)")
    parser.add_argument("--partitions", type=int, default=4, help="of each topic (4)")
    parser.add_argument("--limit", type=float, default=180, help="most seconds of one run (180)")
    parser.add_argument("--minutes", type=float, default=25, help="for `all`: when to stop beginning new runs (25)")
    parser.add_argument("--quick", action="store_true", help="few messages, one run: whether it works, not how fast")
    parser.add_argument("--longest", action="store_true", help="for growth: also 10^7 messages (an hour, 100 GB)")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # as for Ctrl-C: what was started is ended
    return words.run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
