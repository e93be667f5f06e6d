"""ClickHouse in this process (chdb), with the statements of `ntsp schema clickhouse`.

The engine inside chdb has no background threads that poll, so its Kafka tables only can be declared. Here each is declared
to see that the engine takes its settings, and then stands as a table to which a test hands the messages that a consumer
would have read: everything behind it is as in a server.
"""

import json
import pathlib
import re
import subprocess

from chdb import session

from tests.support.service import BINARY

VIRTUAL = ["_topic LowCardinality(String)", "_partition UInt64", "_offset UInt64", "_timestamp_ms Nullable(DateTime64(3))",
           "_error String", "_raw_message String"]


class ClickHouse:
    """One at a time in a process."""

    def __init__(self, folder: pathlib.Path):
        self._session = session.Session(str(folder))
        self._read_as: dict[str, str] = {}  # Kafka table → the settings of its format

    def close(self) -> None:
        self._session.close()

    def rows(self, sql: str) -> list[dict]:
        text = str(self._session.query(sql, "JSONEachRow"))
        return [json.loads(line) for line in text.splitlines()]

    def value(self, sql: str):
        (row,) = self.rows(sql)
        (value,) = row.values()
        return value

    def run(self, sql: str) -> None:
        self._session.query(sql)

    def run_schema(self, sql: str) -> None:
        for statement in statements(sql):
            if "ENGINE = Kafka" in statement:
                self._read_as[re.search(r"EXISTS (\S+)", statement)[1]] = format_settings(statement)
                statement = hand_fed(statement)
            self.run(statement)

    def declare_kafka_tables(self, sql: str) -> int:
        """How many; an exception if the engine does not know a setting or a value."""
        count = 0
        for statement in statements(sql):
            if "ENGINE = Kafka" not in statement:
                continue
            try:
                self.run(statement)
            except Exception as error:  # noqa: BLE001  chdb has no type for it
                if "Shutdown was called" not in str(error):  # the settings were read, polling cannot begin
                    raise
            count += 1
        return count

    def consume(self, table: str, message: str) -> None:
        """What the Kafka engine does with one message, by the settings of the statement."""
        name = f"telemetry.{table}_kafka"
        self.run(f"INSERT INTO {name} SETTINGS {self._read_as[name]} FORMAT JSONEachRow {message}")


def statements(sql: str) -> list[str]:
    return [statement for statement in (part.strip() for part in sql.split(";\n")) if statement]


def format_settings(statement: str) -> str:
    settings = statement[statement.index("SETTINGS ") + len("SETTINGS "):].split(",\n")
    return ", ".join(s.strip() for s in settings if not s.strip().startswith("kafka_"))


def hand_fed(statement: str) -> str:
    """The statement of a Kafka table as one of the same columns, and the virtual ones, that takes inserts."""
    body = statement[:statement.index("\n)\nENGINE = Kafka")]
    return body + ",\n" + ",\n".join(VIRTUAL) + "\n) ENGINE = Null"


def schema(*args: str) -> str:
    return subprocess.run([BINARY, "schema", *args], check=True, capture_output=True, text=True).stdout


def queries(page: pathlib.Path) -> dict[str, str]:
    """The SQL blocks of a document by the heading that they stand under."""
    found = re.findall(r"^### (.+?)\n(.*?)(?=^##|\Z)", page.read_text(), re.M | re.S)
    blocks = {heading: re.findall(r"```sql\n(.*?)```", text, re.S) for heading, text in found}
    return {heading: block[0] for heading, block in blocks.items() if block}
