// Presigned URLs (AWS Signature Version 4 in the query string): whoever holds one may do what it says until
// it expires. Pure.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "aws/credentials.h"
#include "base/time.h"

namespace ntsp::aws {

struct Presign {
  std::string host;
  std::string path = "/";                    // percent-encoded
  std::map<std::string, std::string> query;  // what is asked for; plain text
  std::string region;
  std::string service;
  Timestamp now;
  std::chrono::seconds lifetime{900};
  std::string payload_hash;  // hex, or UNSIGNED-PAYLOAD
};

// The steps of the algorithm, as AWS's documents name them.
std::string CanonicalRequest(const Presign& request, const Credentials& keys);
std::string StringToSign(const Presign& request, const Credentials& keys);

// A GET; "https://…&X-Amz-Signature=…".
std::string PresignedUrl(const Presign& request, const Credentials& keys);

}  // namespace ntsp::aws
