#include "archive/partition_check.h"

#include <gmock/gmock.h>

#include <set>

#include "archive/memory_store_fake.h"
#include "archive/parquet_file.h"
#include "archive/window.h"
#include "base/uuid.h"
#include "kafka/log_reader_fake.h"
#include "model/record_json.h"

namespace ntsp::archive {
namespace {

using testing::HasSubstr;

// Message n holds two rows, "n/0" and "n/1", of the second n of the hour; windows are written as the archive
// writes them.
class PartitionCheckTest : public testing::Test {
 protected:
  const TopicPartition partition_{"node-data", {3}};
  const Timestamp begin_ = *ParseRfc3339("2026-11-23T15:00:00Z");

  Record Row(int64_t message, uint64_t index) {
    Record row;
    row.Reset(Table::kNode);
    batch_ = UrlUuid("message " + std::to_string(message));
    node_ = "node" + std::to_string(message % 3);
    row.Set(column::kBatchId, View(batch_));
    row.Set(column::kRecordIndex, index);
    row.Set(column::kTimestamp, Time(message));
    row.Set(column::kReceivedAt, Time(message));
    row.Set(column::kNodeName, node_);
    row.Set(column::kSourceFormat, "eda");
    return row;
  }
  Timestamp Time(int64_t message) const { return {begin_.micros + message * 1'000'000}; }

  void Produce(int64_t count) {
    for (int64_t i = 0; i < count; ++i) {
      const int64_t message = log_.highs[partition_].value;
      Buffer json;
      for (const uint64_t index : {0, 1}) {
        AppendJson(Row(message, index), json);
        json.Append('\n');
      }
      log_.Append(partition_, {{}, Time(message), {}, std::string(json.view()), {}});
    }
  }

  using Change = std::function<void(Window&)>;
  // The objects of the window [start, end); `change` adds what does not belong there.
  void Archive(
      int64_t start, int64_t end, const Change& change = [](Window&) {}) {
    Window window(Table::kNode, partition_, ParquetFiles({}));
    for (int64_t message = start; message < end; ++message) {
      for (const uint64_t index : {0, 1}) {
        const Record row = Row(message, index);
        if (leave_out_.contains({message, index})) continue;
        ASSERT_TRUE(window.Append(row));
      }
    }
    change(window);
    auto objects = std::move(window).Finish("p", {{start}, {end}, Time(start)});
    ASSERT_TRUE(objects);
    for (const Object& object : *objects) ASSERT_TRUE(store_.Put(object.key, object.bytes));
  }

  PartitionReport Check(std::optional<int64_t> position, std::optional<Timestamp> since = {}) {
    std::vector<ArchivedObject> objects;
    for (const auto& [key, bytes] : store_.objects()) objects.push_back({key, *ParseObjectKey(key)});
    std::optional<Offset> committed;
    if (position) committed = Offset{*position};
    PartitionCheck check({.partition = partition_,
                          .table = Table::kNode,
                          .prefix = "p",
                          .since = since,
                          .memory_bytes = 1 << 16,
                          .temporary_folder = testing::TempDir()},
                         {log_, store_, differences_}, std::move(objects), committed);
    const auto report = check.Run();
    EXPECT_TRUE(report) << report.error().message;
    return *report;
  }

  void ExpectOnly(Difference kind, uint64_t count) {
    EXPECT_EQ(differences_.count(kind), count) << differences_.Text();
    EXPECT_EQ(differences_.total(), count) << differences_.Text();
  }

