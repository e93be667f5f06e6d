// One message of Cisco's model-driven telemetry while it is being read: its header, and the members that hold
// rows. Rows are read where they stand if the header stands before them, as it does in all that devices send;
// else once more at the end, when the header is known.
#pragma once

#include <array>
#include <optional>

#include "decode/cisco_header.h"
#include "decode/cisco_row.h"
#include "decode/context.h"
#include "decode/samples_mark.h"
#include "model/json_cursor.h"

namespace ntsp::decode {

class CiscoEnvelope {
 public:
  using ReadRows = void (*)(JsonCursor& in, const CiscoMessage& message, Context& context);
  static constexpr size_t kMaxKinds = 3;

  // Adds an envelope to `context.out`.
  CiscoEnvelope(Dialect dialect, Context& context);

  CiscoHeader& header() { return header_; }
  // Takes the value of a member that holds rows. Of two that the same function reads the last counts.
  // REQUIRES: not more than kMaxKinds functions.
  void TakeRows(JsonCursor& in, ReadRows read);
  // `raw` is the text of the message. Without a single row it is counted and dropped.
  void End(std::string_view raw);

 private:
  struct Rows {
    ReadRows read = nullptr;
    std::optional<JsonCursor> at;
  };

  void ReadAgain();

  Context& context_;
  CiscoHeader header_;
  CiscoMessage message_;  // with the header that the rows have been read under
  const SamplesMark mark_;
  std::array<Rows, kMaxKinds> kinds_;
  bool read_again_ = false;
};

}  // namespace ntsp::decode
