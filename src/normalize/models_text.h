// For people: which leaves of which paths fill which columns, model by model, as tables in Markdown.
#pragma once

#include <string>

namespace ntsp::normalize {

std::string ModelsMarkdown();

}  // namespace ntsp::normalize
