#include "archive/parquet_file.h"

#include <arrow/io/memory.h>
#include <gmock/gmock.h>
#include <parquet/bloom_filter.h>
#include <parquet/bloom_filter_reader.h>
#include <parquet/file_reader.h>
#include <parquet/metadata.h>
#include <parquet/page_index.h>
#include <parquet/statistics.h>
#include <parquet/xxhasher.h>

#include <deque>
#include <limits>
#include <string>
#include <vector>

#include "archive/parquet_reader.h"

namespace ntsp::archive {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr ColumnIndex kName = ColumnOf(Table::kInterface, "interface_name");
constexpr ColumnIndex kInOctets = ColumnOf(Table::kInterface, "in_octets");
constexpr ColumnIndex kOperStatus = ColumnOf(Table::kInterface, "oper_status");

Record RowOf(Table table, std::string_view node, Timestamp time = {1'700'000'000'000'001}) {
  Record row;
  row.Reset(table);
  row.Set(column::kBatchId, "74738ff5-5367-5958-9aee-98fffdcd1876");
  row.Set(column::kRecordIndex, uint64_t{7});
  row.Set(column::kTimestamp, time);
  row.Set(column::kReceivedAt, Timestamp{1'700'000'000'123'000});
  row.Set(column::kNodeName, node);
  row.Set(column::kSourceFormat, "eda");
  return row;
}

Record InterfaceRow(std::string_view node, std::string_view name, Timestamp time = {1'700'000'000'000'001}) {
  Record row = RowOf(Table::kInterface, node, time);
  row.Set(kName, name);
  return row;
}

// A value for each column of the row's table: the largest where `extreme`, else one that the index tells.
void FillEveryColumn(Record& row, bool extreme, std::span<const Extra> extra) {
  static constexpr std::string_view kTexts[] = {"", "é\"\n", "plain"};
  for (size_t i = column::kNamespace; i < Columns(row.table).size(); ++i) {
    const auto c = static_cast<ColumnIndex>(i);
    switch (Columns(row.table)[i].type) {
      case ColumnType::kText:
        row.Set(c, kTexts[i % 3]);
        break;
      case ColumnType::kUint:
        row.Set(c, extreme ? std::numeric_limits<uint64_t>::max() : i);
        break;
      case ColumnType::kDouble:
        row.Set(c, extreme ? std::numeric_limits<double>::lowest() : 0.5);
        break;
      case ColumnType::kBool:
        row.Set(c, uint64_t{1});
        break;
      case ColumnType::kTime:
        row.Set(c, extreme ? kEarliest : kLatest);
        break;
      case ColumnType::kMap:
        row.SetExtra(extra);
        break;
    }
  }
}

// A record's columns as text, in order: what a test compares and prints.
std::string Show(const Record& row) {
  std::string text;
  ForEachColumn(row, [&](ColumnIndex c) {
    text.append(Columns(row.table)[c].name).append("=");
    switch (Columns(row.table)[c].type) {
      case ColumnType::kText:
        text.append(row.Text(c));
        break;
      case ColumnType::kUint:
      case ColumnType::kBool:
        text.append(std::to_string(row.Number(c)));
        break;
      case ColumnType::kDouble:
        text.append(std::to_string(row.Real(c)));
        break;
      case ColumnType::kTime:
        text.append(std::to_string(row.Time(c).micros));
        break;
      case ColumnType::kMap:
        for (const Extra& leaf : row.extra) text.append(leaf.name).append(":").append(leaf.text).append(",");
    }
    text.append("; ");
  });
  return text;
}

const FileFacts kFacts{Table::kInterface, {"interface-data", {3}}, {100}, {250}};

std::string Finished(ParquetFile&& file, const FileFacts& facts = kFacts) {
  auto finished = std::move(file).Finish(facts);
  EXPECT_TRUE(finished.has_value()) << finished.error().message;
  return finished ? std::move(finished->bytes) : std::string();
}

// The file's rows and its readers.
class File {
 public:
  explicit File(std::string bytes) : bytes_(std::move(bytes)) {
    auto source = std::make_shared<arrow::io::BufferReader>(std::make_shared<arrow::Buffer>(bytes_));
    reader_ = parquet::ParquetFileReader::Open(source);
  }

  std::vector<std::string> Rows() {
    std::vector<std::string> rows;
    auto lineage = ReadParquet(bytes_, [&](const Record& row) { rows.push_back(Show(row)); });
    EXPECT_TRUE(lineage.has_value()) << lineage.error().message;
    return rows;
  }
  parquet::ParquetFileReader& reader() { return *reader_; }
  const parquet::FileMetaData& metadata() { return *reader_->metadata(); }
  int Leaf(const std::string& name) { return metadata().schema()->ColumnIndex(name); }

 private:
  std::string bytes_;
  std::unique_ptr<parquet::ParquetFileReader> reader_;
};

std::string WriteRows(Table table, const std::vector<Record>& rows, ParquetOptions options = {}) {
  ParquetFile file(table, std::move(options));
  for (const Record& row : rows) EXPECT_TRUE(file.Append(row).has_value());
  return Finished(std::move(file), {table, {"some-topic", {0}}, {1}, {2}});
}

class EveryTable : public testing::TestWithParam<Table> {};

TEST_P(EveryTable, gives_back_every_column_with_extremes_and_nulls) {
  const std::vector<Extra> extra = {{"b", "2"}, {"a", ""}, {"é", "{\"x\":[1]}"}};
  std::vector<Record> rows;
  rows.push_back(RowOf(GetParam(), "n1"));
  FillEveryColumn(rows.back(), false, extra);
  rows.push_back(RowOf(GetParam(), "n1"));
  for (size_t i = 0; i < Columns(GetParam()).size(); ++i) {  // the required ones only
    if (Columns(GetParam())[i].required && i >= column::kNamespace) {
      if (Columns(GetParam())[i].type == ColumnType::kText) rows.back().Set(i, "\x7f last");
      if (Columns(GetParam())[i].type == ColumnType::kUint) rows.back().Set(i, uint64_t{0});
    }
  }
  rows.push_back(RowOf(GetParam(), "n2"));
  FillEveryColumn(rows.back(), true, {});

  std::vector<std::string> expected;
  for (const Record& row : rows) expected.push_back(Show(row));
  EXPECT_THAT(File(WriteRows(GetParam(), rows)).Rows(), testing::UnorderedElementsAreArray(expected));
}

INSTANTIATE_TEST_SUITE_P(Tables, EveryTable, testing::ValuesIn(kTables),
                         [](const auto& tested) { return std::string(TableName(tested.param)); });

TEST(ParquetFile, a_column_that_appears_late_is_null_before) {
  std::vector<Record> rows(600, InterfaceRow("n1", "e1"));
  const Extra leaf{"leaf", "1"};
  rows.back().Set(kInOctets, uint64_t{5});
  rows.back().SetExtra({&leaf, 1});
  const auto read = File(WriteRows(Table::kInterface, rows)).Rows();
  ASSERT_EQ(read.size(), 600u);
  EXPECT_EQ(read.front(), Show(rows.front()));
  EXPECT_EQ(read.back(), Show(rows.back()));
}

TEST(ParquetFile, rows_of_a_row_group_are_sorted_by_node_interface_and_time_and_declared_so) {
  File file(WriteRows(Table::kInterface, {InterfaceRow("n2", "e1", {1}), InterfaceRow("n1", "e2", {1}),
                                          InterfaceRow("n1", "e1", {2}), InterfaceRow("n1", "e1", {-3})}));
  EXPECT_THAT(file.Rows(), ElementsAre(HasSubstr("timestamp=-3;"), HasSubstr("timestamp=2;"),
                                       HasSubstr("interface_name=e2;"), HasSubstr("node_name=n2;")));
  std::vector<std::string> declared;
  for (const auto& sorting : file.metadata().RowGroup(0)->sorting_columns()) {
    EXPECT_FALSE(sorting.descending);
    declared.push_back(file.metadata().schema()->Column(sorting.column_idx)->path()->ToDotString());
  }
  EXPECT_THAT(declared, ElementsAre("node_name", "interface_name", "timestamp"));
}

TEST(ParquetFile, extra_stays_with_its_row_when_rows_are_sorted) {
  const Extra first{"k", "of n1"}, second{"k", "of n2"};
  Record n2 = RowOf(Table::kNode, "n2"), n1 = RowOf(Table::kNode, "n1");
  n2.SetExtra({&second, 1});
  n1.SetExtra({&first, 1});
  EXPECT_THAT(File(WriteRows(Table::kNode, {n2, n1})).Rows(), ElementsAre(Show(n1), Show(n2)));
}

TEST(ParquetFile, says_where_its_rows_come_from) {
  ParquetOptions options;
  options.writer_version = "9.8.7";
  ParquetFile file(Table::kInterface, options);
  ASSERT_TRUE(file.Append(InterfaceRow("n1", "e1")).has_value());
  const std::string bytes = Finished(std::move(file));
  const auto lineage = ReadParquet(bytes, [](const Record&) {});
  ASSERT_TRUE(lineage.has_value()) << lineage.error().message;
  EXPECT_EQ(lineage->facts.table, Table::kInterface);
  EXPECT_EQ(lineage->facts.source, kFacts.source);
  EXPECT_EQ(lineage->facts.start, kFacts.start);
  EXPECT_EQ(lineage->facts.end, kFacts.end);
  EXPECT_EQ(lineage->rows, 1u);
  EXPECT_EQ(lineage->writer_version, "9.8.7");
  EXPECT_EQ(File(bytes).metadata().created_by(), "ntsp version 9.8.7");
}

TEST(ParquetFile, has_statistics_and_a_page_index_for_every_column) {
  File file(WriteRows(Table::kInterface, {InterfaceRow("n1", "e1"), InterfaceRow("n3", "e1")}));
  const auto group = file.metadata().RowGroup(0);
  for (int leaf = 0; leaf < group->num_columns(); ++leaf) {
    EXPECT_TRUE(group->ColumnChunk(leaf)->GetColumnIndexLocation().has_value()) << leaf;
    EXPECT_TRUE(group->ColumnChunk(leaf)->GetOffsetIndexLocation().has_value()) << leaf;
    EXPECT_EQ(group->ColumnChunk(leaf)->compression(), parquet::Compression::ZSTD);
  }
  const auto statistics = group->ColumnChunk(file.Leaf("node_name"))->statistics();
  ASSERT_TRUE(statistics != nullptr && statistics->HasMinMax());
  EXPECT_EQ(statistics->EncodeMin(), "n1");
  EXPECT_EQ(statistics->EncodeMax(), "n3");
  EXPECT_EQ(group->ColumnChunk(file.Leaf("oper_status"))->statistics()->null_count(), 2);
}

TEST(ParquetFile, the_bloom_filter_knows_the_nodes_of_every_row_group_and_only_those) {
  ParquetOptions options;
  options.row_group_rows = 1;
  File file(WriteRows(Table::kNode, {RowOf(Table::kNode, "n1"), RowOf(Table::kNode, "n2")}, options));
  ASSERT_EQ(file.metadata().num_row_groups(), 2);
  auto filter =
      file.reader().GetBloomFilterReader().RowGroup(1)->GetColumnBloomFilter(file.Leaf("node_name"));
  ASSERT_NE(filter, nullptr);
  const auto knows = [&](std::string_view node) {
    const parquet::ByteArray value(node);
    return filter->FindHash(filter->Hash(&value));
  };
  EXPECT_TRUE(knows("n2"));
  EXPECT_FALSE(knows("n1"));
}

TEST(ParquetFile, row_groups_are_bounded_by_rows_and_by_memory) {
  const std::vector<Record> rows(1000, InterfaceRow("n1", "e1"));
  ParquetOptions by_rows;
  by_rows.row_group_rows = 300;
  EXPECT_EQ(File(WriteRows(Table::kInterface, rows, by_rows)).metadata().num_row_groups(), 4);
  ParquetOptions by_bytes;
  by_bytes.row_group_bytes = 16 * 1024;
  File file(WriteRows(Table::kInterface, rows, by_bytes));
  EXPECT_GT(file.metadata().num_row_groups(), 1);
  EXPECT_LT(file.metadata().num_row_groups(), 10);
  EXPECT_EQ(file.Rows().size(), 1000u);
}

TEST(ParquetFile, without_rows_there_is_no_file) {
  ParquetFile file(Table::kNode, {});
  const auto finished = std::move(file).Finish(kFacts);
  ASSERT_FALSE(finished.has_value());
  EXPECT_THAT(finished.error().message, HasSubstr("interface-data/3"));
}

TEST(ParquetFile, refuses_a_row_without_a_required_column_and_names_it) {
  ParquetFile file(Table::kInterface, {});
  const auto appended = file.Append(RowOf(Table::kInterface, "n1"));
  ASSERT_FALSE(appended.has_value());
  EXPECT_EQ(appended.error().kind, ErrorKind::kReject);
  EXPECT_THAT(appended.error().message, HasSubstr("interface_name"));
  EXPECT_EQ(file.rows(), 0u);
}

TEST(ParquetFile, estimates_the_encoded_size_within_a_third_once_it_has_encoded_rows) {
  ParquetOptions options;
  options.row_group_rows = 5000;
  ParquetFile file(Table::kInterface, options);
  std::deque<std::string> names;
  for (int i = 0; i < 24; ++i) names.push_back("ethernet-1/" + std::to_string(i));
  uint64_t counter = 1;
  for (int i = 0; i < 14'999; ++i) {
    Record row = InterfaceRow("n1", names[i % 24], {1'700'000'000'000'000 + i});
    counter = counter * 6364136223846793005u + 1442695040888963407u;
    row.Set(kInOctets, counter >> 20);
    ASSERT_TRUE(file.Append(row).has_value());
  }
  const auto estimated = static_cast<double>(file.encoded_bytes());
  const auto size = static_cast<double>(Finished(std::move(file)).size());
  EXPECT_NEAR(estimated / size, 1.0, 0.33);
}

TEST(ParquetFile, memory_covers_encoded_and_open_rows) {
  ParquetFile file(Table::kInterface, {});
  const size_t empty = file.memory_bytes();
  const std::string long_text(100'000, 'x');
  Record row = InterfaceRow("n1", "e1");
  row.Set(kOperStatus, long_text);
  ASSERT_TRUE(file.Append(row).has_value());
  EXPECT_GE(file.memory_bytes(), empty + long_text.size());
}

TEST(ReadParquet, rejects_what_is_no_parquet_file) {
  for (const std::string bytes : {"", "PAR1", "hello, this is no parquet file PAR1"}) {
    const auto read = ReadParquet(bytes, [](const Record&) {});
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().kind, ErrorKind::kReject);
  }
}

}  // namespace
}  // namespace ntsp::archive
