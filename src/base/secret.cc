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

constexpr std::string_view kUrlEnds = " \t\r\n\"'<>";

bool IsPort(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

// `rest` stands behind "://". The userinfo's end is the last '@' of the authority (RFC 3986, section 3.2).
size_t UserinfoLength(std::string_view rest) {
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#, \t\r\n\"'"));
  size_t at = authority.rfind('@');
  if (at != std::string_view::npos) return at;
  // A slash within a password should be written %2F and often is not; what looks like the port then is none.
  const size_t colon = authority.rfind(':');
  if (colon == std::string_view::npos || IsPort(authority.substr(colon + 1))) return 0;
  at = rest.substr(0, rest.find_first_of(kUrlEnds)).rfind('@');
  return at == std::string_view::npos ? 0 : at;
}

// Moves the authority's userinfo from `text` to `out`, masked.
void MoveUserinfo(std::string_view& text, std::string& out) {
  const size_t length = UserinfoLength(text);
  if (length == 0) return;
  const size_t colon = text.substr(0, length).find(':');
  if (colon != std::string_view::npos) out += text.substr(0, colon + 1);
  out += kMask;
  text.remove_prefix(length);
}

// Signed addresses and those of some receivers carry their secret there: X-Amz-Signature, sig, key.
bool IsSecretParameter(std::string_view name) {
  const std::string folded = Folded(name);
  return IsSecretName(name) || folded.ends_with("key") || folded.ends_with("sig") ||
         folded.ends_with("signature");
}

// A URL, the secret values of its query masked.
std::string MaskQuery(std::string_view url) {
  size_t from = std::min(url.find('?'), url.size());
  std::string out(url.substr(0, from));
  while (from < url.size()) {
    const size_t end = std::min(url.find_first_of("&#", from + 1), url.size());
    const std::string_view parameter = url.substr(from, end - from);
    const size_t equals = std::min(parameter.find('='), parameter.size() - 1);
    const bool hide =
        equals + 1 < parameter.size() && equals > 0 && IsSecretParameter(parameter.substr(1, equals - 1));
    out += hide ? parameter.substr(0, equals + 1) : parameter;
    if (hide) out += kMask;
    from = end;
  }
  return out;
}

std::string MaskUserinfos(std::string_view text) {
  std::string out;
  for (size_t scheme = text.find("://"); scheme != std::string_view::npos; scheme = text.find("://")) {
    out += text.substr(0, scheme + 3);
    text.remove_prefix(scheme + 3);
    MoveUserinfo(text, out);
  }
  return out.append(text);
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
  if (text.find("://") == std::string_view::npos) return std::string(text);
  const std::string masked = MaskUserinfos(text);
  std::string out;
  for (std::string_view rest = masked; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find_first_of(kUrlEnds));
    out += word.find("://") == std::string_view::npos ? std::string(word) : MaskQuery(word);
    rest.remove_prefix(word.size());
    const std::string_view gap = rest.substr(0, rest.find_first_not_of(kUrlEnds));
    out += gap;
    rest.remove_prefix(gap.size());
  }
  return out;
}

std::string MaskAddress(std::string_view value) {
  if (value.find("://") != std::string_view::npos) return MaskUrls(value);
  std::string out;
  MoveUserinfo(value, out);
  return out.append(value);
}

std::string Redact(std::string_view name, std::string_view value) {
  if (value.empty()) return {};
  return IsSecretName(name) ? std::string(kMask) : MaskAddress(value);
}

}  // namespace ntsp
