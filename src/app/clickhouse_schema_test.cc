#include "app/clickhouse_schema.h"

#include <gmock/gmock.h>

#include "app/clickhouse_column.h"
#include "app/doc_file_fake.h"

namespace ntsp::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const ClickHouseOptions kOptions = {.brokers = "kafka:9092",
                                    .topics = {"node-data", "interface-data", "address-data"}};

std::string TypeOf(Table table, std::string_view name) {
  return ClickHouseType(table, FindColumn(table, name));
}

TEST(ClickHouseColumn, what_may_be_absent_is_nullable_so_that_it_never_reads_as_zero) {
  EXPECT_EQ(TypeOf(Table::kInterface, "in_octets"), "Nullable(UInt64)");
  EXPECT_EQ(TypeOf(Table::kInterface, "oper_status"), "LowCardinality(Nullable(String))");
  EXPECT_EQ(TypeOf(Table::kInterface, "mac_address"), "Nullable(String)");
  EXPECT_EQ(TypeOf(Table::kNode, "cpu_percent"), "Nullable(Float64)");
  EXPECT_EQ(TypeOf(Table::kNode, "boot_time"), "Nullable(DateTime64(6, 'UTC'))");
}

TEST(ClickHouseColumn, what_is_always_there_is_not) {
  EXPECT_EQ(TypeOf(Table::kNode, "batch_id"), "UUID");
  EXPECT_EQ(TypeOf(Table::kNode, "record_index"), "UInt32");
  EXPECT_EQ(TypeOf(Table::kNode, "timestamp"), "DateTime64(6, 'UTC')");
  EXPECT_EQ(TypeOf(Table::kNode, "namespace"), "LowCardinality(String)");
  EXPECT_EQ(TypeOf(Table::kNode, "extra"), "Map(LowCardinality(String), String)");
  EXPECT_EQ(TypeOf(Table::kAddress, "family"), "UInt8");
}

TEST(ClickHouseColumn, a_text_literal_cannot_be_left) {
  EXPECT_EQ(ClickHouseText("it's"), "'it\\'s'");
  EXPECT_EQ(ClickHouseText("back\\slash"), "'back\\\\slash'");
}

TEST(ClickHouseSchema, names_brokers_topics_and_a_group_for_each_table) {
  ClickHouseOptions options = kOptions;
  options.group = "warehouse";
  const std::string text = ClickHouseSchema(options);
  EXPECT_THAT(text, HasSubstr("kafka_broker_list = 'kafka:9092'"));
  for (const std::string table : {"node", "interface", "address"}) {
    EXPECT_THAT(text, HasSubstr("kafka_topic_list = '" + table + "-data'"));
    EXPECT_THAT(text, HasSubstr("kafka_group_name = 'warehouse-" + table + "'"));
  }
}

TEST(ClickHouseSchema, rows_are_kept_for_ever_unless_days_are_given) {
  ClickHouseOptions options = kOptions;
  EXPECT_THAT(ClickHouseSchema(options), Not(HasSubstr("TTL")));
  options.ttl_days = 30;
  EXPECT_THAT(ClickHouseSchema(options), HasSubstr("TTL toDateTime(received_at) + INTERVAL 30 DAY"));
}

TEST(ClickHouseSchema, reading_begins_when_all_that_it_writes_to_is_there) {
  const std::string text = ClickHouseSchema(kOptions);
  const size_t first_reader = text.find("ENGINE = Kafka");
  for (const char* engine :
       {"ENGINE = ReplacingMergeTree", "ENGINE = AggregatingMergeTree", "_latest_writer"}) {
    EXPECT_LT(text.rfind(engine), first_reader) << engine;
  }
}

TEST(ClickHouseName, is_one_that_needs_no_quotes) {
  EXPECT_TRUE(IsClickHouseName("telemetry_2"));
  for (const char* name : {"", "2fast", "a-b", "a b", "a;drop"}) EXPECT_FALSE(IsClickHouseName(name)) << name;
}

// The statements that deploy/compose.yaml gives to ClickHouse.
TEST(ClickHouseSchema, of_the_compose_file_is_up_to_date) {
  ClickHouseOptions options = kOptions;
  options.ttl_days = 30;
  ExpectFile("deploy/clickhouse/telemetry.sql", ClickHouseSchema(options));
}

}  // namespace
}  // namespace ntsp::app
