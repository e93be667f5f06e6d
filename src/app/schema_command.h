// `ntsp schema clickhouse|parquet|json`
#pragma once

#include "app/clickhouse_schema.h"
#include "app/config.h"

namespace ntsp::app {

enum class SchemaKind { kClickHouse, kParquet, kJson };

struct SchemaOptions {
  SchemaKind kind = SchemaKind::kClickHouse;
  ClickHouseOptions clickhouse;  // without brokers: KAFKA_BOOTSTRAP_SERVERS; the topics are the settings'
};

// Prints the schema to stdout; the exit code.
int SchemaCommand(const SchemaOptions& options, const Config& config);

}  // namespace ntsp::app
