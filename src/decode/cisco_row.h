// Rows of Cisco's model-driven telemetry, however they are written: keys that say which object the row is
// about, and a content that is data of the model below the message's encoding path (tree.h). An element is a
// row.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "decode/cisco_header.h"
#include "decode/context.h"
#include "model/json_cursor.h"
#include "model/sample.h"

namespace ntsp::decode {

// What all rows of a message have in common.
struct CiscoMessage {
  std::string_view dialect;  // for errors
  CiscoHeader header;
  uint32_t envelope;
  const Path* path;  // the header's
};

// One row while it is being read. What it says is appended to context.out; what was appended is taken back if
// the row turns out to be unusable. `message` must outlive it.
class CiscoRow {
 public:
  CiscoRow(const CiscoMessage& message, Context& context);

  void SetTime(const Scalar& time);
  // A key may come without the name of its list (list_key.h).
  void AddKey(std::string_view name, const Scalar& value);
  void ForgetKeys();
  // An object or a list of them; null says nothing. Takes the keys and the time that were given before; of
  // several contents the last counts.
  void ReadContent(JsonCursor& in);
  // The first reason is the one that is told: "has \"keys\" that …".
  void Refuse(std::string_view why);

  // Ends the row. `raw` is its text.
  void Finish(std::string_view raw);

 private:
  void ForgetSamples();

  const CiscoMessage& message_;
  Context& context_;
  const size_t first_sample_, first_leaf_;
  Sample about_;
  std::optional<Rejection> problem_;
};

// The names of a row's members where it is written as an object.
struct CiscoRowNames {
  std::string_view time, keys, content;
};

// Rows that are objects: keys as {…}, as [{…},…], or none; a list of rows or a single one. On invalid JSON
// `in` says what is wrong.
void ReadCiscoRows(JsonCursor& in, const CiscoRowNames& names, const CiscoMessage& message, Context& context);

}  // namespace ntsp::decode
