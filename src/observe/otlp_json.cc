#include "observe/otlp_json.h"

#include <algorithm>
#include <charconv>

#include "base/json_text.h"
#include "base/utf8.h"

namespace ntsp::observe {
namespace {

constexpr std::string_view kScope = "ntsp";

std::string Quoted(std::string_view digits) {
  return '"' + std::string(digits) + '"';
}

struct AnyValue {
  std::string operator()(std::string_view value) const {
    return JsonObject().Text("stringValue", CutUtf8(value, kMaxOtlpText)).Finish();
  }
  std::string operator()(bool value) const { return JsonObject().Flag("boolValue", value).Finish(); }
  std::string operator()(double value) const { return JsonObject().Number("doubleValue", value).Finish(); }
  std::string operator()(int64_t value) const {
    return JsonObject().Raw("intValue", Quoted(std::to_string(value))).Finish();
  }
  // OTLP has no unsigned integers.
  std::string operator()(uint64_t value) const {
    return value <= INT64_MAX ? (*this)(static_cast<int64_t>(value)) : (*this)(std::to_string(value));
  }
};

class KeyValues {
 public:
  template <typename Value>
  void Add(std::string_view key, const Value& value) {
    if (out_.size() > 1) out_ += ',';
    out_ += JsonObject().Text("key", key).Raw("value", AnyValue()(value)).Finish();
  }
  std::string Finish() && { return std::move(out_) + ']'; }

 private:
  std::string out_ = "[";
};

struct Severity {
  int number;
  std::string_view text;
};

Severity SeverityOf(log::Level level) {
  switch (level) {
    case log::Level::kDebug:
      return {5, "DEBUG"};
    case log::Level::kInfo:
      return {9, "INFO"};
    case log::Level::kWarn:
      return {13, "WARN"};
    case log::Level::kError:
      return {17, "ERROR"};
  }
  return {0, ""};
}

}  // namespace

std::string UnixNano(Timestamp time) {
  return Quoted(std::to_string(time.micros) + "000");
}

std::string AttributesJson(const Attributes& attributes) {
  KeyValues out;
  for (const Attribute& attribute : attributes) {
    std::visit([&](const auto& value) { out.Add(attribute.name, value); }, attribute.value);
  }
  return std::move(out).Finish();
}

std::string LogRecordJson(const log::Line& line) {
  KeyValues attributes;
  attributes.Add("event.name", line.event);
  for (const log::Field& field : line.fields) {
    std::visit([&](const auto& value) { attributes.Add(field.name, value); }, field.value);
  }
  if (line.suppressed > 0) attributes.Add("suppressed", line.suppressed);
  const Severity severity = SeverityOf(line.level);
  const std::string time = UnixNano(line.time);
  JsonObject record;
  record.Raw("timeUnixNano", time).Raw("observedTimeUnixNano", time);
  record.Number("severityNumber", severity.number).Text("severityText", severity.text);
  record.Raw("body", AnyValue()(line.message)).Raw("attributes", std::move(attributes).Finish());
  if (!line.trace_id.empty()) record.Text("traceId", line.trace_id).Text("spanId", line.span_id);
  return record.Finish();
}

std::string SpanJson(const Span& span) {
  constexpr int kInternal = 1, kError = 2;
  JsonObject out;
  out.Text("traceId", span.context.trace_id).Text("spanId", span.context.span_id);
  out.Text("name", span.name).Number("kind", kInternal);
  out.Raw("startTimeUnixNano", UnixNano(span.start)).Raw("endTimeUnixNano", UnixNano(span.end));
  out.Raw("attributes", AttributesJson(span.attributes));
  if (!span.error.empty()) {
    JsonObject status;
    status.Number("code", kError).Text("message", CutUtf8(span.error, kMaxOtlpText));
    out.Raw("status", status.Finish());
  }
  return out.Finish();
}

Envelope MakeEnvelope(Signal signal, const Attributes& resource, std::string_view version) {
  const SignalNames names = NamesOf(signal);
  Envelope envelope;
  envelope.head = "{\"" + std::string(names.resource) +
                  "\":[{\"resource\":" + JsonObject().Raw("attributes", AttributesJson(resource)).Finish() +
                  ",\"" + std::string(names.scope) +
                  "\":[{\"scope\":" + JsonObject().Text("name", kScope).Text("version", version).Finish() +
                  ",\"" + std::string(names.items) + "\":[";
  envelope.tail = "]}]}]}";
  return envelope;
}

std::string RequestJson(const Envelope& envelope, const std::vector<std::string>& items) {
  std::string out = envelope.head;
  for (const std::string& item : items) out.append(item) += ',';
  out.back() = ']';
  return out.append(envelope.tail, 1);
}

// Looked for as text: inside a string of the answer the quotes around the name would be escaped.
uint64_t RejectedItems(Signal signal, std::string_view answer) {
  const std::string name = '"' + std::string(NamesOf(signal).rejected) + '"';
  const size_t at = answer.find(name);
  if (at == std::string_view::npos) return 0;
  std::string_view rest = answer.substr(at + name.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n:\""), rest.size()));
  uint64_t count = 0;
  std::from_chars(rest.data(), rest.data() + rest.size(), count);
  return count;
}

}  // namespace ntsp::observe
