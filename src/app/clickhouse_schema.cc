#include "app/clickhouse_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "app/clickhouse_column.h"
#include "app/clickhouse_rate.h"

namespace ntsp::app {
namespace {

using Views = std::span<const std::string_view>;

// What an object of a table is known by.
Views Identity(Table table) {
  static constexpr std::array<std::string_view, 2> kNode = {"node_name", "namespace"};
  static constexpr std::array<std::string_view, 4> kInterface = {"node_name", "namespace", "interface_name",
                                                                 "subinterface_index"};
  static constexpr std::array<std::string_view, 5> kAddress = {"node_name", "namespace", "interface_name",
                                                               "subinterface_index", "ip_address"};
  switch (table) {
    case Table::kNode:
      return kNode;
    case Table::kInterface:
      return kInterface;
    case Table::kAddress:
      return kAddress;
  }
  return {};
}

// The columns whose latest value the latest states keep, beside the identity.
std::vector<ColumnIndex> StateColumns(Table table) {
  std::vector<ColumnIndex> state = {column::kDeleted};
  const Views identity = Identity(table);
  for (size_t c = column::kCommonCount; c < Columns(table).size(); ++c) {
    if (std::find(identity.begin(), identity.end(), Columns(table)[c].name) == identity.end())
      state.push_back(static_cast<ColumnIndex>(c));
  }
  return state;
}

class Writer {
 public:
  explicit Writer(const ClickHouseOptions& options) : options_(options) {}

  std::string Write() && {
    Add("CREATE DATABASE IF NOT EXISTS {}", options_.database);
    for (const Table table : kTables) AddRecords(table);
    for (const Table table : kTables) AddLatest(table);
    Add("{}", ClickHouseRateView(options_.database));
    AddUnreadable();
    // Last: reading begins as soon as there is something to write to.
    for (const Table table : kTables) AddReader(table);
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void Add(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), form, std::forward<Args>(args)...);
    out_ += ";\n\n";
  }

  std::string Name(Table table, std::string_view suffix = "") const {
    return fmt::format("{}.{}{}", options_.database, TableName(table), suffix);
  }

  std::string Ttl(std::string_view column) const {
    if (options_.ttl_days == 0) return "";
    return fmt::format("\nTTL toDateTime({}) + INTERVAL {} DAY", column, options_.ttl_days);
  }

  // Rows leave with their whole day, so no file is written anew for them.
  std::string_view TtlSettings() const {
    return options_.ttl_days == 0 ? "" : "\nSETTINGS ttl_only_drop_parts = 1";
  }

  static std::string ColumnList(Table table, bool codecs) {
    std::string text;
    for (size_t i = 0; i < Columns(table).size(); ++i) {
      const auto c = static_cast<ColumnIndex>(i);
      text += fmt::format("{}    {} {}{}", i == 0 ? "" : ",\n", Columns(table)[i].name,
                          ClickHouseType(table, c), codecs ? ClickHouseCodec(table, c) : "");
    }
    return text;
  }

  static std::string ColumnNames(Table table) {
    std::string text;
    for (const Column& column : Columns(table))
      text += fmt::format("{}{}", text.empty() ? "" : ", ", column.name);
    return text;
  }

  // Partitioned like the archive's objects (dt=): a device whose clock is far off cannot make a thousand
  // partitions. A partition's file of limits holds both times, so that either prunes.
  void AddRecords(Table table) {
    const std::string_view object = table == Table::kNode ? "node_name" : "node_name, interface_name";
    Add("CREATE TABLE IF NOT EXISTS {}\n(\n{}\n)\n"
        "ENGINE = ReplacingMergeTree\n"
        "PARTITION BY toDate(if(timestamp BETWEEN received_at - INTERVAL 24 HOUR AND received_at + INTERVAL "
        "1 HOUR, "
        "timestamp, received_at))\n"
        "ORDER BY ({}, timestamp, batch_id, record_index){}{}",
        Name(table), ColumnList(table, true), object, Ttl("received_at"), TtlSettings());
  }

  static std::string LatestColumns(Table table) {
    std::string text;
    for (const std::string_view name : Identity(table))
      text += fmt::format("    {} {},\n", name, ClickHouseType(table, FindColumn(table, name)));
    text += "    last_seen SimpleAggregateFunction(max, DateTime64(6, 'UTC'))";
    for (const ColumnIndex c : StateColumns(table)) {
      text += fmt::format(",\n    {} AggregateFunction(argMax, {}, Tuple(DateTime64(6, 'UTC'), UInt32))",
                          Columns(table)[c].name, ClickHouseType(table, c));
    }
    return text;
  }

