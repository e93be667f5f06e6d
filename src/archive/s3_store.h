// Objects in an S3 bucket, below a prefix.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/object_store.h"
#include "aws/s3_client.h"
#include "base/result.h"

namespace ntsp::archive {

// Thread-safe.
class S3Store : public ObjectStore {
 public:
  // Keys are put below `prefix` (without '/' at its ends; empty: the bucket's root) and come back without it.
  // kStop if the bucket's name is impossible.
  static Result<std::unique_ptr<S3Store>> Make(std::string bucket, std::string_view prefix,
                                               std::unique_ptr<aws::S3Client> client);

  Result<void> Put(const std::string& key, std::string_view bytes) override;
  Result<bool> Exists(const std::string& key) override;
  Result<std::vector<std::string>> List(const std::string& prefix) override;
  Result<std::string> Get(const std::string& key) override;
  Result<void> Remove(const std::string& key) override;
  std::string Uri() const override;

 private:
  S3Store(std::string bucket, std::string folder, std::unique_ptr<aws::S3Client> client)
      : bucket_(std::move(bucket)), folder_(std::move(folder)), client_(std::move(client)) {}

  const std::string bucket_;
  const std::string folder_;  // "prefix/", or empty
  const std::unique_ptr<aws::S3Client> client_;
};

}  // namespace ntsp::archive
