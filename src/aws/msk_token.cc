#include "aws/msk_token.h"

#include <algorithm>
#include <array>

#include "aws/presign.h"
#include "base/sha256.h"

namespace ntsp::aws {
namespace {

// MSK's own, and serverless clusters'.
constexpr std::array<std::string_view, 2> kServices = {".kafka.", ".kafka-serverless."};
constexpr std::string_view kDomain = ".amazonaws.com";
// Shorter than the 5 seconds that keys have left at least when the SDK gives them: signing costs
// microseconds.
constexpr std::chrono::seconds kTemporaryUse{4};

}  // namespace

std::string MskToken(const std::string& region, const Credentials& keys, Timestamp now,
                     std::chrono::seconds lifetime) {
  const Presign request{.host = "kafka." + region + std::string(kDomain),
                        .path = "/",
                        .query = {{"Action", "kafka-cluster:Connect"}},
                        .region = region,
                        .service = "kafka-cluster",
                        .now = now,
                        .lifetime = lifetime,
                        .payload_hash = Hex(Sha256(""))};
  // The client's name comes behind the signature, which does not cover it.
  return Base64Url(PresignedUrl(request, keys) + "&User-Agent=ntsp");
}

std::chrono::seconds MskTokenUse(const Credentials& keys, std::chrono::seconds lifetime) {
  return keys.session_token.empty() ? lifetime : std::min(lifetime, kTemporaryUse);
}

std::optional<std::string> MskRegion(std::string_view bootstrap_servers) {
  for (const std::string_view service : kServices) {
    const size_t at = bootstrap_servers.find(service);
    if (at == std::string_view::npos) continue;
    const std::string_view behind = bootstrap_servers.substr(at + service.size());
    const size_t end = behind.find(kDomain);
    const std::string_view region = behind.substr(0, end);
    if (end != std::string_view::npos && !region.empty() && region.find_first_of(".,:") == region.npos)
      return std::string(region);
  }
  return std::nullopt;
}

}  // namespace ntsp::aws