  kafka::FakeLogReader log_;
  MemoryStore store_;
  Differences differences_{10};
  std::set<std::pair<int64_t, uint64_t>> leave_out_;
  UuidText batch_{};
  std::string node_;
};

TEST_F(PartitionCheckTest, rows_that_are_archived_once_are_well_and_counted) {
  Produce(30);
  Archive(0, 10);
  Archive(10, 25);
  const PartitionReport report = Check(25);
  EXPECT_EQ(differences_.total(), 0u) << differences_.Text();
  EXPECT_EQ(report.messages, 25u);
  EXPECT_EQ(report.rows, 50u);
  EXPECT_EQ(report.objects, 2u);
  EXPECT_EQ(report.high.value - report.archived.value, 5) << "not archived yet, and no loss";
}

TEST_F(PartitionCheckTest, many_more_rows_than_the_memory_holds_are_compared) {
  Produce(6000);
  Archive(0, 6000);
  EXPECT_EQ(Check(6000).rows, 12'000u);
  EXPECT_EQ(differences_.total(), 0u) << differences_.Text();
}

TEST_F(PartitionCheckTest, a_window_without_objects_is_a_missing_range) {
  Produce(30);
  Archive(0, 10);
  Archive(20, 30);
  Check(30);
  ExpectOnly(Difference::kMissingRange, 20);
  EXPECT_THAT(differences_.Text(), HasSubstr("node-data/3: 20 rows at offsets [10, 20)"));
}

TEST_F(PartitionCheckTest, a_row_that_its_window_lacks_is_missing) {
  Produce(10);
  leave_out_ = {{4, 1}};
  Archive(0, 10);
  Check(10);
  ExpectOnly(Difference::kMissingRow, 1);
  EXPECT_THAT(differences_.Text(), HasSubstr("batch_id " + std::string(View(UrlUuid("message 4"))) +
                                             " record_index 1 of offset 4"));
}

TEST_F(PartitionCheckTest, a_row_that_stands_twice_in_an_object_is_told) {
  Produce(10);
  Archive(0, 10, [&](Window& window) { ASSERT_TRUE(window.Append(Row(3, 0))); });
  Check(10);
  ExpectOnly(Difference::kRepeatedInObject, 1);
}

TEST_F(PartitionCheckTest, a_row_with_another_value_is_told) {
  Produce(10);
  leave_out_ = {{4, 1}};
  Archive(0, 10, [&](Window& window) {
    Record row = Row(4, 1);
    row.Set(column::kNamespace, "other");
    ASSERT_TRUE(window.Append(row));
  });
  Check(10);
  ExpectOnly(Difference::kChangedRow, 1);
}

TEST_F(PartitionCheckTest, a_row_in_the_object_of_other_offsets_is_told) {
  Produce(20);
  leave_out_ = {{4, 1}};
  Archive(0, 10);
  Archive(10, 20, [&](Window& window) { ASSERT_TRUE(window.Append(Row(4, 1))); });
  Check(20);
  ExpectOnly(Difference::kMisplacedRow, 1);
}

TEST_F(PartitionCheckTest, a_row_that_the_topic_does_not_have_is_foreign) {
  Produce(10);
  Archive(0, 10, [&](Window& window) { ASSERT_TRUE(window.Append(Row(99, 0))); });
  Check(10);
  ExpectOnly(Difference::kForeignRow, 1);
}

TEST_F(PartitionCheckTest, a_message_that_was_published_twice_is_told_although_the_archive_agrees) {
  Produce(10);
  log_.logs[partition_][9].value = log_.logs[partition_][2].value;
  leave_out_ = {{9, 0}, {9, 1}};
  Archive(0, 10, [&](Window& window) {
    for (const uint64_t index : {0, 1}) ASSERT_TRUE(window.Append(Row(2, index)));
  });
  Check(10);
  ExpectOnly(Difference::kRepeatedInTopic, 2);
  EXPECT_THAT(differences_.Text(), HasSubstr("at offsets 2 and 9"));
}

TEST_F(PartitionCheckTest, an_object_in_the_folder_of_another_hour_is_told_for_each_row) {
  Produce(10);
  Archive(0, 10);
  const auto [key, bytes] = *store_.objects().begin();
  ASSERT_TRUE(store_.Remove(key));
  std::string other = key;
  other.replace(other.find("hour=15"), 7, "hour=16");
  ASSERT_TRUE(store_.Put(other, bytes));
  Check(10);
  ExpectOnly(Difference::kWrongFolder, 20);
}

TEST_F(PartitionCheckTest, an_object_that_is_no_file_of_ours_is_told_and_its_rows_are_missing) {
  Produce(10);
  Archive(0, 10);
  ASSERT_TRUE(store_.Put(store_.objects().begin()->first, "something else"));
  Check(10);
  EXPECT_EQ(differences_.count(Difference::kUnreadable), 1u);
  EXPECT_EQ(differences_.count(Difference::kMissingRow), 20u);
}

TEST_F(PartitionCheckTest, what_retention_took_from_the_topic_is_not_held_against_the_archive) {
  Produce(30);
  Archive(0, 10);
  Archive(10, 30);
  log_.DeleteBefore(partition_, {15});
  const PartitionReport report = Check(30);
  EXPECT_EQ(differences_.total(), 0u) << differences_.Text();
  EXPECT_EQ(report.objects_names_only, 1u);
  EXPECT_EQ(report.rows_unchecked, 10u);
}

TEST_F(PartitionCheckTest, from_a_time_on_only_what_is_later_is_compared) {
  Produce(30);
  Archive(0, 10);
  Archive(20, 30);
  const PartitionReport report = Check(30, Time(20));
  EXPECT_EQ(differences_.total(), 0u) << differences_.Text();
  EXPECT_EQ(report.from, Offset{20});
  EXPECT_EQ(report.rows, 20u);
}

TEST_F(PartitionCheckTest, without_a_position_the_objects_tell_how_far_the_archive_is) {
  Produce(30);
  Archive(0, 10);
  Archive(10, 20);
  const PartitionReport report = Check(std::nullopt);
  EXPECT_FALSE(report.has_position);
  EXPECT_EQ(report.archived, Offset{20});
  EXPECT_EQ(differences_.total(), 0u) << differences_.Text();
}

TEST_F(PartitionCheckTest, objects_of_an_earlier_topic_of_the_name_are_left_alone) {
  Archive(0, 7);
  const auto [key, bytes] = *store_.objects().begin();
  ASSERT_TRUE(store_.Remove(key));
  // The same offsets and other rows, an hour before.
  ObjectName name = *ParseObjectKey(key);
  name.first.micros -= 3'600'000'000;
  ASSERT_TRUE(store_.Put(ObjectKey("p", Table::kNode, ToDateHour(begin_), name), bytes));
  log_.highs[partition_] = {0};
  Produce(10);
  for (auto& entry : log_.logs[partition_]) {
    Buffer json;
    AppendJson(Row(entry.offset.value + 1000, 0), json);
    entry.value = std::string(json.view());
  }
  Window window(Table::kNode, partition_, ParquetFiles({}));
  for (int64_t message = 1000; message < 1010; ++message) ASSERT_TRUE(window.Append(Row(message, 0)));
  const auto objects = std::move(window).Finish("p", {{0}, {10}, Time(0)});
  ASSERT_TRUE(store_.Put(objects->front().key, objects->front().bytes));
  const PartitionReport report = Check(10);
  EXPECT_EQ(differences_.total(), 0u) << differences_.Text();
  EXPECT_EQ(report.objects_of_earlier, 1u);
}

}  // namespace
}  // namespace ntsp::archive
