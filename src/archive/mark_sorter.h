// Puts any number of row marks in order with bounded memory: what does not fit goes to a temporary file, in
// sorted runs that are merged at the end.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "archive/row_mark.h"
#include "base/result.h"

namespace ntsp::archive {

class MarkSorter {
 public:
  // The file lies in `folder` and has no name there, so nothing is left whatever happens.
  MarkSorter(size_t memory_bytes, std::string folder);
  ~MarkSorter();
  MarkSorter(const MarkSorter&) = delete;
  MarkSorter& operator=(const MarkSorter&) = delete;

  // kStop if the file cannot be made or written; it says what to do.
  Result<void> Add(const RowMark& mark);
  // Visits all marks in order; the sorter is used up.
  Result<void> Visit(const std::function<void(const RowMark&)>& visit) &&;

 private:
  class Run;

  Result<void> Spill();
  Result<void> Merge(const std::function<void(const RowMark&)>& visit);

  const size_t most_;
  const std::string folder_;
  std::vector<RowMark> marks_;  // not written yet
  int file_ = -1;
  std::vector<size_t> ends_;  // of the runs in the file, in marks
};

}  // namespace ntsp::archive
