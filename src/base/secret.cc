#include "base/secret.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace ntsp {
namespace {

constexpr std::string_view kMask = "***";

constexpr std::array<std::string_view, 12> kSecretParts = {
    "password", "passwd",  "passphrase", "secret",     "token",         "api_key",
    "apikey",   "key_pem", "access_key", "credential", "authorization", "otlp_headers"};
constexpr std::array<std::string_view, 3> kSecretEnds = {"private_key", "oauthbearer_config", "jaas_config"};
constexpr std::array<std::string_view, 5> kPlaces = {"_file", "_location", "_url", "_uri", "_path"};

// Environment names and librdkafka's keys in one spelling.
std::string Folded(std::string_view name) {
  std::string folded(name);
  for (char& c : folded) {
    const auto byte = static_cast<unsigned char>(c);
    c = c == '.' || c == '-' ? '_' : static_cast<char>(std::tolower(byte));
  }
  return folded;
}

// `rest` stands behind "://". The userinfo's end is the last '@' of the authority (RFC 3986, section 3.2).
size_t UserinfoLength(std::string_view rest) {
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#, \t\r\n\"'"));
  const size_t at = authority.rfind('@');
  return at == std::string_view::npos ? 0 : at;
}

}  // namespace

bool IsSecretName(std::string_view name) {
  const std::string folded = Folded(name);
  const auto ends = [&](std::string_view end) { return folded.ends_with(end); };
  const auto contains = [&](std::string_view part) { return folded.find(part) != std::string::npos; };
  if (std::any_of(kPlaces.begin(), kPlaces.end(), ends)) return false;
  return std::any_of(kSecretParts.begin(), kSecretParts.end(), contains) ||
         std::any_of(kSecretEnds.begin(), kSecretEnds.end(), ends);
}

std::string MaskUrls(std::string_view text) {
  std::string out;
  for (size_t scheme = text.find("://"); scheme != std::string_view::npos; scheme = text.find("://")) {
    out += text.substr(0, scheme + 3);
    text.remove_prefix(scheme + 3);
    const size_t length = UserinfoLength(text);
    if (length == 0) continue;
    const size_t colon = text.substr(0, length).find(':');
    if (colon != std::string_view::npos) out += text.substr(0, colon + 1);
    out += kMask;
    text.remove_prefix(length);
  }
  return out.append(text);
}

std::string Redact(std::string_view name, std::string_view value) {
  if (value.empty()) return {};
  return IsSecretName(name) ? std::string(kMask) : MaskUrls(value);
}

}  // namespace ntsp
