// Values of settings from their text. All pure; each returns nothing for text that is not allowed.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ntsp::app {

// Decimal digits only.
std::optional<uint64_t> ParseWhole(std::string_view text, uint64_t least, uint64_t most);

// A whole number of bytes, or one with KiB, MiB or GiB behind it: "67108864", "64MiB".
std::optional<uint64_t> ParseBytes(std::string_view text, uint64_t least, uint64_t most);

// true, false, yes, no, on, off, 1, 0; in any case.
std::optional<bool> ParseFlag(std::string_view text);

// A name that Kafka takes for a topic: 1 to 249 of A-Z a-z 0-9 . _ -, but not "." or "..".
bool IsTopicName(std::string_view text);

// 1 to 100 of A-Z a-z 0-9 . _ -: it becomes part of transactional ids and client ids.
bool IsInstanceId(std::string_view text);

// 3 to 63 of a-z 0-9 . -, beginning and ending with a letter or digit.
bool IsBucketName(std::string_view text);

// "host:port[,host:port…]"
bool IsServerList(std::string_view text);

bool IsHttpUrl(std::string_view text);

// "arn:aws:sns:eu-west-1:123456789012:name" in any partition of AWS.
bool IsSnsTopicArn(std::string_view text);

// What STS takes for a session: 2 to 64 of A-Z a-z 0-9 + = , . @ _ -.
bool IsSessionName(std::string_view text);

// "s3://bucket[/prefix]" or "file:///dir".
bool IsArchiveUri(std::string_view text);

}  // namespace ntsp::app
