#include "model/record_json.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace ntsp {
namespace {

constexpr auto kInterfaceName = ColumnOf(Table::kInterface, "interface_name");
constexpr auto kInOctets = ColumnOf(Table::kInterface, "in_octets");
constexpr auto kLastChange = ColumnOf(Table::kInterface, "last_change");
constexpr auto kCpu = ColumnOf(Table::kNode, "cpu_percent");

std::string Json(const Record& record) {
  Buffer out;
  AppendJson(record, out);
  return std::string(out.view());
}

std::string JsonString(std::string_view text) {
  Buffer out;
  AppendJsonString(text, out);
  return std::string(out.view());
}

Record InterfaceRecord() {
  Record record;
  record.Reset(Table::kInterface);
  return record;
}

TEST(RecordJson, writes_columns_in_the_order_of_the_table_whatever_the_order_of_setting) {
  Record record = InterfaceRecord();
  record.Set(kInOctets, std::numeric_limits<uint64_t>::max());
  record.Set(kInterfaceName, std::string_view("ethernet-1/1"));
  record.Set(column::kBatchId, std::string_view("b"));
  record.Set(column::kRecordIndex, uint64_t{0});
  EXPECT_EQ(
      Json(record),
      R"({"batch_id":"b","record_index":0,"interface_name":"ethernet-1/1","in_octets":18446744073709551615})");
}

TEST(RecordJson, an_absent_column_has_no_key_and_an_empty_text_is_not_absent) {
  Record record = InterfaceRecord();
  EXPECT_EQ(Json(record), "{}");
  record.Set(column::kNodeName, std::string_view(""));
  EXPECT_EQ(Json(record), R"({"node_name":""})");
}

TEST(RecordJson, times_have_microseconds_and_z) {
  Record record = InterfaceRecord();
  record.Set(kLastChange, Timestamp{1'700'000'000'123'456});
  EXPECT_EQ(Json(record), R"({"last_change":"2023-11-14T22:13:20.123456Z"})");
}

TEST(RecordJson, deleted_is_a_boolean) {
  Record record = InterfaceRecord();
  record.Set(column::kDeleted, uint64_t{1});
  EXPECT_EQ(Json(record), R"({"deleted":true})");
}

TEST(RecordJson, extra_is_an_object_in_the_given_order) {
  const Extra extra[] = {{"z", "1"}, {"a\"", "x\ny"}};
  Record record = InterfaceRecord();
  record.SetExtra(extra);
  EXPECT_EQ(Json(record), R"({"extra":{"z":"1","a\"":"x\ny"}})");
  record.SetExtra({});
  EXPECT_EQ(Json(record), R"({"extra":{}})");
}

TEST(RecordJson, doubles_are_the_shortest_text_that_reads_back_and_what_json_cannot_say_is_left_out) {
  Record record;
  record.Reset(Table::kNode);
  record.Set(kCpu, 0.1);
  EXPECT_EQ(Json(record), R"({"cpu_percent":0.1})");
  record.Set(kCpu, 1e300);
  EXPECT_EQ(Json(record), R"({"cpu_percent":1e+300})");
  record.Set(kCpu, std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(Json(record), "{}");
  record.Set(kCpu, std::numeric_limits<double>::infinity());
  EXPECT_EQ(Json(record), "{}");
}

TEST(RecordJson, escapes_what_must_be_escaped_and_nothing_else) {
  EXPECT_EQ(JsonString("plain/text"), R"("plain/text")");
  EXPECT_EQ(JsonString("\"\\\b\f\n\r\t\x01\x1f"), R"("\"\\\b\f\n\r\t\u0001\u001f")");
  EXPECT_EQ(JsonString("\x7f\xc3\xa9\xf0\x9f\x98\x80"), "\"\x7f\xc3\xa9\xf0\x9f\x98\x80\"");
  EXPECT_EQ(JsonString({"\0", 1}), R"("\u0000")");
  EXPECT_EQ(JsonString(""), R"("")");
}

TEST(RecordJson, finds_what_needs_an_escape_at_any_place_of_a_text_of_any_length) {
  for (size_t size = 1; size < 40; ++size) {
    for (size_t at = 0; at < size; ++at) {
      for (const char bad : {'"', '\\', '\x1f', '\0'}) {
        std::string text(size, '\xc3');
        text[at] = bad;
        EXPECT_GT(JsonString(text).size(), size + 2) << size << " " << at;
      }
    }
    EXPECT_EQ(JsonString(std::string(size, '\xff')).size(), size + 2);
  }
}

TEST(RecordJson, a_long_text_of_nothing_but_escapes_fits) {
  EXPECT_EQ(JsonString(std::string(100'000, '\x02')).size(), 600'002u);
}

// Records that share all, some or none of the columns that are copied from the record before.
TEST(RecordJson, one_behind_the_other_they_read_as_each_alone) {
  RecordJson writer;
  Buffer together;
  std::string alone;
  std::vector<Record> records;
  for (unsigned i = 0; i < 64; ++i) {
    Record& record = records.emplace_back(InterfaceRecord());
    record.Set(column::kBatchId, std::string_view((i & 1) != 0 ? "b1" : "b2"));
    record.Set(column::kRecordIndex, uint64_t{i});
    record.Set(column::kTimestamp, Timestamp{(i & 2) != 0 ? 1'700'000'000'123'456 : 1'700'000'000'123'457});
    if ((i & 4) != 0) record.Set(column::kReceivedAt, Timestamp{1'700'000'001'000'000});
    record.Set(column::kNodeName, std::string_view((i & 8) != 0 ? "leaf\"1" : "leaf2"));
    if ((i & 16) != 0) record.Set(column::kNamespace, std::string_view("fabric"));
    record.Set(column::kSourceFormat, std::string_view((i & 32) != 0 ? "eda" : "telegraf"));
    if (i % 3 == 0) record.Set(kLastChange, Timestamp{1'700'000'000'123'456});
  }
  for (const unsigned step : {1u, 2u, 4u, 8u, 16u, 32u}) {
    for (unsigned i = 0; i < 64; ++i) {
      for (const Record* record : {&records[i], &records[i], &records[i ^ step]}) {
        writer.Append(*record, together);
        alone += Json(*record);
      }
    }
  }
  EXPECT_EQ(together.view(), alone);
}

}  // namespace
}  // namespace ntsp
