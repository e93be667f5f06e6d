#include "archive/window.h"

#include <utility>

namespace ntsp::archive {

Result<void> Window::Append(const Record& record) {
  // I5: the hour comes from the row, never from a clock, so a redo puts the row into the same object.
  const DateHour hour = RowHour(record.Time(column::kTimestamp), record.Time(column::kReceivedAt));
  NTSP_ASSIGN(FileBuilder * file, FileFor(hour));
  return file->Append(record);
}

Result<FileBuilder*> Window::FileFor(const DateHour& hour) {
  std::unique_ptr<FileBuilder>& file = files_[hour];
  if (!file) {
    NTSP_ASSIGN(file, make_file_(table_));
  }
  return file.get();
}

size_t Window::encoded_bytes() const {
  size_t sum = 0;
  for (const auto& [hour, file] : files_) sum += file->encoded_bytes();
  return sum;
}

size_t Window::memory_bytes() const {
  size_t sum = 0;
  for (const auto& [hour, file] : files_) sum += file->memory_bytes();
  return sum;
}

Result<std::vector<Object>> Window::Finish(const std::string& prefix, const WindowRange& range) && {
  const ObjectName name{source_, range.start, range.end, range.first};
  const FileFacts facts{table_, source_, range.start, range.end};
  std::vector<Object> objects;
  for (auto& [hour, file] : std::exchange(files_, {})) {
    if (file->rows() == 0) continue;  // its first row could not be taken
    NTSP_ASSIGN(FinishedFile finished, std::move(*file).Finish(facts));
    objects.push_back({ObjectKey(prefix, table_, hour, name), std::move(finished.bytes), finished.rows});
  }
  return objects;
}

}  // namespace ntsp::archive
