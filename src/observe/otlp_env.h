// The forms in which OpenTelemetry's and Logfire's variables come.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ntsp::observe {

// "a=1,b=x%20y" as OTEL_EXPORTER_OTLP_HEADERS and OTEL_RESOURCE_ATTRIBUTES have it: the values are
// percent-decoded, blanks around names and values are cut. Nothing if a part has no '=', a name that no HTTP
// header could have, a broken escape, or a control character in its value.
std::optional<std::vector<std::pair<std::string, std::string>>> ParseKeyValues(std::string_view text);

// Where the data of a Logfire token belongs: its region stands in it (pylf_v1_eu_…); the USA if it does not.
std::string_view LogfireUrl(std::string_view token);

}  // namespace ntsp::observe
