// A Parquet file in the making: zstd, dictionaries for texts, delta encoding for numbers and times,
// statistics, page index, a bloom filter on node_name, row groups sorted by (node_name, interface_name,
// timestamp) and declared so. The file's metadata says where its rows come from:
//   ntsp.table, ntsp.topic, ntsp.partition, ntsp.start_offset, ntsp.end_offset (exclusive), ntsp.rows,
//   ntsp.version
//
// Rows are kept in compact columns (RowGroup) and encoded a row group at a time: readers skip whole row
// groups and pages of it by node, and the writer's memory is bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "archive/file_builder.h"
#include "archive/row_group.h"

namespace ntsp::archive {

struct ParquetOptions {
  int zstd_level = 1;
  size_t row_group_rows = 128 * 1024;
  size_t row_group_bytes = 16 << 20;  // of memory, not of the file
  std::string writer_version = "dev";
};

class ParquetFile : public FileBuilder {
 public:
  ParquetFile(Table table, ParquetOptions options);
  ~ParquetFile() override;

  // kReject if a required column is absent; kStop if Arrow fails (it does so only on a programming error).
  Result<void> Append(const Record& record) override;
  size_t encoded_bytes() const override;
  size_t memory_bytes() const override;
  uint64_t rows() const override { return rows_; }
  // kReject if there are no rows: empty files are not made.
  Result<FinishedFile> Finish(const FileFacts& facts) && override;

 private:
  struct Encoder;

  Result<void> EncodeRowGroup();
  bool RowGroupIsFull() const;

  const Table table_;
  const ParquetOptions options_;
  RowGroup open_;                     // the rows that are not encoded yet
  std::unique_ptr<Encoder> encoder_;  // from the first row group on
  uint64_t rows_ = 0;
  // What encoding made of a byte of memory so far; before the first row group, what it usually does.
  double ratio_ = 0.2;
};

// Builders with these options.
FileBuilderFactory ParquetFiles(ParquetOptions options);

}  // namespace ntsp::archive
