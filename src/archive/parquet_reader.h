// The way back: a Parquet file's rows as records and its lineage. For tests and for comparing the archive
// with Kafka; not made for speed.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "archive/file_builder.h"
#include "base/result.h"
#include "model/record.h"

namespace ntsp::archive {

struct ParquetLineage {
  FileFacts facts;
  uint64_t rows = 0;
  std::string writer_version;
};

// Calls `visit` for each row, in the order of the file; the record and its texts are valid during the call
// only. Columns that the file does not have are absent, columns that the table does not have are ignored.
// kReject if it is not a Parquet file of ntsp's, or is damaged.
Result<ParquetLineage> ReadParquet(std::string_view bytes, const std::function<void(const Record&)>& visit);

}  // namespace ntsp::archive
