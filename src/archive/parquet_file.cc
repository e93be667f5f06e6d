#include "archive/parquet_file.h"

#include <arrow/api.h>
#include <arrow/io/interfaces.h>
#include <parquet/arrow/writer.h>
#include <parquet/exception.h>
#include <parquet/properties.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "archive/parquet_columns.h"

namespace ntsp::archive {

namespace {

// Bytes in memory as the string that the file is handed over in.
class StringSink : public arrow::io::OutputStream {
 public:
  using OutputStream::Write;
  arrow::Status Write(const void* data, int64_t size) override {
    const size_t needed = bytes_.size() + static_cast<size_t>(size);
    // Twice as much each time, as strings grow, would be the most that the memory limit has to leave room
    // for.
    if (needed > bytes_.capacity())
      bytes_.reserve(std::max(needed, bytes_.capacity() / 4 * 5 + kLeastGrowth));
    bytes_.append(static_cast<const char*>(data), static_cast<size_t>(size));
    return arrow::Status::OK();
  }
  arrow::Result<int64_t> Tell() const override { return static_cast<int64_t>(bytes_.size()); }
  arrow::Status Close() override {
    closed_ = true;
    return arrow::Status::OK();
  }
  bool closed() const override { return closed_; }

  const std::string& bytes() const { return bytes_; }
  std::string Take() { return std::move(bytes_); }

 private:
  static constexpr size_t kLeastGrowth = 4096;
  std::string bytes_;
  bool closed_ = false;
};

Failure EncodingFailed(const std::string& what) {
  return Stop("writing Parquet failed: " + what + "; this is a defect of the program, please report it");
}

// Parquet counts leaves: the map before it makes two of one column.
int LeafIndex(ColumnIndex c) {
  return c > column::kExtra ? c + 1 : c;
}

std::vector<parquet::SortingColumn> SortingColumns(Table table) {
  std::vector<ColumnIndex> columns = {column::kNodeName};
  if (const ColumnIndex name = FindColumn(table, "interface_name"); name != kNoColumn)
    columns.push_back(name);
  columns.push_back(column::kTimestamp);
  std::vector<parquet::SortingColumn> sorting;
  for (const ColumnIndex c : columns) sorting.push_back({LeafIndex(c), false, false});
  return sorting;
}

std::shared_ptr<parquet::WriterProperties> Properties(Table table, const ParquetOptions& options,
                                                      size_t node_count) {
  parquet::WriterProperties::Builder builder;
  builder.created_by("ntsp version " + options.writer_version)
      ->compression(parquet::Compression::ZSTD)
      ->compression_level(options.zstd_level)
      ->enable_statistics()
      ->enable_write_page_index()
      ->write_batch_size(16 * 1024)
      ->set_sorting_columns(SortingColumns(table));
  // Twice the nodes of the first row group: later ones may name others, and too small a filter matches
  // everything.
  const parquet::BloomFilterOptions bloom{.ndv = static_cast<int64_t>(2 * node_count), .fpp = 0.01};
  builder.enable_bloom_filter(std::string(Columns(table)[column::kNodeName].name), bloom);
  for (const Column& column : Columns(table)) {
    if (column.type != ColumnType::kUint && column.type != ColumnType::kTime) continue;
    // Counters hardly repeat, so a dictionary of them is wasted work; sorted by interface, their steps are
    // small.
    const std::string name(column.name);
    builder.disable_dictionary(name)->encoding(name, parquet::Encoding::DELTA_BINARY_PACKED);
  }
  return builder.build();
}

std::shared_ptr<const arrow::KeyValueMetadata> Lineage(const FileFacts& facts, uint64_t rows,
                                                       const std::string& version) {
  return arrow::key_value_metadata({{"ntsp.table", std::string(TableName(facts.table))},
                                    {"ntsp.topic", facts.source.topic},
                                    {"ntsp.partition", std::to_string(facts.source.partition.value)},
                                    {"ntsp.start_offset", std::to_string(facts.start.value)},
                                    {"ntsp.end_offset", std::to_string(facts.end.value)},
                                    {"ntsp.rows", std::to_string(rows)},
                                    {"ntsp.version", version}});
}

}  // namespace

struct ParquetFile::Encoder {
  std::shared_ptr<StringSink> sink = std::make_shared<StringSink>();
  std::unique_ptr<parquet::arrow::FileWriter> writer;

