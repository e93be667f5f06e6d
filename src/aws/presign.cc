#include "aws/presign.h"

#include "aws/query_text.h"
#include "base/sha256.h"

namespace ntsp::aws {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

// "20130524T000000Z".
std::string Time(Timestamp now) {
  std::string digits;
  for (const char c : ToText(now).substr(0, 19)) {
    if (c != '-' && c != ':') digits += c;
  }
  return digits + "Z";
}

std::string Day(Timestamp now) {
  return Time(now).substr(0, 8);
}

std::string Scope(const Presign& request) {
  return Day(request.now) + "/" + request.region + "/" + request.service + "/aws4_request";
}

// Sorted by name, as the signature wants it: std::map does that, and no name here is a prefix of another with
// a character below '=' behind it.
std::string Query(const Presign& request, const Credentials& keys) {
  std::map<std::string, std::string> query = request.query;
  query["X-Amz-Algorithm"] = kAlgorithm;
  query["X-Amz-Credential"] = keys.access_key + "/" + Scope(request);
  query["X-Amz-Date"] = Time(request.now);
  query["X-Amz-Expires"] = std::to_string(request.lifetime.count());
  query["X-Amz-SignedHeaders"] = "host";
  if (!keys.session_token.empty()) query["X-Amz-Security-Token"] = keys.session_token;
  std::string text;
  for (const auto& [name, value] : query) {
    if (!text.empty()) text += '&';
    text += PercentEncode(name) + "=" + PercentEncode(value);
  }
  return text;
}

std::string Signature(const Presign& request, const Credentials& keys) {
  std::string key = HmacSha256("AWS4" + keys.secret_key, Day(request.now));
  for (const std::string_view part : {std::string_view(request.region), std::string_view(request.service),
                                      std::string_view("aws4_request")}) {
    key = HmacSha256(key, part);
  }
  return Hex(HmacSha256(key, StringToSign(request, keys)));
}

}  // namespace

std::string CanonicalRequest(const Presign& request, const Credentials& keys) {
  return "GET\n" + request.path + "\n" + Query(request, keys) + "\nhost:" + request.host + "\n\nhost\n" +
         request.payload_hash;
}

std::string StringToSign(const Presign& request, const Credentials& keys) {
  return std::string(kAlgorithm) + "\n" + Time(request.now) + "\n" + Scope(request) + "\n" +
         Hex(Sha256(CanonicalRequest(request, keys)));
}

std::string PresignedUrl(const Presign& request, const Credentials& keys) {
  return "https://" + request.host + request.path + "?" + Query(request, keys) +
         "&X-Amz-Signature=" + Signature(request, keys);
}

}  // namespace ntsp::aws
