#include "model/record_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "model/record_json.h"

namespace ntsp {
namespace {

using testing::HasSubstr;

constexpr std::string_view kNodeRecord =
    R"({"batch_id":"b","record_index":1,"timestamp":"2024-01-02T03:04:05.000006Z",)"
    R"("received_at":"2024-01-02T03:04:06.000000Z","node_name":"leaf1","source_format":"eda")";

std::string NodeRecord(const std::string& members = "") {
  return std::string(kNodeRecord) + members + "}";
}

std::string Json(const Record& record) {
  Buffer out;
  AppendJson(record, out);
  return std::string(out.view());
}

std::vector<std::string> ReadAll(RecordReader& reader, Table table, const std::string& value) {
  std::vector<std::string> records;
  const auto result =
      reader.Read(table, value, [&](const Record& record) { records.push_back(Json(record)); });
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return records;
}

std::string Refusal(Table table, const std::string& value) {
  RecordReader reader;
  size_t visited = 0;
  const auto result = reader.Read(table, value, [&](const Record&) { ++visited; });
  EXPECT_EQ(visited, 0u) << value;
  if (result) return "accepted";
  EXPECT_EQ(result.error().kind, ErrorKind::kReject);
  return result.error().message;
}

TEST(RecordReader, reads_each_framing) {
  RecordReader reader;
  const std::string one = NodeRecord();
  const std::vector<std::string> two = {one, one};
  EXPECT_EQ(ReadAll(reader, Table::kNode, one), std::vector<std::string>{one});
  EXPECT_EQ(ReadAll(reader, Table::kNode, "[" + one + "," + one + "]"), two);
  EXPECT_EQ(ReadAll(reader, Table::kNode, one + "\n" + one + "\n"), two);
  EXPECT_EQ(ReadAll(reader, Table::kNode, one + one), two);
  EXPECT_EQ(ReadAll(reader, Table::kNode, "[]"), std::vector<std::string>{});
}

TEST(RecordReader, takes_keys_in_any_order_and_the_last_of_two) {
  RecordReader reader;
  const std::string other_order =
      R"({"source_format":"eda","node_name":"x","record_index":1,"received_at":"2024-01-02T03:04:06.000000Z",)"
      R"("batch_id":"b","node_name":"leaf1","timestamp":"2024-01-02T03:04:05.000006Z"})";
  EXPECT_EQ(ReadAll(reader, Table::kNode, other_order), std::vector<std::string>{NodeRecord()});
}

TEST(RecordReader, ignores_and_counts_keys_that_a_newer_writer_may_have) {
  RecordReader reader;
  EXPECT_EQ(ReadAll(reader, Table::kNode, NodeRecord(R"(,"new":{"a":[1]},"newer":1)")),
            std::vector<std::string>{NodeRecord()});
  EXPECT_EQ(reader.ignored_keys(), 2u);
}

TEST(RecordReader, refuses_a_record_without_a_required_column_by_its_name) {
  EXPECT_THAT(Refusal(Table::kNode, "{}"), HasSubstr("no batch_id"));
  EXPECT_THAT(Refusal(Table::kInterface, NodeRecord()), HasSubstr("no interface_name"));
}

TEST(RecordReader, refuses_a_wrong_type_by_the_name_of_the_column) {
  const auto refusal = [](const std::string& member) {
    return Refusal(Table::kNode, NodeRecord("," + member));
  };
  EXPECT_THAT(refusal(R"("uptime_seconds":"5")"), HasSubstr("uptime_seconds"));
  EXPECT_THAT(refusal(R"("uptime_seconds":-5)"), HasSubstr("uptime_seconds"));
  EXPECT_THAT(refusal(R"("uptime_seconds":5.0)"), HasSubstr("uptime_seconds"));
  EXPECT_THAT(refusal(R"("uptime_seconds":18446744073709551616)"), HasSubstr("uptime_seconds"));
  EXPECT_THAT(refusal(R"("hostname":5)"), HasSubstr("hostname"));
  EXPECT_THAT(refusal(R"("hostname":null)"), HasSubstr("hostname"));
  EXPECT_THAT(refusal(R"("boot_time":"yesterday")"), HasSubstr("boot_time"));
  EXPECT_THAT(refusal(R"("boot_time":5)"), HasSubstr("boot_time"));
  EXPECT_THAT(refusal(R"("cpu_percent":"5")"), HasSubstr("cpu_percent"));
  EXPECT_THAT(refusal(R"("deleted":1)"), HasSubstr("deleted"));
  EXPECT_THAT(refusal(R"("extra":[])"), HasSubstr("extra"));
  EXPECT_THAT(refusal(R"("extra":{"a":1})"), HasSubstr("extra"));
}

TEST(RecordReader, shows_nothing_of_a_value_that_is_bad_anywhere) {
  EXPECT_THAT(Refusal(Table::kNode, NodeRecord() + "\n{}"), HasSubstr("record 1"));
  EXPECT_THAT(Refusal(Table::kNode, NodeRecord() + "\n{"), HasSubstr("not JSON"));
  EXPECT_THAT(Refusal(Table::kNode, "[" + NodeRecord() + ",5]"), HasSubstr("element 1"));
  EXPECT_THAT(Refusal(Table::kNode, ""), HasSubstr("not JSON"));
  EXPECT_THAT(Refusal(Table::kNode, NodeRecord().substr(0, 40)), HasSubstr("not JSON"));
}

// Random records with everything that is hard in them. Texts live in `texts`.
class RandomRecords {
 public:
  Record Next(Table table) {
    Record record;
    record.Reset(table);
    const auto columns = Columns(table);
    for (ColumnIndex c = 0; c < columns.size(); ++c) {
      if (columns[c].required || random_() % 2 == 0) Fill(record, c, columns[c].type);
    }
    return record;
  }

