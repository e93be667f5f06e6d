#include "decode/wrapper.h"

#include "decode/samples_mark.h"
#include "decode/time_value.h"

namespace ntsp::decode {
namespace {

class Wrapper {
 public:
  explicit Wrapper(Context& context)
      : context_(context),
        out_(context.out),
        mark_(context.out),
        trace_mark_(context.trace == nullptr ? 0 : context.trace->objects.size()) {}

  void Read(JsonCursor& in) {
    const auto from = in.mark();
    ++context_.wrappers;
    ReadMembers(in);
    --context_.wrappers;
    if (!in.error()) Spread(in.Raw(from));
  }

 private:
  void ReadMembers(JsonCursor& in) {
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view key = in.Key();
      if (key == "telemetry_data" || key == "payload") {
        ReadContent(in);
      } else if (key == "telemetry_node") {
        node_ = TextOf(in.Value());
      } else if (key == "timestamp") {
        time_ = ReadTime(in.Value());
      } else {
        in.Skip();
      }
    }
  }

  static std::string_view TextOf(const Scalar& value) {
    return value.kind == Scalar::Kind::kText ? value.text : std::string_view();
  }

  // Given twice, the last counts.
  void ReadContent(JsonCursor& in) {
    TakeBack();
    text_ = {};
    if (context_.wrappers > kMaxWrappers) return Fail(in, "is wrapped too often");
    if (!in.AtText()) return DecodeValue(in, context_);
    const auto from = in.mark();
    const std::string_view json = in.Value().text;
    if (in.error()) return;
    text_ = in.Raw(from);
    ReadText(json);
  }

  void ReadText(std::string_view json) {
    if (context_.in_text) return Fail("text in a text is not read");
    JsonIndex& index = context_.nested.text;
    auto error = index.Build(json);
    if (!error) {
      context_.in_text = true;
      JsonCursor in(index, out_.arena);
      while (!in.AtEnd()) DecodeValue(in, context_);
      context_.in_text = false;
      error = in.error();
    }
    if (!error) return;
    TakeBack();
    const Rejection why = error->ToRejection();
    out_.failed.push_back({std::nullopt, {}, {why.kind, "wrapped telemetry: " + why.message}});
  }

  void TakeBack() {
    mark_.TakeBack(out_);
    if (context_.trace != nullptr) {
      context_.trace->objects.erase(context_.trace->objects.begin() + static_cast<ptrdiff_t>(trace_mark_),
                                    context_.trace->objects.end());
    }
  }

  void Fail(JsonCursor& in, std::string_view what) {
    in.Skip();
    Fail(what);
  }
  void Fail(std::string_view what) {
    out_.failed.push_back(
        {std::nullopt, {}, {RejectKind::kUnknownDialect, "wrapped telemetry: " + std::string(what)}});
  }

  // What the wrapper knows goes to what is inside, and its text is what a dead letter is cut from.
  void Spread(std::string_view raw) {
    for (size_t i = mark_.samples; i < out_.samples.size(); ++i) {
      Sample& sample = out_.samples[i];
      if (sample.node.empty()) sample.node = node_;
      if (!sample.time) sample.time = time_;
    }
    for (size_t i = mark_.envelopes; i < out_.envelopes.size(); ++i) {
      Envelope& envelope = out_.envelopes[i];
      const bool is_text = !text_.empty() || !envelope.wrapper.empty();
      (is_text ? envelope.wrapper : envelope.raw) = raw;
      if (!text_.empty()) envelope.wrapped = text_;
    }
    const bool nothing_read = out_.elements.size() == mark_.elements && out_.drops.size() == mark_.drops;
    if (!nothing_read || out_.failed.size() == mark_.failed) return;
    out_.failed.resize(mark_.failed + 1);
    out_.failed.back().raw = raw;
  }

  Context& context_;
  Samples& out_;
  const SamplesMark mark_;
  const size_t trace_mark_;
  std::string_view node_;
  std::optional<Timestamp> time_;
  std::string_view text_;  // the content with its quotes, if it is text
};

}  // namespace

void DecodeWrapper(JsonCursor& in, Context& context) {
  Wrapper(context).Read(in);
}

}  // namespace ntsp::decode