  arrow::Status Open(Table table, const ParquetOptions& options, size_t node_count) {
    auto arrow_properties = parquet::ArrowWriterProperties::Builder().store_schema()->build();
    ARROW_ASSIGN_OR_RAISE(writer, parquet::arrow::FileWriter::Open(
                                      *ArrowSchema(table), arrow::default_memory_pool(), sink,
                                      Properties(table, options, node_count), std::move(arrow_properties)));
    return arrow::Status::OK();
  }

  arrow::Status Write(const RowGroup& rows) {
    const std::vector<uint32_t> order = rows.SortedOrder();
    ARROW_RETURN_NOT_OK(writer->NewRowGroup());
    for (size_t c = 0; c < Columns(rows.table()).size(); ++c) {
      ARROW_RETURN_NOT_OK(writer->WriteColumnChunk(*ArrowColumn(rows, static_cast<ColumnIndex>(c), order)));
    }
    return arrow::Status::OK();
  }
};

ParquetFile::ParquetFile(Table table, ParquetOptions options)
    : table_(table), options_(std::move(options)), open_(table) {}

ParquetFile::~ParquetFile() = default;

Result<void> ParquetFile::Append(const Record& record) {
  NTSP_TRY(open_.Append(record));
  ++rows_;
  if (RowGroupIsFull()) return EncodeRowGroup();
  return {};
}

bool ParquetFile::RowGroupIsFull() const {
  constexpr size_t kRowsBetweenChecks = 16;
  return open_.rows() >= options_.row_group_rows ||
         (open_.rows() % kRowsBetweenChecks == 0 && open_.used_bytes() >= options_.row_group_bytes);
}

Result<void> ParquetFile::EncodeRowGroup() {
  if (encoder_ == nullptr) {
    encoder_ = std::make_unique<Encoder>();
    const arrow::Status status = encoder_->Open(table_, options_, open_.Texts(column::kNodeName).size());
    if (!status.ok()) return EncodingFailed(status.ToString());
  }
  const size_t before = encoder_->sink->bytes().size();
  const arrow::Status status = encoder_->Write(open_);
  if (!status.ok()) return EncodingFailed(status.ToString());
  ratio_ =
      static_cast<double>(encoder_->sink->bytes().size() - before) / static_cast<double>(open_.used_bytes());
  open_.Clear();
  return {};
}

size_t ParquetFile::encoded_bytes() const {
  const size_t finished = encoder_ == nullptr ? 0 : encoder_->sink->bytes().size();
  if (open_.rows() == 0) return finished;
  return finished + static_cast<size_t>(ratio_ * static_cast<double>(open_.used_bytes()));
}

size_t ParquetFile::memory_bytes() const {
  return open_.memory_bytes() + (encoder_ == nullptr ? 0 : encoder_->sink->bytes().capacity());
}

Result<FinishedFile> ParquetFile::Finish(const FileFacts& facts) && {
  if (rows_ == 0) return Reject("a Parquet file without rows was asked for " + ToString(facts.source));
  if (open_.rows() > 0) NTSP_TRY(EncodeRowGroup());
  arrow::Status status =
      encoder_->writer->AddKeyValueMetadata(Lineage(facts, rows_, options_.writer_version));
  if (status.ok()) status = encoder_->writer->Close();
  if (!status.ok()) return EncodingFailed(status.ToString());
  return FinishedFile{encoder_->sink->Take(), rows_};
}

FileBuilderFactory ParquetFiles(ParquetOptions options) {
  return [options = std::move(options)](Table table) -> Result<std::unique_ptr<FileBuilder>> {
    return std::make_unique<ParquetFile>(table, options);
  };
}

}  // namespace ntsp::archive
