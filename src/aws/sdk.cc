#include "aws/sdk.h"

#include <arrow/filesystem/s3fs.h>

namespace ntsp::aws {

namespace {

arrow::Status Initialize() {
  arrow::fs::S3GlobalOptions options = arrow::fs::S3GlobalOptions::Defaults();
  // At any other level the SDK prints to stderr for each profile file that a machine does not have.
  options.log_level = arrow::fs::S3LogLevel::Off;
  return arrow::fs::InitializeS3(options);
}

}  // namespace

Result<void> StartSdk() {
  static const arrow::Status started = Initialize();
  if (!started.ok()) return Stop("the AWS SDK cannot start: " + started.ToString());
  if (arrow::fs::IsS3Finalized())
    return Stop("the AWS SDK was ended already: it starts only once in a process");
  return {};
}

void StopSdk() {
  if (arrow::fs::IsS3Initialized()) (void)arrow::fs::EnsureS3Finalized();
}

}  // namespace ntsp::aws
