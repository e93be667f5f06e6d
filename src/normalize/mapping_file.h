// A person's own rows of the path table, from a file: further paths and leaves for the columns that there
// are.
//
//   # path            leaf        column               rule
//   /acme/port        id          interface.interface_name
//   port/statistics   rx-bytes    interface.in_octets  count
//
// A path that begins with '/' is whole, from the root of the device's model; another one also stands for
// every path that ends with it. Module prefixes, case, and '-' for '_' do not matter, in paths as in leaves.
// Without a rule the column has its usual one. Text behind '#' is a comment. docs/mapping.md is for people.
#pragma once

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "normalize/path_table.h"

namespace ntsp::normalize {

// A path table with a person's own rows in front of the built-in ones. Constant after construction.
class Mapping {
 public:
  // kStop with all mistakes, one a line: "FILE:LINE: what is wrong, and what is allowed".
  static Result<std::shared_ptr<const Mapping>> Parse(std::string_view file, std::string_view text);
  // kStop also if the file cannot be read.
  static Result<std::shared_ptr<const Mapping>> Read(const std::string& file);

  Mapping() = default;
  Mapping(const Mapping&) = delete;  // rows borrow from texts_
  Mapping& operator=(const Mapping&) = delete;

  // Valid as long as this lives.
  std::span<const PathRow> rows() const { return rows_; }
  size_t own_rows() const { return own_rows_; }

 private:
  friend class MappingParser;

  std::deque<std::string> texts_;
  std::vector<PathRow> rows_;
  size_t own_rows_ = 0;
};

// The built-in rows if there is no mapping.
inline std::span<const PathRow> RowsOf(const Mapping* mapping) {
  return mapping == nullptr ? BuiltinRows() : mapping->rows();
}

// For people: what a mapping file may name, as tables in Markdown.
std::string MappingMarkdown();

}  // namespace ntsp::normalize
