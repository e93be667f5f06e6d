#include "publish/put_back.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace ntsp::publish {
namespace {

constexpr std::string_view kOwnPrefix = "ntsp.";

std::string Place(std::string_view topic, std::string_view partition, std::string_view offset) {
  std::string text(topic);
  return text.append("/").append(partition).append("/").append(offset);
}

}  // namespace

std::string LetterFacts::Source() const {
  return Place(topic, partition, offset);
}

LetterFacts ReadLetter(std::span<const kafka::Header> headers) {
  LetterFacts facts;
  const std::array<std::pair<std::string_view, std::string_view*>, 6> known = {
      {{"ntsp.error.kind", &facts.kind},
       {"ntsp.error.message", &facts.message},
       {"ntsp.source.topic", &facts.topic},
       {"ntsp.source.partition", &facts.partition},
       {"ntsp.source.offset", &facts.offset},
       {"ntsp.truncated", &facts.full_size}}};
  for (const auto& [name, value] : headers) {
    for (const auto& [wanted, fact] : known) {
      if (name == wanted) *fact = value;
    }
  }
  return facts;
}

Result<void> CheckLetter(const LetterFacts& letter) {
  const bool complete =
      !letter.kind.empty() && !letter.topic.empty() && !letter.partition.empty() && !letter.offset.empty();
  if (!complete) return Reject("it lacks the headers of ntsp's dead letters, so it is none");
  if (letter.full_size.empty()) return {};
  return Reject("its value was cut (it had " + std::string(letter.full_size) + " bytes); the whole is at " +
                letter.Source() + ", as long as that topic keeps it");
}

kafka::OutgoingMessage PutBack::Compose(const kafka::Message& letter,
                                        std::span<const kafka::Header> headers) {
  from_ = Place(letter.topic, std::to_string(letter.partition.value), std::to_string(letter.offset.value));
  origin_ = ReadLetter(headers).Source();
  kafka::OutgoingMessage message{.topic = raw_topic_,
                                 .key = letter.key.value_or(std::string_view()),
                                 .value = letter.value.value_or(std::string_view()),
                                 .headers = {},
                                 .has_key = letter.key.has_value()};
  std::ranges::copy_if(headers, std::back_inserter(message.headers),
                       [](const kafka::Header& header) { return !header.first.starts_with(kOwnPrefix); });
  message.headers.emplace_back("ntsp.redrive.from", from_);
  message.headers.emplace_back("ntsp.redrive.origin", origin_);
  return message;
}

}  // namespace ntsp::publish
