#include "publish/dead_letter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace ntsp::publish {
namespace {

using testing::HasSubstr;

constexpr size_t kPlenty = 1'000'000;
const Rejection kWhy{RejectKind::kUnknownDialect, "an object of no known dialect"};

RawMessage Raw(std::string_view value) {
  return {.topic = "raw",
          .partition = {3},
          .offset = {1234},
          .received_at = Timestamp::FromMillis(1'700'000'000'123),
          .key = "the-key",
          .value = value};
}

std::map<std::string, std::string> HeadersOf(const kafka::OutgoingMessage& message) {
  std::map<std::string, std::string> headers;
  for (const auto& [name, value] : message.headers) headers.emplace(name, value);
  return headers;
}

size_t Size(const kafka::OutgoingMessage& message) {
  size_t size = message.key.size() + message.value.size();
  for (const auto& [name, value] : message.headers) size += name.size() + value.size();
  return size;
}

TEST(DeadLetters, a_whole_message_is_given_byte_for_byte_with_its_key_and_where_it_came_from) {
  DeadLetters letters("dead", kPlenty);
  const std::string bytes("\xff\x00{", 3);
  const auto message = letters.Whole(Raw(bytes), {}, kWhy);
  EXPECT_EQ(message.topic, "dead");
  EXPECT_EQ(message.value, bytes);
  EXPECT_TRUE(message.has_key);
  EXPECT_EQ(message.key, "the-key");
  const auto headers = HeadersOf(message);
  EXPECT_EQ(headers.at("ntsp.error.kind"), "unknown-dialect");
  EXPECT_EQ(headers.at("ntsp.error.message"), "an object of no known dialect");
  EXPECT_EQ(headers.at("ntsp.source.topic"), "raw");
  EXPECT_EQ(headers.at("ntsp.source.partition"), "3");
  EXPECT_EQ(headers.at("ntsp.source.offset"), "1234");
  EXPECT_EQ(headers.at("ntsp.source.timestamp"), "1700000000123");
  EXPECT_FALSE(headers.contains("ntsp.truncated"));
}

TEST(DeadLetters, a_message_without_a_key_gets_none) {
  DeadLetters letters("dead", kPlenty);
  RawMessage raw = Raw("x");
  raw.key.reset();
  EXPECT_FALSE(letters.Whole(raw, {}, kWhy).has_key);
}

TEST(DeadLetters, the_raw_messages_headers_are_kept_but_those_of_an_earlier_failure) {
  DeadLetters letters("dead", kPlenty);
  const std::vector<kafka::Header> own = {
      {"trace", "t-1"}, {"ntsp.error.kind", "old"}, {"ntsp.truncated", "9"}};
  const auto message = letters.Whole(Raw("x"), own, kWhy);
  const auto headers = HeadersOf(message);
  EXPECT_EQ(headers.at("trace"), "t-1");
  EXPECT_EQ(headers.at("ntsp.error.kind"), "unknown-dialect");
  EXPECT_FALSE(headers.contains("ntsp.truncated"));
  EXPECT_EQ(message.headers.size(), 7u);
}

TEST(DeadLetters, a_value_beyond_the_topics_limit_is_cut_and_its_full_size_told) {
  DeadLetters letters("dead", 2'000);
  const std::string value(5'000, 'x');
  const auto message = letters.Whole(Raw(value), {}, kWhy);
  EXPECT_EQ(HeadersOf(message).at("ntsp.truncated"), "5000");
  EXPECT_LE(Size(message), 2'000u);
  EXPECT_GT(message.value.size(), 1'000u);
}

TEST(DeadLetters, headers_too_large_for_the_topic_give_way_to_the_value) {
  DeadLetters letters("dead", 2'000);
  const std::string much(3'000, 'h');
  const std::vector<kafka::Header> own = {{"much", much}};
  const auto message = letters.Whole(Raw("the value"), own, kWhy);
  EXPECT_EQ(message.value, "the value");
  EXPECT_LE(Size(message), 2'000u);
}

TEST(DeadLetters, a_long_reason_is_cut_between_two_characters) {
  DeadLetters letters("dead", kPlenty);
  std::string reason(1'023, 'x');
  reason += "é";
  const auto message = letters.Whole(Raw("x"), {}, {RejectKind::kInvalidKey, reason});
  EXPECT_EQ(HeadersOf(message).at("ntsp.error.message"), std::string(1'023, 'x'));
}

class FailedTest : public testing::Test {
 protected:
  FailedTest() {
    samples_.envelopes.push_back({Dialect::kEda, text_, {}, {}, std::nullopt});
    for (const size_t at : {1, 3, 5}) samples_.elements.push_back({0, std::string_view(text_).substr(at, 1)});
  }
  void Fail(uint32_t element, RejectKind kind, std::string why) {
    samples_.failed.push_back({element, samples_.elements[element].raw, {kind, std::move(why)}});
  }

  const std::string text_ = "[1,2,3]";
  Samples samples_;
};

TEST_F(FailedTest, only_failed_elements_are_given_with_the_first_ones_kind_and_the_counts) {
  Fail(2, RejectKind::kMissingInterface, "no interface");
  Fail(0, RejectKind::kMissingNode, "no node");
  DeadLetters letters("dead", kPlenty);
  const auto message = letters.FailedElements(Raw(text_), {}, samples_);
  EXPECT_EQ(message.value, "[[1,3]]");
  const auto headers = HeadersOf(message);
  EXPECT_EQ(headers.at("ntsp.error.kind"), "missing-interface");
  EXPECT_EQ(headers.at("ntsp.error.message"),
            "2 elements failed (1 missing-node, 1 missing-interface); the first: no interface");
}

TEST_F(FailedTest, one_failure_is_told_in_its_own_words) {
  Fail(1, RejectKind::kMissingNode, "no node");
  EXPECT_EQ(Summary(samples_).message, "no node");
}

TEST_F(FailedTest, the_whole_message_is_unusable_only_if_all_elements_failed_and_nothing_else_came_of_it) {
  for (uint32_t i = 0; i < 2; ++i) Fail(i, RejectKind::kMissingNode, "no node");
  EXPECT_FALSE(NothingUsable(samples_, 0));
  Fail(2, RejectKind::kMissingNode, "no node");
  EXPECT_TRUE(NothingUsable(samples_, 0));
  EXPECT_FALSE(NothingUsable(samples_, 1));
  samples_.drops.push_back({DropKind::kOtherSubsystem, "bgp"});
  EXPECT_FALSE(NothingUsable(samples_, 0));
}

}  // namespace
}  // namespace ntsp::publish
