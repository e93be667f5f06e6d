#include "app/schema_command.h"

#include <iostream>

#include "app/exit_code.h"
#include "app/json_schema.h"
#include "archive/parquet_schema.h"

namespace ntsp::app {
namespace {

std::string Statements(ClickHouseOptions options, const Config& config) {
  if (options.brokers.empty()) options.brokers = config.kafka.bootstrap_servers;
  options.topics = {config.node_topic, config.interface_topic, config.address_topic};
  return ClickHouseSchema(options);
}

std::string ParquetText() {
  std::string text;
  for (const Table table : kTables) {
    text += std::string(text.empty() ? "" : "\n") + "// " + std::string(TableName(table)) + "\n";
    text += archive::ParquetSchemaText(table);
  }
  return text;
}

std::string SchemaText(const SchemaOptions& options, const Config& config) {
  switch (options.kind) {
    case SchemaKind::kClickHouse:
      return Statements(options.clickhouse, config);
    case SchemaKind::kParquet:
      return ParquetText();
    case SchemaKind::kJson:
      return JsonSchema();
  }
  return "";
}

}  // namespace

int SchemaCommand(const SchemaOptions& options, const Config& config) {
  if (!IsClickHouseName(options.clickhouse.database)) {
    std::cerr << "--database " << options.clickhouse.database << ": must be letters, digits and '_'\n";
    return kUsage;
  }
  std::cout << SchemaText(options, config) << std::flush;
  return std::cout ? kDone : kFailed;
}

}  // namespace ntsp::app
