// The table of settings: every variable that ntsp reads, with its default, what is allowed, and a word on it.
// It drives reading, `ntsp config`, `.env.example` and the README's table.
#pragma once

#include <span>
#include <string_view>

#include "app/config.h"

namespace ntsp::app {

struct Setting {
  std::string_view variable;
  std::string_view default_text;  // empty: what `when_empty` says
  std::string_view when_empty;    // for people
  std::string_view allowed;       // for people: "the value must be …"
  std::string_view doc;
  // Takes the value over into the configuration; false if it is not allowed. Never called with an empty
  // value.
  bool (*parse)(std::string_view value, Config& config);
  bool secret = false;
};

// In the order in which people should read them; each variable once.
std::span<const Setting> Settings();

const Setting* FindSetting(std::string_view variable);

// KAFKA_CLIENT_<KEY>: any number of variables, so they are no rows of the table.
inline constexpr std::string_view kKafkaClientPrefix = "KAFKA_CLIENT_";
inline constexpr std::string_view kKafkaClientDoc =
    "any librdkafka property, in upper case with _ for . (KAFKA_CLIENT_SECURITY_PROTOCOL=SASL_SSL); for all "
    "clients";

// Whether the value of a variable must never be shown.
bool IsSecret(std::string_view variable);

}  // namespace ntsp::app
