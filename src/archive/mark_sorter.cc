#include "archive/mark_sorter.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <queue>

namespace ntsp::archive {
namespace {

constexpr size_t kLeastMarks = 1024;

Failure FileFailed(const std::string& folder) {
  return Stop("the comparison needs a temporary file in " + folder +
              ", and that failed: " + std::strerror(errno) +
              ". Free space there, set TMPDIR to another directory, or give it more memory by "
              "MEMORY_LIMIT_MB.");
}

}  // namespace

// A sorted part of the file, read in blocks.
class MarkSorter::Run {
 public:
  Run(int file, size_t begin, size_t end, size_t block) : file_(file), next_(begin), end_(end) {
    marks_.reserve(std::max<size_t>(block, 1));
  }

  // False: there are no more, or the file cannot be read (`failed`).
  bool Load() {
    if (++at_ < marks_.size()) return true;
    const size_t count = std::min(marks_.capacity(), end_ - next_);
    marks_.resize(count);
    at_ = 0;
    failed_ = !Read(reinterpret_cast<char*>(marks_.data()), count * sizeof(RowMark), next_ * sizeof(RowMark));
    next_ += count;
    return count > 0 && !failed_;
  }
  const RowMark& mark() const { return marks_[at_]; }
  bool failed() const { return failed_; }

 private:
  bool Read(char* to, size_t bytes, size_t from) const {
    while (bytes > 0) {
      const ssize_t got = pread(file_, to, bytes, static_cast<off_t>(from));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      to += got;
      from += static_cast<size_t>(got);
      bytes -= static_cast<size_t>(got);
    }
    return true;
  }

  const int file_;
  size_t next_;
  const size_t end_;
  std::vector<RowMark> marks_;
  size_t at_ = 0;
  bool failed_ = false;
};

MarkSorter::MarkSorter(size_t memory_bytes, std::string folder)
    : most_(std::max(kLeastMarks, memory_bytes / sizeof(RowMark))), folder_(std::move(folder)) {}

MarkSorter::~MarkSorter() {
  if (file_ >= 0) close(file_);
}

Result<void> MarkSorter::Add(const RowMark& mark) {
  // In steps: doubling would take twice the memory while it copies.
  if (marks_.capacity() == marks_.size()) {
    marks_.reserve(std::min(most_, std::max(kLeastMarks, marks_.size() + marks_.size() / 2)));
  }
  marks_.push_back(mark);
  return marks_.size() < most_ ? Result<void>() : Spill();
}

Result<void> MarkSorter::Spill() {
  std::sort(marks_.begin(), marks_.end());
  if (file_ < 0) {
    std::string name = folder_ + "/ntsp-verify-XXXXXX";
    file_ = mkostemp(name.data(), O_CLOEXEC);
    if (file_ < 0) return FileFailed(folder_);
    unlink(name.c_str());
  }
  const char* from = reinterpret_cast<const char*>(marks_.data());
  for (size_t left = marks_.size() * sizeof(RowMark); left > 0;) {
    const ssize_t written = write(file_, from, left);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return FileFailed(folder_);
    from += written;
    left -= static_cast<size_t>(written);
  }
  ends_.push_back((ends_.empty() ? 0 : ends_.back()) + marks_.size());
  marks_.clear();
  return {};
}

Result<void> MarkSorter::Visit(const std::function<void(const RowMark&)>& visit) && {
  if (ends_.empty()) {
    std::sort(marks_.begin(), marks_.end());
    for (const RowMark& mark : marks_) visit(mark);
    return {};
  }
  NTSP_TRY(Spill());
  marks_ = {};
  return Merge(visit);
}

Result<void> MarkSorter::Merge(const std::function<void(const RowMark&)>& visit) {
  const auto later = [](const Run* a, const Run* b) { return b->mark() < a->mark(); };
  std::priority_queue<Run*, std::vector<Run*>, decltype(later)> heads(later);
  std::vector<std::unique_ptr<Run>> runs;
  size_t begin = 0;
  for (const size_t end : ends_) {
    runs.push_back(std::make_unique<Run>(file_, begin, end, most_ / ends_.size()));
    if (runs.back()->Load()) heads.push(runs.back().get());
    begin = end;
  }
  while (!heads.empty()) {
    Run* const first = heads.top();
    heads.pop();
    visit(first->mark());
    if (first->Load()) heads.push(first);
  }
  const bool failed = std::any_of(runs.begin(), runs.end(), [](const auto& run) { return run->failed(); });
  return failed ? Result<void>(FileFailed(folder_)) : Result<void>();
}

}  // namespace ntsp::archive