  // Of one moment, the later record of the message counts: "deleted, then updated" in one notification is a
  // replacement.
  static std::string LatestStates(Table table) {
    std::string text;
    for (const ColumnIndex c : StateColumns(table)) {
      text += fmt::format(",\n    argMaxState(r.{0}, (r.timestamp, r.record_index)) AS {0}",
                          Columns(table)[c].name);
    }
    return text;
  }

  static std::string LatestValues(Table table) {
    std::string text;
    for (const ColumnIndex c : StateColumns(table)) {
      if (c != column::kDeleted)
        text += fmt::format(",\n    argMaxMerge(l.{0}) AS {0}", Columns(table)[c].name);
    }
    return text;
  }

  // No TTL here: it is one row an object, and a leaf that is reported on change only may be old and right.
  void AddLatest(Table table) {
    const std::string keys = fmt::format("{}", fmt::join(Identity(table), ", "));
    const std::string latest = Name(table, "_latest");
    Add("CREATE TABLE IF NOT EXISTS {}\n(\n{}\n)\nENGINE = AggregatingMergeTree\nORDER BY ({})\n"
        "SETTINGS allow_nullable_key = 1",
        latest, LatestColumns(table), keys);
    Add("CREATE MATERIALIZED VIEW IF NOT EXISTS {0}_writer TO {0} AS\nSELECT {1},\n    max(r.timestamp) AS "
        "last_seen{2}\n"
        "FROM {3} AS r\nGROUP BY {1}",
        latest, keys, LatestStates(table), Name(table));
    Add("CREATE VIEW IF NOT EXISTS {} AS\nSELECT {},\n    max(l.last_seen) AS last_seen{}\nFROM {} AS "
        "l\nGROUP BY {}\n"
        "HAVING NOT argMaxMerge(l.deleted)",
        Name(table, "_now"), keys, LatestValues(table), latest, keys);
  }

  void AddUnreadable() {
    Add("CREATE TABLE IF NOT EXISTS {}.unreadable\n(\n"
        "    topic LowCardinality(String),\n    partition UInt64,\n    offset UInt64,\n"
        "    received_at DateTime64(3, 'UTC'),\n    error String,\n    message String\n)\n"
        "ENGINE = ReplacingMergeTree\nORDER BY (topic, partition, offset){}",
        options_.database, Ttl("received_at"));
  }

  void AddReader(Table table) {
    Add("CREATE TABLE IF NOT EXISTS {}\n(\n{}\n)\nENGINE = Kafka\n"
        "SETTINGS kafka_broker_list = {},\n    kafka_topic_list = {},\n    kafka_group_name = {},\n"
        "    kafka_format = 'JSONEachRow',\n    kafka_num_consumers = {},\n"
        "    kafka_handle_error_mode = 'stream',\n    date_time_input_format = 'best_effort',\n    "
        "input_format_skip_unknown_fields = 1",
        Name(table, "_kafka"), ColumnList(table, false), ClickHouseText(options_.brokers),
        ClickHouseText(options_.topics[static_cast<size_t>(table)]),
        ClickHouseText(fmt::format("{}-{}", options_.group, TableName(table))), options_.consumers);
    Add("CREATE MATERIALIZED VIEW IF NOT EXISTS {} TO {}.unreadable AS\n"
        "SELECT _topic AS topic, _partition AS partition, _offset AS offset,\n"
        "    ifNull(_timestamp_ms, now64(3)) AS received_at, _error AS error, _raw_message AS message\n"
        "FROM {}\nWHERE _error != ''",
        Name(table, "_unreadable_reader"), options_.database, Name(table, "_kafka"));
    Add("CREATE MATERIALIZED VIEW IF NOT EXISTS {} TO {} AS\nSELECT {}\nFROM {}\nWHERE _error = ''",
        Name(table, "_reader"), Name(table), ColumnNames(table), Name(table, "_kafka"));
  }

  const ClickHouseOptions& options_;
  std::string out_;
};

}  // namespace

bool IsClickHouseName(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || digit(c); });
}

std::string ClickHouseSchema(const ClickHouseOptions& options) {
  return Writer(options).Write();
}

}  // namespace ntsp::app
