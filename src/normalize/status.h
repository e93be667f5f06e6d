// Status words of all vendors, as the few that the tables have. Pure; nothing for what has no equal.
#pragma once

#include <optional>
#include <string_view>

#include "model/sample.h"

namespace ntsp::normalize {

// "up", "down" or "testing", from enable, disable, UP, true, im-state-admin-down, …
std::optional<std::string_view> ReadAdminStatus(const Scalar& value);

// One of RFC 8343's seven. Of SR Linux's wider set, `empty` is not-present and `failed` is down; the others
// (starting, degraded, …) have no equal and are not read.
std::optional<std::string_view> ReadOperStatus(const Scalar& value);

// IOS-XR has one set of states, im-state-*, for both questions, and writes it by name or, in compact
// encodings, by number. Administratively down is only what an administrator shut.
std::optional<std::string_view> ReadXrAdminState(const Scalar& value);
std::optional<std::string_view> ReadXrLineState(const Scalar& value);

}  // namespace ntsp::normalize
