#include "archive/object_key.h"

#include <gtest/gtest.h>

namespace ntsp::archive {
namespace {

Timestamp At(const char* text) {
  return *ParseRfc3339(text);
}

ObjectName Name(const std::string& topic) {
  return {{topic, {7}}, {12}, {3456}, Timestamp::FromMillis(1'763'900'000'123)};
}

TEST(ObjectKey, has_the_form_that_readers_rely_on) {
  EXPECT_EQ(ObjectKey("processed", Table::kInterface, ToDateHour(At("2026-01-02T03:59:59.999999Z")),
                      Name("interface-data")),
            "processed/interface/dt=2026-01-02/hour=03/"
            "interface-data-7-00000000000000000012-00000000000000003456-1763900000123.parquet");
}

TEST(ObjectKey, has_no_empty_folder_without_a_prefix) {
  EXPECT_EQ(DayPrefix("", Table::kNode, At("2026-01-02T03:00:00Z")), "node/dt=2026-01-02/");
  EXPECT_EQ(TablePrefix("a/b", Table::kAddress), "a/b/address/");
}

TEST(ObjectKey, is_parsed_back_also_for_topics_with_dashes_dots_and_digits) {
  for (const char* topic : {"node-data", "a.b-c_d", "x-1", "-", "12"}) {
    const auto name = ParseObjectKey(ObjectKey("p", Table::kNode, ToDateHour({}), Name(topic)));
    ASSERT_TRUE(name) << topic;
    EXPECT_EQ(*name, Name(topic));
  }
}

TEST(ObjectKey, of_something_else_is_nothing) {
  for (const char* key :
       {"", "x", "p/node/readme.txt", "p/.parquet", "p/node-data-7-1-2.parquet", "p/-7-1-2-3.parquet",
        "p/t-7-5-5-1.parquet", "p/t-7-9-5-1.parquet", "p/t-a-1-5-1.parquet", "p/t-7-1-5-.parquet"}) {
    EXPECT_FALSE(ParseObjectKey(key)) << key;
  }
}

TEST(ObjectKey, of_a_message_without_timestamp_can_be_parsed) {
  ObjectName name = Name("t");
  name.first = Timestamp::FromMillis(-1);
  EXPECT_TRUE(ParseObjectKey(ObjectKey("p", Table::kNode, ToDateHour({}), name)));
}

TEST(RowHour, is_the_hour_of_the_event) {
  EXPECT_EQ(RowHour(At("2026-01-02T03:10:00Z"), At("2026-01-02T04:00:00Z")),
            ToDateHour(At("2026-01-02T03:00:00Z")));
}

TEST(RowHour, is_the_hour_of_arrival_for_clocks_that_are_more_than_a_day_behind_or_an_hour_ahead) {
  const Timestamp received = At("2026-01-02T12:00:00Z");
  EXPECT_EQ(RowHour(At("2026-01-01T12:00:00Z"), received), ToDateHour(At("2026-01-01T12:00:00Z")));
  EXPECT_EQ(RowHour(At("2026-01-01T11:59:59.999999Z"), received), ToDateHour(received));
  EXPECT_EQ(RowHour(At("2026-01-02T13:00:00Z"), received), ToDateHour(At("2026-01-02T13:00:00Z")));
  EXPECT_EQ(RowHour(At("2026-01-02T13:00:00.000001Z"), received), ToDateHour(received));
}

}  // namespace
}  // namespace ntsp::archive
