#!/usr/bin/env python3
"""The include rule: a folder of src/ includes only itself and folders below it, and only the third party named here."""

import pathlib
import re
import sys

# From the bottom up. Value: third-party headers (prefixes) the folder may use beside the standard library;
# a prefix marked "cc:" only in .cc files, so that it does not leak into whoever includes the header.
FOLDERS = {
    "base": ["tl/", "cc:spdlog/", "cc:openssl/", "cc:curl/", "cc:malloc.h", "cc:sys/", "cc:netinet/"],
    "model": ["cc:simdjson.h"],
    "decode": ["cc:simdjson.h", "cc:zlib.h", "cc:zstd.h"],
    "normalize": ["cc:arpa/inet.h"],
    "kafka": ["cc:librdkafka/", "cc:simdjson.h", "cc:sys/", "cc:netinet/", "cc:unistd.h", "cc:fcntl.h"],
    "aws": ["cc:arrow/", "cc:curl/"],
    "observe": ["cc:prometheus/", "cc:httplib.h", "cc:curl/", "cc:zlib.h", "cc:unistd.h", "cc:sys/",
                "cc:poll.h"],
    "alert": [],
    "watch": [],
    "archive": ["cc:arrow/", "cc:parquet/", "cc:fcntl.h", "cc:unistd.h", "cc:sys/"],
    "publish": [],
    "app": ["cc:CLI/", "cc:fcntl.h", "cc:unistd.h", "cc:sys/", "cc:netinet/", "cc:arpa/", "cc:netdb.h", "cc:poll.h"],
}
EVERYWHERE = ["fmt/"]
# Headers that only this folder's own .cc files may include although they are headers themselves.
INTERNAL = {"kafka/handles.h", "kafka/errors.h", "kafka/partitions.h", "kafka/cluster_fake.h", "kafka/client.h",
            "kafka/consumer_impl.h", "kafka/send_offsets.h", "kafka/transactional_producer.h", "kafka/outbox.h",
            "kafka/send_window.h",
            "kafka/read_message.h", "kafka/trouble.h", "kafka/admin_impl.h", "kafka/newer_api.h",
            "observe/limited_server.h"}
TEST_ONLY = ["gtest/", "gmock/", "benchmark/", "arpa/", "netinet/", "sys/", "unistd.h", "poll.h", "fcntl.h"]
ORDER = list(FOLDERS)
SRC = pathlib.Path(__file__).resolve().parents[1] / "src"
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')


def is_standard(header: str) -> bool:
    return "/" not in header and not header.endswith((".h", ".hpp")) or header in ("signal.h", "stdlib.h")


def problem(folder: str, file: pathlib.Path, own: str | None, other: str | None) -> str | None:
    is_test = file.name.endswith(("_test.cc", "_fake.h", "_fake.cc"))
    if own is not None and "/" in own and own.split("/")[0] in FOLDERS:
        target = own.split("/")[0]
        if ORDER.index(target) > ORDER.index(folder):
            return f"{folder}/ is below {target}/ and must not know of it"
        if own in INTERNAL and (target != folder or file.suffix != ".cc" and f"{folder}/{file.name}" not in INTERNAL):
            return f"{own} is for .cc files of {target}/ only"
        return None
    header = own or other
    if other is not None and is_standard(header):
        return None
    if is_test and header.startswith(tuple(TEST_ONLY)):
        return None
    for allowed in FOLDERS[folder] + EVERYWHERE:
        private = allowed.startswith("cc:")
        if header.startswith(allowed.removeprefix("cc:")):
            as_source = file.suffix == ".cc" or f"{folder}/{file.name}" in INTERNAL
            return None if as_source or not private else f"<{header}> may be used in .cc files only"
    return f"<{header}> is not among the third party of {folder}/ (tools/check_includes.py)"


def main() -> int:
    bad = seen = 0
    for file in sorted(SRC.rglob("*")):
        if file.suffix not in (".h", ".cc"):
            continue
        folder = file.relative_to(SRC).parts[0]
        for number, line in enumerate(file.read_text().splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            seen += 1
            if what := problem(folder, file, match[1], match[2]):
                bad += 1
                print(f"{file.relative_to(SRC.parent)}:{number}: {what}")
    print(f"{seen} includes read, {bad} against the rule")
    return 1 if bad or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
