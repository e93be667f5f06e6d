#include "aws/s3_client.h"

#include <arrow/buffer.h>
#include <arrow/filesystem/s3fs.h>
#include <arrow/io/interfaces.h>
#include <arrow/util/io_util.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
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

using Files = std::shared_ptr<arrow::fs::S3FileSystem>;

Result<Files> MakeFiles(const arrow::fs::S3Options& options) {
  auto files = arrow::fs::S3FileSystem::Make(options);
  if (!files.ok()) return Stop("the S3 client cannot be made: " + files.status().ToString());
  return *std::move(files);
}

arrow::Status Write(const Files& files, const std::string& path, std::string_view bytes) {
  ARROW_ASSIGN_OR_RAISE(auto stream, files->OpenOutputStream(path, nullptr));
  // Borrowed, not copied: Close waits for the parts that are under way, also when some have failed.
  arrow::Status status = stream->Write(
      std::make_shared<arrow::Buffer>(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()));
  // Errors mostly come only here; a small object is sent here.
  if (status.ok()) status = stream->Close();
  if (!status.ok()) (void)stream->Abort();
  return status;
}

}  // namespace

struct S3Client::State {
  arrow::fs::S3Options options;
  std::unique_ptr<CredentialChain> role;  // null: Arrow asks for credentials itself
  std::mutex mutex;                       // guards what follows
  Files files;
  Credentials keys;  // that `files` has, if there is a role

  // What to call now. Made anew when the role's keys have changed; calls that are under way keep the old one.
  Result<Files> Now() {
    if (!role) return files;
    NTSP_ASSIGN(Credentials current, role->Get());
    const std::lock_guard lock(mutex);
    if (files && current == keys) return files;
    options.ConfigureAccessKey(current.access_key, current.secret_key, current.session_token);
    NTSP_ASSIGN(files, MakeFiles(options));
    keys = std::move(current);
    return files;
  }
};

S3Client::S3Client(std::unique_ptr<State> state) : state_(std::move(state)) {}

S3Client::~S3Client() = default;

Result<std::unique_ptr<S3Client>> S3Client::Make(const S3Options& options) {
  NTSP_TRY(StartSdk());
  auto state = std::make_unique<State>();
  NTSP_ASSIGN(state->options, ToArrow(options));
  if (options.credentials.HasRole() && !options.anonymous) {
    NTSP_ASSIGN(state->role, CredentialChain::Make(options.credentials));
  } else {
    NTSP_ASSIGN(state->files, MakeFiles(state->options));
  }
  return std::unique_ptr<S3Client>(new S3Client(std::move(state)));
}

Result<void> S3Client::Put(const std::string& bucket, const std::string& key, std::string_view bytes) {
  NTSP_ASSIGN(const Files files, state_->Now());
  const arrow::Status status = Write(files, bucket + "/" + key, bytes);
  if (!status.ok()) return Failed("writing", bucket, key, status);
  return {};
}

Result<std::string> S3Client::Get(const std::string& bucket, const std::string& key) {
  NTSP_ASSIGN(const Files files, state_->Now());
  auto file = files->OpenInputFile(bucket + "/" + key);
  if (!file.ok() && IsMissing(file.status())) return Reject("there is no object " + Uri(bucket, key));
  if (!file.ok()) return Failed("reading", bucket, key, file.status());
  auto bytes = ReadAll(**file);
  if (!bytes.ok()) return Failed("reading", bucket, key, bytes.status());
  return *std::move(bytes);
}

Result<bool> S3Client::Exists(const std::string& bucket, const std::string& key) {
  NTSP_ASSIGN(const Files files, state_->Now());
  // Opening asks for the object's head only, while GetFileInfo would also list what might lie below.
  auto file = files->OpenInputFile(bucket + "/" + key);
  if (file.ok()) return true;
  if (IsMissing(file.status())) return false;
  if (S3ErrorName(file.status().message()) != "ACCESS_DENIED")
    return Failed("looking for", bucket, key, file.status());
  // AWS says so, too, of an object that is not there to whoever may list a prefix only.
  NTSP_ASSIGN(const std::vector<std::string> keys, List(bucket, key));
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

Result<std::vector<std::string>> S3Client::List(const std::string& bucket, const std::string& prefix) {
  arrow::fs::FileSelector selector;
  selector.base_dir = bucket;
  if (const size_t slash = prefix.rfind('/'); slash != std::string::npos && slash > 0) {
    selector.base_dir += "/" + prefix.substr(0, slash);
  }
  selector.recursive = true;
  selector.allow_not_found = true;
  NTSP_ASSIGN(const Files files, state_->Now());
  auto found = files->GetFileInfo(selector);
  if (!found.ok()) return Failed("listing", bucket, prefix, found.status());
  std::vector<std::string> keys;
  for (const arrow::fs::FileInfo& file : *found) {
    std::string key = file.path().substr(bucket.size() + 1);
    if (file.IsFile() && key.starts_with(prefix)) keys.push_back(std::move(key));
  }
  return keys;
}

Result<void> S3Client::Remove(const std::string& bucket, const std::string& key) {
  NTSP_ASSIGN(const Files files, state_->Now());
  const arrow::Status status = files->DeleteFile(bucket + "/" + key);
  if (!status.ok() && !IsMissing(status)) return Failed("removing", bucket, key, status);
  return {};
}

}  // namespace ntsp::aws
