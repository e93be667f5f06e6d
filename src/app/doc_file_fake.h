// For tests that hold the repository's documents against the code. With NTSP_UPDATE_DOCS=1 in the environment
// they write the documents anew instead.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace ntsp::app {

inline std::string FileText(const std::string& name) {
  std::ifstream in(std::string(NTSP_SOURCE_DIR "/") + name);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline bool UpdatesDocs() {
  return std::getenv("NTSP_UPDATE_DOCS") != nullptr;
}

// `name` is below the repository's root.
inline void ExpectFile(const std::string& name, const std::string& expected) {
  if (UpdatesDocs()) std::ofstream(std::string(NTSP_SOURCE_DIR "/") + name) << expected;
  EXPECT_EQ(FileText(name), expected) << name << " is not up to date: run the tests with NTSP_UPDATE_DOCS=1";
}

// What stands between the lines <!-- begin SECTION --> and <!-- end SECTION -->.
inline void ExpectSection(const std::string& name, const std::string& section, const std::string& expected) {
  std::string text = FileText(name);
  const std::string begin = "<!-- begin " + section + " -->\n", end = "<!-- end " + section + " -->\n";
  const size_t from = text.find(begin), to = text.find(end);
  ASSERT_TRUE(from != std::string::npos && to != std::string::npos) << name << " has no section " << section;
  text.replace(from + begin.size(), to - from - begin.size(), expected);
  ExpectFile(name, text);
}

}  // namespace ntsp::app
