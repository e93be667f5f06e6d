#include "app/raw_text.h"

#include "app/json_values.h"
#include "base/json_text.h"
#include "model/record_json.h"

namespace ntsp::app {

RawText::RawText(const normalize::Options& options, std::ostream& out, std::ostream& failures,
                 std::span<const normalize::PathRow> rows)
    : out_(out), failures_(failures), normalizer_(options, rows) {}

void RawText::Process(std::string_view source, std::string_view text, Timestamp received_at) {
  JsonValues values(text);
  for (Offset offset; const auto value = values.Next(); offset = Next(offset)) {
    ProcessMessage({source, {0}, offset, received_at, std::nullopt, *value});
  }
}

void RawText::ProcessMessage(const RawMessage& message) {
  if (const auto rejection = decoder_.Decode(message, samples_)) {
    return WriteFailure(message, *rejection, *message.value);
  }
  normalizer_.Normalize(message, decoder_.paths(), samples_, records_);
  WriteRecords();
  for (const FailedElement& failed : samples_.failed) WriteFailure(message, failed.why, failed.raw);
}

void RawText::WriteRecords() {
  line_.Clear();
  for (const Record& record : records_.records()) {
    line_.Append(R"({"table":")");
    line_.Append(TableName(record.table));
    line_.Append(R"(","record":)");
    AppendJson(record, line_);
    line_.Append("}\n");
  }
  out_ << line_.view();
}

void RawText::WriteFailure(const RawMessage& message, const Rejection& why, std::string_view value) {
  ++failed_;
  failures_ << JsonObject()
                   .Text("source", message.topic)
                   .Number("offset", message.offset.value)
                   .Text("kind", RejectName(why.kind))
                   .Text("message", why.message)
                   .Text("value", value)
                   .Finish()
            << '\n';
}

}  // namespace ntsp::app
