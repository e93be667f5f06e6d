// Objects in S3 or in a store that speaks its protocol, through Arrow's S3 file system. Objects below 10 MiB
// are one PutObject; larger ones are multipart, their parts sent in parallel, and become visible at the end.
// A checksum (CRC64NVME) goes with each.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "aws/credentials.h"
#include "base/result.h"

namespace ntsp::aws {

struct S3Options {
  std::string region;         // empty: the SDK finds out (AWS_REGION, profile, instance)
  std::string endpoint;       // a URL; empty: AWS. With one, the bucket is in the path, as stand-ins want it
  bool virtual_host = false;  // the bucket in the host name, even with an endpoint
  CredentialOptions credentials;  // those of a web identity are renewed while the client lives
  bool anonymous = false;         // no credentials at all
  int attempts = 3;               // of one request, before it is an error
  std::chrono::seconds connect_timeout{3};
  std::chrono::seconds stall_timeout{10};  // a request on which nothing moves
  std::string ca_file;                     // PEM; empty: the system's
};

// Thread-safe. Every failure is kRetry unless said otherwise: a person can mend rights, buckets and networks
// while the program waits. Its text says what to do.
class S3Client {
 public:
  // Asks nothing of the network. kStop if the options are impossible.
  static Result<std::unique_ptr<S3Client>> Make(const S3Options& options);
  ~S3Client();

  // Replaces the whole object or changes nothing. With a store that does not answer it ends after about
  // attempts * stall_timeout.
  Result<void> Put(const std::string& bucket, const std::string& key, std::string_view bytes);
  // kReject if there is no such object.
  Result<std::string> Get(const std::string& bucket, const std::string& key);
  // Needs the right to read the object and to list its folder.
  Result<bool> Exists(const std::string& bucket, const std::string& key);
  // Keys that start with `prefix`, in no order; none if the bucket has none.
  Result<std::vector<std::string>> List(const std::string& bucket, const std::string& prefix);
  // An object that does not exist counts as removed. Leaves an empty "folder/" object where the last object
  // of a folder went (Arrow keeps folders): readers of the tables do not mind.
  Result<void> Remove(const std::string& bucket, const std::string& key);

 private:
  struct State;
  explicit S3Client(std::unique_ptr<State> state);

  const std::unique_ptr<State> state_;
};

}  // namespace ntsp::aws
