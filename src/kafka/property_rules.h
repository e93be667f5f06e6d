// Which librdkafka properties a person may set. The rest belong to the program: they carry one of its
// promises, or have a setting of their own.
#pragma once

#include <string>

namespace ntsp::kafka {

// Why `property` cannot be `value`, as the end of a sentence ("…, because …"); empty if it can. Knows nothing
// of what librdkafka itself takes.
std::string WhyRefused(const std::string& property, const std::string& value);

// Whether values of the property must never be shown.
bool IsSecret(const std::string& property);

}  // namespace ntsp::kafka
