#include "app/json_schema.h"

#include <gmock/gmock.h>

#include "model/column.h"

namespace ntsp::app {
namespace {

using ::testing::HasSubstr;

TEST(JsonSchema, has_every_column_of_every_table) {
  const std::string text = JsonSchema();
  for (const Table table : kTables) {
    EXPECT_THAT(text, HasSubstr("\"" + std::string(TableName(table)) + "\":{\"type\":\"object\""));
    for (const Column& column : Columns(table))
      EXPECT_THAT(text, HasSubstr("\n\"" + std::string(column.name) + "\":{"));
  }
}

TEST(JsonSchema, knows_how_large_a_counter_can_be) {
  EXPECT_THAT(JsonSchema(), HasSubstr("\"maximum\":18446744073709551615"));
}

}  // namespace
}  // namespace ntsp::app
