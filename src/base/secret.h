// Keeps secrets out of what people see. Everything that prints settings or addresses goes through here.
#pragma once

#include <string>
#include <string_view>

namespace ntsp {

// Whether a setting of this name holds a secret: KAFKA_CLIENT_SASL_PASSWORD, sasl.oauthbearer.client.secret,
// LOGFIRE_TOKEN, OTEL_EXPORTER_OTLP_HEADERS, … but not the places where one lies (…_FILE, …_LOCATION, …_URL).
bool IsSecretName(std::string_view name);

// "https://user:password@host/x" becomes "https://user:***@host/x"; userinfo without a colon is hidden whole,
// and so are values of the query whose name is a secret's ("?api_key=***"). Every URL in the text is treated.
std::string MaskUrls(std::string_view text);

// The same for the value of a setting, which may lack the scheme by mistake: "user:***@host".
std::string MaskAddress(std::string_view value);

// The value of the setting `name` as people may see it.
std::string Redact(std::string_view name, std::string_view value);

}  // namespace ntsp
