// A file format for tests: one line of text a row, and a size that tests can count.
#pragma once

#include <string>
#include <utility>

#include "archive/file_builder.h"

namespace ntsp::archive {

class FakeFile : public FileBuilder {
 public:
  Result<void> Append(const Record& record) override {
    text_ += std::string(record.Text(column::kNodeName)) + "\n";
    ++rows_;
    return {};
  }
  size_t encoded_bytes() const override { return text_.size(); }
  size_t memory_bytes() const override { return text_.size(); }
  uint64_t rows() const override { return rows_; }
  Result<FinishedFile> Finish(const FileFacts&) && override { return FinishedFile{std::move(text_), rows_}; }

 private:
  std::string text_;
  uint64_t rows_ = 0;
};

inline FileBuilderFactory FakeFiles() {
  return [](Table) -> Result<std::unique_ptr<FileBuilder>> { return std::make_unique<FakeFile>(); };
}

}  // namespace ntsp::archive
