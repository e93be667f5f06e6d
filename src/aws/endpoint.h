// The address of an AWS service or of a stand-in for it, as AWS_ENDPOINT_URL and its kin give it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ntsp::aws {

struct Endpoint {
  std::string scheme;     // "http" or "https"
  std::string authority;  // "host" or "host:port"

  std::string Url() const { return scheme + "://" + authority; }
};

// What to do when an endpoint's certificate is refused.
inline constexpr std::string_view kUntrusted =
    "the endpoint's certificate is not trusted: for a store of your own, AWS_CA_BUNDLE names the "
    "certificates";

// "http://127.0.0.1:9000", with or without a slash at the end. kStop for anything else; the text names the
// value, the caller the setting.
Result<Endpoint> ParseEndpoint(std::string_view url);

}  // namespace ntsp::aws
