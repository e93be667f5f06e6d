// docs/records.md: the column table as people read it.
#pragma once

#include <string>

namespace ntsp::app {

// The three lists of columns and the list of common ones, in Markdown.
std::string RecordsMarkdown();

}  // namespace ntsp::app
