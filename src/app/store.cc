#include "app/store.h"

#include <string_view>

#include "app/aws_login.h"
#include "app/certificates.h"
#include "archive/file_store.h"
#include "archive/s3_store.h"
#include "aws/s3_client.h"

namespace ntsp::app {
namespace {

constexpr std::string_view kFile = "file://";
constexpr std::string_view kS3 = "s3://";

// The text of such an error knows the value, not the setting.
Failure Named(std::string_view setting, const Error& error) {
  return Failure(Error{error.kind, std::string(setting) + ": " + error.message});
}

Result<std::shared_ptr<archive::ObjectStore>> OpenS3(const Config& config, std::string_view place) {
  NTSP_TRY(CheckCertificates("AWS_CA_BUNDLE", config.aws_ca_bundle));
  aws::S3Options options;
  options.region = config.aws_region;
  options.endpoint = config.s3_endpoint;
  options.virtual_host = config.s3_virtual_host;
  options.ca_file = config.aws_ca_bundle;
  options.credentials = AwsLogin(config);
  auto client = aws::S3Client::Make(options);
  if (!client) return Named("AWS_ENDPOINT_URL_S3, AWS_REGION", client.error());
  const size_t slash = std::min(place.find('/'), place.size());
  const std::string_view prefix = place.substr(std::min(slash + 1, place.size()));
  auto store = archive::S3Store::Make(std::string(place.substr(0, slash)), prefix, std::move(*client));
  if (!store) return Named("AWS_S3_BUCKET, ARCHIVE_URI", store.error());
  return std::shared_ptr<archive::ObjectStore>(std::move(*store));
}

}  // namespace

Result<std::shared_ptr<archive::ObjectStore>> OpenStore(const Config& config) {
  std::string_view place = config.archive_uri;
  if (place.starts_with(kS3)) return OpenS3(config, place.substr(kS3.size()));
  auto store = archive::FileStore::Open(std::string(place.substr(kFile.size())));
  if (!store) return Named("ARCHIVE_URI", store.error());
  return std::shared_ptr<archive::ObjectStore>(std::move(*store));
}

}  // namespace ntsp::app
