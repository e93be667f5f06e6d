// The rows of the messages that one partition's open window holds: one file in the making for each hour they
// belong to. What goes into which file, and under which name, is a function of the log alone.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "archive/file_builder.h"
#include "archive/object_key.h"
#include "archive/protocol_actions.h"
#include "base/result.h"
#include "model/record.h"

namespace ntsp::archive {

// A finished object on its way to the store.
struct Object {
  std::string key;
  std::string bytes;
  uint64_t rows = 0;
};

// Not thread-safe; belongs to the worker that has the partition.
class Window {
 public:
  Window(Table table, TopicPartition source, FileBuilderFactory make_file)
      : table_(table), source_(std::move(source)), make_file_(std::move(make_file)) {}

  // Copies the row. REQUIRES: timestamp and received_at are there.
  Result<void> Append(const Record& record);

  // What the objects would have now; what the builders hold.
  size_t encoded_bytes() const;
  size_t memory_bytes() const;

  // The objects, in the order of their keys. No rows, no objects.
  Result<std::vector<Object>> Finish(const std::string& prefix, const WindowRange& range) &&;

 private:
  Result<FileBuilder*> FileFor(const DateHour& hour);

  Table table_;
  TopicPartition source_;
  FileBuilderFactory make_file_;
  std::map<DateHour, std::unique_ptr<FileBuilder>> files_;
};

}  // namespace ntsp::archive
