#include "aws/s3_client.h"

#include <arrow/buffer.h>
#include <arrow/filesystem/s3fs.h>
#include <arrow/io/interfaces.h>
#include <arrow/util/io_util.h>

#include <cerrno>
#include <utility>

#include "aws/endpoint.h"
#include "aws/s3_error.h"
#include "aws/sdk.h"

namespace ntsp::aws {

namespace {

arrow::fs::S3Options WithCredentials(const S3Options& options) {
  const Credentials& keys = options.credentials.keys;
  if (options.anonymous) return arrow::fs::S3Options::Anonymous();
  if (keys.access_key.empty()) return arrow::fs::S3Options::Defaults();
  return arrow::fs::S3Options::FromAccessKey(keys.access_key, keys.secret_key, keys.session_token);
}

Result<arrow::fs::S3Options> ToArrow(const S3Options& options) {
  arrow::fs::S3Options to = WithCredentials(options);
  to.region = options.region;
  to.connect_timeout = static_cast<double>(options.connect_timeout.count());
  to.request_timeout = static_cast<double>(options.stall_timeout.count());
  to.tls_ca_file_path = options.ca_file;
  to.force_virtual_addressing = options.virtual_host;
  to.retry_strategy = arrow::fs::S3RetryStrategy::GetAwsStandardRetryStrategy(options.attempts);
  // Without it even a small object is a multipart upload of three requests.
  to.allow_delayed_open = true;
  to.background_writes = true;
  if (!options.endpoint.empty()) {
    NTSP_ASSIGN(const Endpoint endpoint, ParseEndpoint(options.endpoint));
    to.scheme = endpoint.scheme;
    to.endpoint_override = endpoint.authority;
  }
  return to;
}

bool IsMissing(const arrow::Status& status) {
  return arrow::internal::ErrnoFromStatus(status) == ENOENT ||
         S3ErrorName(status.message()) == "NO_SUCH_KEY" ||
         S3ErrorName(status.message()) == "RESOURCE_NOT_FOUND";
}

std::string Uri(const std::string& bucket, const std::string& key) {
  return "s3://" + bucket + "/" + key;
}

Failure Failed(std::string_view doing, const std::string& bucket, const std::string& key,
               const arrow::Status& status) {
  return Retry(ExplainS3Error(std::string(doing) + " " + Uri(bucket, key), bucket, status.message()));
}

arrow::Result<std::string> ReadAll(arrow::io::RandomAccessFile& file) {
  ARROW_ASSIGN_OR_RAISE(const int64_t size, file.GetSize());
  std::string bytes(static_cast<size_t>(size), '\0');
  ARROW_ASSIGN_OR_RAISE(const int64_t read, file.ReadAt(0, size, bytes.data()));
  if (read != size) return arrow::Status::IOError("read ", read, " bytes of ", size);
  return bytes;
}

}  // namespace

struct S3Client::State {
  std::shared_ptr<arrow::fs::S3FileSystem> files;

  arrow::Status Write(const std::string& path, std::string_view bytes) {
    ARROW_ASSIGN_OR_RAISE(auto stream, files->OpenOutputStream(path, nullptr));
    // Borrowed, not copied: Close waits for the parts that are under way, also when some have failed.
    arrow::Status status = stream->Write(
        std::make_shared<arrow::Buffer>(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()));
    // Errors mostly come only here; a small object is sent here.
    if (status.ok()) status = stream->Close();
    if (!status.ok()) (void)stream->Abort();
    return status;
  }
};

S3Client::S3Client(std::unique_ptr<State> state) : state_(std::move(state)) {}

S3Client::~S3Client() = default;

Result<std::unique_ptr<S3Client>> S3Client::Make(const S3Options& options) {
  NTSP_TRY(StartSdk());
  NTSP_ASSIGN(const arrow::fs::S3Options arrow_options, ToArrow(options));
  auto files = arrow::fs::S3FileSystem::Make(arrow_options);
  if (!files.ok()) return Stop("the S3 client cannot be made: " + files.status().ToString());
  return std::unique_ptr<S3Client>(new S3Client(std::make_unique<State>(State{*std::move(files)})));
}

Result<void> S3Client::Put(const std::string& bucket, const std::string& key, std::string_view bytes) {
  const arrow::Status status = state_->Write(bucket + "/" + key, bytes);
  if (!status.ok()) return Failed("writing", bucket, key, status);
  return {};
}

Result<std::string> S3Client::Get(const std::string& bucket, const std::string& key) {
  auto file = state_->files->OpenInputFile(bucket + "/" + key);
  if (!file.ok() && IsMissing(file.status())) return Reject("there is no object " + Uri(bucket, key));
  if (!file.ok()) return Failed("reading", bucket, key, file.status());
  auto bytes = ReadAll(**file);
  if (!bytes.ok()) return Failed("reading", bucket, key, bytes.status());
  return *std::move(bytes);
}

Result<bool> S3Client::Exists(const std::string& bucket, const std::string& key) {
  // Opening asks for the object's head only, while GetFileInfo would also list what might lie below.
  auto file = state_->files->OpenInputFile(bucket + "/" + key);
  if (file.ok()) return true;
  if (IsMissing(file.status())) return false;
  return Failed("looking for", bucket, key, file.status());
}

Result<std::vector<std::string>> S3Client::List(const std::string& bucket, const std::string& prefix) {
  arrow::fs::FileSelector selector;
  selector.base_dir = bucket;
  if (const size_t slash = prefix.rfind('/'); slash != std::string::npos && slash > 0) {
    selector.base_dir += "/" + prefix.substr(0, slash);
  }
  selector.recursive = true;
  selector.allow_not_found = true;
  auto found = state_->files->GetFileInfo(selector);
  if (!found.ok()) return Failed("listing", bucket, prefix, found.status());
  std::vector<std::string> keys;
  for (const arrow::fs::FileInfo& file : *found) {
    std::string key = file.path().substr(bucket.size() + 1);
    if (file.IsFile() && key.starts_with(prefix)) keys.push_back(std::move(key));
  }
  return keys;
}

Result<void> S3Client::Remove(const std::string& bucket, const std::string& key) {
  const arrow::Status status = state_->files->DeleteFile(bucket + "/" + key);
  if (!status.ok() && !IsMissing(status)) return Failed("removing", bucket, key, status);
  return {};
}

}  // namespace ntsp::aws
