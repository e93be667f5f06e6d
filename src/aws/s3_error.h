// What S3's errors mean and what a person can do about them.
#pragma once

#include <string>
#include <string_view>

namespace ntsp::aws {

// The error's name in Arrow's text ("… AWS Error NO_SUCH_BUCKET during PutObject operation: …"); empty if
// none.
std::string_view S3ErrorName(std::string_view arrow_message);

// One line for a person: what was tried, what went wrong, what to do. `doing` is like "writing
// s3://bucket/key".
std::string ExplainS3Error(std::string_view doing, std::string_view bucket, std::string_view arrow_message);

}  // namespace ntsp::aws
