#include "archive/s3_store.h"

#include <algorithm>
#include <utility>

namespace ntsp::archive {

namespace {

// What S3 asks of a bucket's name, but for rules that only new buckets have to keep.
bool IsBucketName(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
  };
  return name.size() >= 3 && name.size() <= 255 && std::all_of(name.begin(), name.end(), allowed);
}

std::string_view WithoutSlashes(std::string_view prefix) {
  while (prefix.starts_with('/')) prefix.remove_prefix(1);
  while (prefix.ends_with('/')) prefix.remove_suffix(1);
  return prefix;
}

}  // namespace

Result<std::unique_ptr<S3Store>> S3Store::Make(std::string bucket, std::string_view prefix,
                                               std::unique_ptr<aws::S3Client> client) {
  if (!IsBucketName(bucket)) {
    return Stop("'" + bucket +
                "' cannot be an S3 bucket: 3 to 255 letters, digits, '-', '.' and '_' are allowed; " +
                "check AWS_S3_BUCKET or ARCHIVE_URI");
  }
  std::string folder(WithoutSlashes(prefix));
  if (!folder.empty()) folder += '/';
  return std::unique_ptr<S3Store>(new S3Store(std::move(bucket), std::move(folder), std::move(client)));
}

Result<void> S3Store::Put(const std::string& key, std::string_view bytes) {
  return client_->Put(bucket_, folder_ + key, bytes);
}

Result<bool> S3Store::Exists(const std::string& key) {
  return client_->Exists(bucket_, folder_ + key);
}

Result<std::vector<std::string>> S3Store::List(const std::string& prefix) {
  NTSP_ASSIGN(std::vector<std::string> keys, client_->List(bucket_, folder_ + prefix));
  for (std::string& key : keys) key.erase(0, folder_.size());
  return keys;
}

Result<std::string> S3Store::Get(const std::string& key) {
  return client_->Get(bucket_, folder_ + key);
}

Result<void> S3Store::Remove(const std::string& key) {
  return client_->Remove(bucket_, folder_ + key);
}

std::string S3Store::Uri() const {
  return "s3://" + bucket_ + (folder_.empty() ? "" : "/" + folder_.substr(0, folder_.size() - 1));
}

}  // namespace ntsp::archive
