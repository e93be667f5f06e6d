#include "archive/parquet_schema.h"

#include <gmock/gmock.h>

namespace ntsp::archive {
namespace {

using ::testing::HasSubstr;

TEST(ParquetSchema, has_every_column_and_says_which_may_be_absent) {
  for (const Table table : kTables) {
    const std::string text = ParquetSchemaText(table);
    for (const Column& column : Columns(table)) {
      EXPECT_THAT(text, HasSubstr("field_id=-1 " + std::string(column.name))) << text;
    }
    EXPECT_THAT(text, HasSubstr("required binary field_id=-1 node_name (String)"));
  }
}

TEST(ParquetSchema, counters_have_no_sign) {
  EXPECT_THAT(ParquetSchemaText(Table::kInterface),
              HasSubstr("in_octets (Int(bitWidth=64, isSigned=false))"));
}

}  // namespace
}  // namespace ntsp::archive
