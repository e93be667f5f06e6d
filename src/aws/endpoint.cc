#include "aws/endpoint.h"

#include "base/secret.h"

namespace ntsp::aws {

Result<Endpoint> ParseEndpoint(std::string_view url) {
  const auto bad = [&](std::string_view why) {
    return Stop("the endpoint '" + MaskAddress(url) + "' " + std::string(why) +
                "; it has to look like https://host or http://host:port");
  };
  const size_t colon = url.find("://");
  if (colon == std::string_view::npos) return bad("has no http:// or https://");
  const std::string_view scheme = url.substr(0, colon);
  if (scheme != "http" && scheme != "https") return bad("is neither http nor https");
  std::string_view rest = url.substr(colon + 3);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.empty()) return bad("names no host");
  if (rest.find('@') != std::string_view::npos) return Stop("the endpoint must not contain credentials");
  if (rest.find_first_of("/?# ") != std::string_view::npos) return bad("has more than a host and a port");
  return Endpoint{std::string(scheme), std::string(rest)};
}

}  // namespace ntsp::aws
