// What becomes of input that yields no records. Both sets are closed; every member is counted by its name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ntsp {

// Why something went to the dead letter topic: the header ntsp.error.kind.
enum class RejectKind : uint8_t {
  kInvalidJson,         // not JSON, or cut short
  kInvalidUtf8,         // bytes that are not UTF-8
  kEmpty,               // no value, or only blanks
  kTooDeep,             // nested beyond 256 levels
  kInvalidCompression,  // gzip or zstd that is damaged, or unpacks to more than is taken
  kUnknownDialect,      // JSON of no known dialect
  kMissingNode,         // table content, but no device is named
  kMissingInterface,    // interface or address content without an interface name
  kInvalidAddress,      // an address without an IP address that can be read
  kInvalidKey,          // an identifying key of a wrong type or value
  kTooLarge,            // one record alone is larger than the broker takes
  kBrokerRejected,      // the broker refused the records
};
inline constexpr int kRejectKindCount = 12;

constexpr std::string_view RejectName(RejectKind kind) {
  switch (kind) {
    case RejectKind::kInvalidJson:
      return "invalid-json";
    case RejectKind::kInvalidUtf8:
      return "invalid-utf8";
    case RejectKind::kEmpty:
      return "empty";
    case RejectKind::kTooDeep:
      return "too-deep";
    case RejectKind::kInvalidCompression:
      return "invalid-compression";
    case RejectKind::kUnknownDialect:
      return "unknown-dialect";
    case RejectKind::kMissingNode:
      return "missing-node";
    case RejectKind::kMissingInterface:
      return "missing-interface";
    case RejectKind::kInvalidAddress:
      return "invalid-address";
    case RejectKind::kInvalidKey:
      return "invalid-key";
    case RejectKind::kTooLarge:
      return "too-large";
    case RejectKind::kBrokerRejected:
      return "broker-rejected";
  }
  return "";
}

struct Rejection {
  RejectKind kind;
  std::string message;  // for a person: what is wrong and where
};

// Why something that was recognised yields nothing: normal, counted, never a dead letter.
enum class DropKind : uint8_t {
  kTombstone,       // null value
  kControl,         // sync responses, subscription states, collector logs
  kEmptyEvent,      // an event, entry or list with nothing in it
  kOtherSubsystem,  // paths that no table covers: BGP, optics, processes, …
};
inline constexpr int kDropKindCount = 4;

constexpr std::string_view DropName(DropKind kind) {
  switch (kind) {
    case DropKind::kTombstone:
      return "tombstone";
    case DropKind::kControl:
      return "control";
    case DropKind::kEmptyEvent:
      return "empty-event";
    case DropKind::kOtherSubsystem:
      return "other-subsystem";
  }
  return "";
}

}  // namespace ntsp
