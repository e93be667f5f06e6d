// For tests that hold the repository's documents against its source: what stands in the source.
#pragma once

#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "app/doc_file_fake.h"

namespace ntsp::app {

// The first group of every match.
inline std::set<std::string> Found(const char* pattern, const std::string& text) {
  std::set<std::string> found;
  const std::regex regex(pattern);
  for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match) {
    found.insert((*match)[1]);
  }
  return found;
}

// The same in the sources that are no tests.
inline std::set<std::string> InSources(const char* pattern) {
  std::set<std::string> found;
  const std::filesystem::path root(NTSP_SOURCE_DIR);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "src")) {
    const std::string name = entry.path().filename();
    if (entry.path().extension() != ".cc" || name.ends_with("_test.cc") || name.ends_with("_fake.cc"))
      continue;
    found.merge(Found(pattern, FileText(std::filesystem::relative(entry.path(), root))));
  }
  return found;
}

}  // namespace ntsp::app
