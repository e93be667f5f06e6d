#include "decode/decoded_fake.h"

#include <fmt/format.h>

namespace ntsp::decode {
namespace {

std::string Show(const Scalar& value) {
  switch (value.kind) {
    case Scalar::Kind::kNull:
      return "null";
    case Scalar::Kind::kText:
      return fmt::format("'{}'", value.text);
    case Scalar::Kind::kBool:
    case Scalar::Kind::kNumber:
    case Scalar::Kind::kJson:
      return std::string(value.text);
  }
  return "";
}

}  // namespace

std::vector<std::string> SampleLines(const Samples& samples) {
  std::vector<std::string> lines;
  for (const Sample& s : samples.samples) {
    std::string line = s.path->text;
    if (!s.node.empty()) line += fmt::format(" node={}", s.node);
    if (!s.node_namespace.empty()) line += fmt::format(" ns={}", s.node_namespace);
    if (s.time) line += fmt::format(" time={}", s.time->micros);
    if (s.deleted) line += " deleted";
    for (const Key& key : samples.KeysOf(s)) line += fmt::format(" [{}={}]", key.name, Show(key.value));
    for (const Leaf& leaf : samples.LeavesOf(s)) {
      const std::string_view container =
          leaf.container == s.path ? "." : std::string_view(leaf.container->text);
      line += fmt::format(" {}:{}={}", container, leaf.name, Show(leaf.value));
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

Decoded::Decoded(std::optional<std::string_view> value, std::optional<std::string_view> kafka_key) {
  RawMessage message{};
  message.key = kafka_key;
  if (value) {
    value_.assign(value->begin(), value->end());
    message.value = std::string_view(value_.data(), value_.size());
  }
  rejection_ = decoder_.Decode(message, out_);
}

std::string Decoded::Rejected() const {
  return rejection_ ? fmt::format("{} {}", RejectName(rejection_->kind), rejection_->message) : std::string();
}

std::vector<std::string> Decoded::Failed() const {
  std::vector<std::string> lines;
  for (const FailedElement& f : out_.failed) {
    lines.push_back(fmt::format("{} {}{}", RejectName(f.why.kind), f.element ? "" : "envelope ", f.raw));
  }
  return lines;
}

std::vector<std::string> Decoded::Drops() const {
  std::vector<std::string> lines;
  for (const Drop& drop : out_.drops) lines.push_back(fmt::format("{} {}", DropName(drop.kind), drop.path));
  return lines;
}

}  // namespace ntsp::decode
