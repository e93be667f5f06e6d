#include "archive/parquet_reader.h"

#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <parquet/arrow/reader.h>
#include <parquet/exception.h>
#include <parquet/file_reader.h>
#include <parquet/metadata.h>

#include <bit>
#include <charconv>
#include <memory>
#include <vector>

namespace ntsp::archive {

namespace {

// Few enough that what is decoded at a time stays small beside the file.
constexpr int64_t kBatchRows = 4096;

// Our own view of arrow::Result's error: messages say which file only at the caller's.
Failure Unreadable(const std::string& why) {
  return Reject("not a readable Parquet file of ntsp: " + why);
}

Result<std::string> MetadataText(const arrow::KeyValueMetadata& metadata, const std::string& key) {
  auto value = metadata.Get(key);
  if (!value.ok()) return Unreadable("its metadata lacks " + key);
  return std::move(value).ValueUnsafe();
}

template <typename Integer>
Result<Integer> MetadataNumber(const arrow::KeyValueMetadata& metadata, const std::string& key) {
  NTSP_ASSIGN(const std::string text, MetadataText(metadata, key));
  Integer number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    return Unreadable(key + " is no number: " + text);
  return number;
}

Result<Table> TableNamed(std::string_view name) {
  for (const Table table : kTables) {
    if (TableName(table) == name) return table;
  }
  return Unreadable("unknown table " + std::string(name));
}

Result<ParquetLineage> LineageOf(const parquet::FileMetaData& file) {
  if (file.key_value_metadata() == nullptr) return Unreadable("it has no metadata");
  const arrow::KeyValueMetadata& metadata = *file.key_value_metadata();
  ParquetLineage lineage;
  NTSP_ASSIGN(const std::string table, MetadataText(metadata, "ntsp.table"));
  NTSP_ASSIGN(lineage.facts.table, TableNamed(table));
  NTSP_ASSIGN(lineage.facts.source.topic, MetadataText(metadata, "ntsp.topic"));
  NTSP_ASSIGN(lineage.facts.source.partition.value, MetadataNumber<int32_t>(metadata, "ntsp.partition"));
  NTSP_ASSIGN(lineage.facts.start.value, MetadataNumber<int64_t>(metadata, "ntsp.start_offset"));
  NTSP_ASSIGN(lineage.facts.end.value, MetadataNumber<int64_t>(metadata, "ntsp.end_offset"));
  NTSP_ASSIGN(lineage.rows, MetadataNumber<uint64_t>(metadata, "ntsp.rows"));
  NTSP_ASSIGN(lineage.writer_version, MetadataText(metadata, "ntsp.version"));
  return lineage;
}

// One batch of rows, each column under our index for it.
class Batch {
 public:
  static Result<Batch> Of(Table table, const arrow::RecordBatch& rows) {
    Batch batch(table, rows.num_rows());
    for (int i = 0; i < rows.num_columns(); ++i) {
      const ColumnIndex c = FindColumn(table, rows.column_name(i));
      if (c == kNoColumn) continue;
      if (!HasTypeOf(*rows.column(i), Columns(table)[c].type)) {
        return Unreadable("column " + rows.column_name(i) + " has type " +
                          rows.column(i)->type()->ToString());
      }
      batch.columns_[c] = rows.column(i);
    }
    return batch;
  }

  void Visit(const std::function<void(const Record&)>& visit) {
    for (int64_t row = 0; row < rows_; ++row) {
      record_.Reset(table_);
      for (size_t c = 0; c < columns_.size(); ++c) {
        if (columns_[c] != nullptr && columns_[c]->IsValid(row)) Take(static_cast<ColumnIndex>(c), row);
      }
      visit(record_);
    }
  }

 private:
  Batch(Table table, int64_t rows) : table_(table), rows_(rows), columns_(Columns(table).size()) {}

  static bool HasTypeOf(const arrow::Array& array, ColumnType type) {
    switch (type) {
      case ColumnType::kText:
        return array.type_id() == arrow::Type::STRING;
      case ColumnType::kUint:
        return array.type_id() == arrow::Type::UINT64;
      case ColumnType::kDouble:
        return array.type_id() == arrow::Type::DOUBLE;
      case ColumnType::kBool:
        return array.type_id() == arrow::Type::BOOL;
      case ColumnType::kTime:
        return array.type()->Equals(arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"));
      case ColumnType::kMap:
        return array.type_id() == arrow::Type::MAP;
    }
    return false;
  }

  template <typename Array>
  static const Array& As(const std::shared_ptr<arrow::Array>& array) {
    return static_cast<const Array&>(*array);
  }

  void Take(ColumnIndex c, int64_t row) {
    switch (Columns(table_)[c].type) {
      case ColumnType::kText:
        record_.Set(c, As<arrow::StringArray>(columns_[c]).GetView(row));
        break;
      case ColumnType::kUint:
        record_.Set(c, As<arrow::UInt64Array>(columns_[c]).Value(row));
        break;
      case ColumnType::kDouble:
        record_.Set(c, As<arrow::DoubleArray>(columns_[c]).Value(row));
        break;
      case ColumnType::kBool:
        record_.Set(c, uint64_t{As<arrow::BooleanArray>(columns_[c]).Value(row)});
        break;
      case ColumnType::kTime:
        record_.Set(c, Timestamp{As<arrow::TimestampArray>(columns_[c]).Value(row)});
        break;
      case ColumnType::kMap:
        TakeExtra(As<arrow::MapArray>(columns_[c]), row);
        break;
    }
  }

  void TakeExtra(const arrow::MapArray& maps, int64_t row) {
    const auto& keys = As<arrow::StringArray>(maps.keys());
    const auto& values = As<arrow::StringArray>(maps.items());
    leaves_.clear();
    for (int64_t i = maps.value_offset(row); i < maps.value_offset(row + 1); ++i) {
      leaves_.push_back({keys.GetView(i), values.GetView(i)});
    }
    record_.SetExtra(leaves_);
  }

  Table table_;
  int64_t rows_;
  std::vector<std::shared_ptr<arrow::Array>> columns_;
  Record record_;
  std::vector<Extra> leaves_;
};

Result<void> VisitRows(Table table, parquet::arrow::FileReader& reader,
                       const std::function<void(const Record&)>& visit) {
  auto batches = reader.GetRecordBatchReader();
  if (!batches.ok()) return Unreadable(batches.status().ToString());
  for (;;) {
    auto next = (*batches)->Next();
    if (!next.ok()) return Unreadable(next.status().ToString());
    if (*next == nullptr) return {};
    NTSP_ASSIGN(Batch batch, Batch::Of(table, **next));
    batch.Visit(visit);
  }
}

arrow::Result<std::unique_ptr<parquet::arrow::FileReader>> OpenReader(std::string_view bytes) {
  auto source = std::make_shared<arrow::io::BufferReader>(
      std::make_shared<arrow::Buffer>(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()));
  ARROW_ASSIGN_OR_RAISE(auto reader,
                        parquet::arrow::OpenFile(std::move(source), arrow::default_memory_pool()));
  reader->set_batch_size(kBatchRows);
  return reader;
}

}  // namespace

Result<ParquetLineage> ReadParquet(std::string_view bytes, const std::function<void(const Record&)>& visit) {
  auto reader = OpenReader(bytes);
  if (!reader.ok()) return Unreadable(reader.status().ToString());
  NTSP_ASSIGN(ParquetLineage lineage, LineageOf(*(*reader)->parquet_reader()->metadata()));
  NTSP_TRY(VisitRows(lineage.facts.table, **reader, visit));
  return lineage;
}

}  // namespace ntsp::archive
