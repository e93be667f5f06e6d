// The way into decoding: one raw message becomes samples, whatever its dialect.
#pragma once

#include <optional>

#include "decode/context.h"
#include "decode/unpack.h"
#include "model/json_index.h"
#include "model/raw_message.h"
#include "model/sample.h"
#include "model/verdict.h"

namespace ntsp::decode {

// One per worker. Pure but for its memory: the same message gives the same samples.
class Decoder {
 public:
  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  // Fills `out`, which is emptied first. All texts in it borrow from `message.value`, `out.arena` and this
  // decoder, and are valid until the next call. One value may be an object, lists of them nested to any
  // depth, or several JSON values one behind the other, as JSON lines are, and all of it may be packed
  // (unpack.h); nothing is handed out unless all of it is valid JSON. A rejection: nothing in it could be
  // read, `out` is empty, and the whole value is the dead letter. `trace`, if given, is filled too.
  std::optional<Rejection> Decode(const RawMessage& message, Samples& out, Trace* trace = nullptr);

  // What the samples' paths are interned in. Emptied now and then at the beginning of Decode
  // (Paths::generation).
  const Paths& paths() const { return paths_; }

 private:
  std::optional<Rejection> DecodeText(const RawMessage& message, Samples& out, Trace* trace);
  void ForgetNames();

  Unpacker unpacker_;
  Paths paths_;
  GnmicNames gnmic_names_{paths_};
  GnmicWork gnmic_work_;
  TelegrafNames telegraf_names_{paths_, gnmic_names_};
  TreeWork tree_work_;
  JsonIndex index_;
  NestedJson nested_;
};

}  // namespace ntsp::decode
