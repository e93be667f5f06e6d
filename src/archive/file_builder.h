// What a window needs of a file format: rows in, one file's bytes out. ParquetFile (parquet_file.h) is the
// real one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/types.h"
#include "model/record.h"

namespace ntsp::archive {

// Where the rows of a file come from; it becomes the file's metadata. Known only when the window is closed.
struct FileFacts {
  Table table = Table::kNode;
  TopicPartition source;
  Offset start, end;  // the messages read: [start, end)
};

struct FinishedFile {
  std::string bytes;
  uint64_t rows = 0;
};

// One file in the making. Not thread-safe; belongs to the window that made it.
class FileBuilder {
 public:
  virtual ~FileBuilder() = default;
  // Copies the row. REQUIRES: record.table is the builder's table.
  virtual Result<void> Append(const Record& record) = 0;
  // What the file would have now, estimated for the rows that are not encoded yet.
  virtual size_t encoded_bytes() const = 0;
  // What the builder holds in memory.
  virtual size_t memory_bytes() const = 0;
  virtual uint64_t rows() const = 0;
  // The whole file; nothing may be appended after it.
  virtual Result<FinishedFile> Finish(const FileFacts& facts) && = 0;
};

// Thread-safe: each archive worker calls it for its own windows.
using FileBuilderFactory = std::function<Result<std::unique_ptr<FileBuilder>>(Table table)>;

}  // namespace ntsp::archive
