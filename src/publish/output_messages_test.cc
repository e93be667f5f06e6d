#include "publish/output_messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/record_reader.h"
#include "publish/record_fake.h"

namespace ntsp::publish {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr size_t kPlenty = 1'000'000;

// The record_index of each record of a value, as a reader of the topic finds them.
std::vector<uint64_t> Indices(const OutputMessage& message) {
  RecordReader reader;
  std::vector<uint64_t> indices;
  EXPECT_TRUE(reader.Read(message.table, message.value,
                          [&](const Record& r) { indices.push_back(r.Number(column::kRecordIndex)); }));
  return indices;
}

std::vector<Record> Interfaces(std::string_view node, uint64_t count) {
  std::vector<Record> records;
  for (uint64_t i = 0; i < count; ++i) records.push_back(MakeRecord(Table::kInterface, node, i));
  return records;
}

class EachFraming : public testing::TestWithParam<Framing> {};
INSTANTIATE_TEST_SUITE_P(Framings, EachFraming,
                         testing::Values(Framing::kArray, Framing::kLines, Framing::kRecord));

TEST_P(EachFraming, a_message_has_the_records_of_one_table_and_one_node_in_their_order) {
  OutputMessages output(GetParam(), kPlenty);
  const std::vector<Record> records = {
      MakeRecord(Table::kNode, "a", 0),      MakeRecord(Table::kInterface, "a", 1),
      MakeRecord(Table::kNode, "b", 2),      MakeRecord(Table::kInterface, "b", 3),
      MakeRecord(Table::kInterface, "a", 4), MakeRecord(Table::kAddress, "a", 5)};
  ASSERT_FALSE(output.Frame(records));
  std::map<std::pair<Table, std::string>, std::vector<uint64_t>> found;
  for (const OutputMessage& message : output.messages()) {
    auto& indices = found[{message.table, std::string(message.key)}];
    const auto more = Indices(message);
    EXPECT_EQ(more.size(), message.records);
    indices.insert(indices.end(), more.begin(), more.end());
  }
  EXPECT_THAT((found[{Table::kNode, "a"}]), ElementsAre(0));
  EXPECT_THAT((found[{Table::kInterface, "a"}]), ElementsAre(1, 4));
  EXPECT_THAT((found[{Table::kAddress, "a"}]), ElementsAre(5));
  EXPECT_THAT((found[{Table::kNode, "b"}]), ElementsAre(2));
  EXPECT_THAT((found[{Table::kInterface, "b"}]), ElementsAre(3));
  EXPECT_EQ(found.size(), 5u);
}

TEST_P(EachFraming, values_are_split_before_they_grow_beyond_the_limit_and_each_can_be_read_alone) {
  constexpr size_t kLimit = 2'000;
  OutputMessages output(GetParam(), kLimit);
  ASSERT_FALSE(output.Frame(Interfaces("leaf-1", 50)));
  EXPECT_GT(output.messages().size(), 1u);
  std::vector<uint64_t> all;
  for (const OutputMessage& message : output.messages()) {
    EXPECT_LE(message.key.size() + message.value.size() + OutputMessages::kOverhead, kLimit);
    const auto indices = Indices(message);
    EXPECT_EQ(indices.size(), message.records);
    all.insert(all.end(), indices.begin(), indices.end());
  }
  ASSERT_THAT(all, SizeIs(50));
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
}

TEST_P(EachFraming, a_record_that_fits_exactly_is_published_and_one_byte_less_room_rejects_it) {
  OutputMessages measure(GetParam(), kPlenty);
  ASSERT_FALSE(measure.Frame(Interfaces("leaf-1", 1)));
  const size_t size =
      measure.messages()[0].value.size() + std::string_view("leaf-1").size() + OutputMessages::kOverhead;
  OutputMessages exact(GetParam(), size);
  EXPECT_FALSE(exact.Frame(Interfaces("leaf-1", 2)));
  EXPECT_THAT(exact.messages(), SizeIs(2));
  OutputMessages less(GetParam(), size - 1);
  const auto rejection = less.Frame(Interfaces("leaf-1", 1));
  ASSERT_TRUE(rejection);
  EXPECT_EQ(rejection->kind, RejectKind::kTooLarge);
  EXPECT_THAT(rejection->message, testing::HasSubstr("leaf-1"));
}

TEST(OutputMessages, one_record_that_is_too_large_leaves_nothing_to_publish) {
  const std::string long_text(5'000, 'x');
  std::vector<Record> records = {MakeRecord(Table::kInterface, "a", 0),
                                 MakeRecord(Table::kInterface, "b", 1)};
  records[1].Set(ColumnOf(Table::kInterface, "description"), std::string_view(long_text));
  OutputMessages output(Framing::kArray, 2'000);
  EXPECT_TRUE(output.Frame(records));
  EXPECT_THAT(output.messages(), IsEmpty());
  records.pop_back();
  EXPECT_FALSE(output.Frame(records));
  EXPECT_THAT(output.messages(), SizeIs(1));
}

TEST(OutputMessages, nodes_of_one_name_in_two_namespaces_come_apart) {
  OutputMessages output(Framing::kArray, kPlenty);
  const std::vector<Record> records = {MakeRecord(Table::kNode, "leaf-1", 0, "east"),
                                       MakeRecord(Table::kNode, "leaf-1", 1, "west")};
  ASSERT_FALSE(output.Frame(records));
  EXPECT_THAT(output.messages(), SizeIs(2));
}

TEST(OutputMessages, no_records_give_no_messages) {
  OutputMessages output(Framing::kArray, kPlenty);
  ASSERT_FALSE(output.Frame({}));
  EXPECT_THAT(output.messages(), IsEmpty());
}

TEST(OutputMessages, framings_look_as_documented) {
  const auto records = Interfaces("a", 2);
  OutputMessages array(Framing::kArray, kPlenty), lines(Framing::kLines, kPlenty),
      single(Framing::kRecord, kPlenty);
  ASSERT_FALSE(array.Frame(records));
  ASSERT_FALSE(lines.Frame(records));
  ASSERT_FALSE(single.Frame(records));
  ASSERT_THAT(single.messages(), SizeIs(2));
  const std::string first(single.messages()[0].value), second(single.messages()[1].value);
  EXPECT_EQ(array.messages()[0].value, "[" + first + "," + second + "]");
  EXPECT_EQ(lines.messages()[0].value, first + "\n" + second + "\n");
}

TEST(OutputMessages, thousands_of_nodes_are_told_apart_and_the_next_message_starts_afresh) {
  std::vector<std::string> names;
  for (int i = 0; i < 5'000; ++i) names.push_back("node-" + std::to_string(i));
  std::vector<Record> records;
  for (int round = 0; round < 2; ++round) {
    for (const std::string& name : names) records.push_back(MakeRecord(Table::kNode, name, records.size()));
  }
  OutputMessages output(Framing::kArray, kPlenty);
  ASSERT_FALSE(output.Frame(records));
  ASSERT_THAT(output.messages(), SizeIs(5'000));
  for (const OutputMessage& message : output.messages()) ASSERT_EQ(message.records, 2u);
  ASSERT_FALSE(output.Frame(Interfaces("node-1", 1)));
  EXPECT_THAT(output.messages(), SizeIs(1));
}

}  // namespace
}  // namespace ntsp::publish