 private:
  void Fill(Record& record, ColumnIndex c, ColumnType type) {
    switch (type) {
      case ColumnType::kText:
        return record.Set(c, Text());
      case ColumnType::kUint:
        return record.Set(c, Number());
      case ColumnType::kDouble:
        return record.Set(c, Real());
      case ColumnType::kBool:
        return record.Set(c, uint64_t{1});
      case ColumnType::kTime:
        return record.Set(c, Time());
      case ColumnType::kMap:
        return record.SetExtra(Map());
    }
  }

  std::string_view Text() {
    static const std::vector<std::string> kPieces = {
        "a",        "ethernet-1/1",     "\"",          "\\",      "\n", std::string(1, '\0'), "\x1f", "\x7f",
        "\xc3\xa9", "\xf0\x9f\x98\x80", "{\"a\":[1]}", "\\u0041", " ",  "0123456789abcdef"};
    std::string text;
    for (size_t i = random_() % 5; i > 0; --i) text += kPieces[random_() % kPieces.size()];
    return texts_.emplace_back(std::move(text));
  }
  uint64_t Number() {
    const uint64_t any = uint64_t{random_()} << 32 | random_();
    const uint64_t choices[] = {
        0, 1, std::numeric_limits<uint64_t>::max(), uint64_t{1} << 63, any, any >> random_() % 64};
    return choices[random_() % std::size(choices)];
  }
  double Real() {
    const double choices[] = {
        0, -0.0, 0.1, 1e-308, 5e-324, 1.7976931348623157e308, 100, static_cast<double>(Number()) / 7};
    return choices[random_() % std::size(choices)];
  }
  Timestamp Time() {
    const auto span = static_cast<uint64_t>(kLatest.micros - kEarliest.micros);
    const Timestamp choices[] = {kEarliest,
                                 kLatest,
                                 {0},
                                 {1'700'000'000'000'001},
                                 {kEarliest.micros + static_cast<int64_t>(Number() % span)}};
    return choices[random_() % std::size(choices)];
  }
  std::span<const Extra> Map() {
    auto& map = maps_.emplace_back();
    for (size_t i = random_() % 4; i > 0; --i) {
      const std::string_view name = Text();
      map.push_back({name, Text()});
    }
    return map;
  }

  std::mt19937 random_{7};
  std::deque<std::string> texts_;
  std::deque<std::vector<Extra>> maps_;
};

enum class Framing { kArray, kLines, kConcatenated };

std::string Frame(const std::vector<Record>& records, Framing framing) {
  std::string value = framing == Framing::kArray ? "[" : "";
  for (const Record& record : records) {
    if (framing == Framing::kArray && &record != &records.front()) value += ',';
    value += Json(record);
    if (framing == Framing::kLines) value += '\n';
  }
  return framing == Framing::kArray ? value + "]" : value;
}

TEST(RecordReader, what_was_written_reads_back_the_same_in_every_framing) {
  RandomRecords make;
  RecordReader reader;
  for (int round = 0; round < 300; ++round) {
    for (const Table table : kTables) {
      std::vector<Record> records;
      for (int i = 0; i <= round % 6; ++i) records.push_back(make.Next(table));
      for (const Framing framing : {Framing::kArray, Framing::kLines, Framing::kConcatenated}) {
        const std::string value = Frame(records, framing);
        std::vector<Record> read;
        const auto result = reader.Read(table, value, [&](const Record& record) {
          ASSERT_LT(read.size(), records.size());
          EXPECT_TRUE(SameRow(record, records[read.size()]));
          EXPECT_EQ(Json(record), Json(records[read.size()]));
          read.push_back(record);
        });
        ASSERT_TRUE(result) << result.error().message << "\n" << value;
        EXPECT_EQ(read.size(), records.size());
      }
    }
  }
  EXPECT_EQ(reader.ignored_keys(), 0u);
}

TEST(SameRow, sees_each_difference) {
  Record a, b;
  a.Reset(Table::kNode);
  b.Reset(Table::kNode);
  EXPECT_TRUE(SameRow(a, b));
  a.Set(column::kNodeName, std::string_view(""));
  EXPECT_FALSE(SameRow(a, b)) << "absent is not empty";
  b.Set(column::kNodeName, std::string_view("x"));
  EXPECT_FALSE(SameRow(a, b));
  a.Set(column::kNodeName, std::string_view("x"));
  EXPECT_TRUE(SameRow(a, b));
  const Extra one[] = {{"a", "1"}, {"b", "2"}}, other[] = {{"b", "2"}, {"a", "1"}};
  a.SetExtra(one);
  b.SetExtra(other);
  EXPECT_FALSE(SameRow(a, b)) << "order counts";
  b.Reset(Table::kInterface);
  a.Reset(Table::kNode);
  EXPECT_FALSE(SameRow(a, b));
}

}  // namespace
}  // namespace ntsp
