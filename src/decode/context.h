// What the decoder of a dialect works with. To add a dialect: a pair of files with one function of the type
// DecodeObject, a member of Dialect (model/sample.h), and its row in the table in decoder.cc.
#pragma once

#include "decode/gnmic_name.h"
#include "decode/gnmic_work.h"
#include "decode/nested_json.h"
#include "decode/telegraf_name.h"
#include "decode/trace.h"
#include "decode/tree_work.h"
#include "model/json_cursor.h"
#include "model/path.h"
#include "model/raw_message.h"
#include "model/sample.h"

namespace ntsp::decode {

struct Context {
  Samples& out;
  Paths& paths;
  GnmicNames& gnmic_names;
  GnmicWork& gnmic_work;
  TelegrafNames& telegraf_names;
  TreeWork& tree_work;
  NestedJson& nested;
  const RawMessage& message;  // for dialects that leave the node to the Kafka key
  uint32_t wrappers = 0;      // around what is being read
  bool in_text = false;       // it stands as text in the message
  Trace* trace = nullptr;     // null: nobody wants to know
};

// Reads the object at `in` to its end and appends what it says to `context.out`. What is valid JSON but
// cannot be understood becomes a FailedElement; on invalid JSON `in` says what is wrong, and the caller
// throws `out` away. REQUIRES: in.AtObject(), and that Detect named the dialect.
using DecodeObject = void (*)(JsonCursor& in, Context& context);

// The same for a value of any dialect, or a list of such values nested to any depth.
void DecodeValue(JsonCursor& in, Context& context);

}  // namespace ntsp::decode
