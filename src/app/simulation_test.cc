#include "app/simulation.h"

#include <gmock/gmock.h>

#include <map>
#include <vector>

#include "app/bad_message.h"
#include "decode/decoder.h"

namespace ntsp::app {
namespace {

constexpr Timestamp kStart{1'764'000'000'000'000};

Timestamp Moment(int number) {
  return {kStart.micros + number * 1'000'000};
}

std::vector<SimulatedMessage> Messages(const Simulation::Options& options, int count) {
  Simulation simulation(options);
  std::vector<SimulatedMessage> messages(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) simulation.Next(Moment(i), messages[static_cast<size_t>(i)]);
  return messages;
}

std::optional<Rejection> Decode(const std::string& value, Samples& samples) {
  static decode::Decoder decoder;
  return decoder.Decode(RawMessage{"t", {0}, {0}, kStart, std::nullopt, value}, samples);
}

TEST(Simulation, the_same_seed_gives_the_same_messages) {
  const auto one = Messages({{4, 8, 7}, Dialect::kEda, 10}, 200);
  const auto two = Messages({{4, 8, 7}, Dialect::kEda, 10}, 200);
  for (size_t i = 0; i < one.size(); ++i) {
    ASSERT_EQ(one[i].key, two[i].key);
    ASSERT_EQ(one[i].value, two[i].value);
  }
}

TEST(Simulation, another_seed_gives_other_messages) {
  EXPECT_NE(Messages({{4, 8, 7}, Dialect::kEda, 0}, 1)[0].value,
            Messages({{4, 8, 8}, Dialect::kEda, 0}, 1)[0].value);
}

TEST(Simulation, bad_messages_do_not_change_the_good_ones) {
  const auto good = Messages({{4, 8, 7}, Dialect::kEda, 0}, 200);
  const auto mixed = Messages({{4, 8, 7}, Dialect::kEda, 20}, 200);
  int bad = 0;
  for (size_t i = 0; i < good.size(); ++i) {
    bad += mixed[i].bad ? 1 : 0;
    if (!mixed[i].bad) {
      ASSERT_EQ(mixed[i].value, good[i].value);
    }
  }
  EXPECT_GT(bad, 20);
  EXPECT_LT(bad, 60);
}

class SimulationOf : public ::testing::TestWithParam<Dialect> {};

TEST_P(SimulationOf, a_message_has_21_elements) {
  for (const auto& message : Messages({{}, GetParam(), 0}, 50)) {
    Samples samples;
    ASSERT_FALSE(Decode(message.value, samples)) << message.value;
    EXPECT_EQ(samples.elements.size(), 21u);
    EXPECT_TRUE(samples.failed.empty());
    EXPECT_EQ(samples.envelopes[0].dialect, GetParam());
  }
}

INSTANTIATE_TEST_SUITE_P(Dialects, SimulationOf, ::testing::Values(Dialect::kEda, Dialect::kGnmicEvent));

TEST(Simulation, a_message_of_eda_has_about_four_kilobytes) {
  for (const auto& message : Messages({{}, Dialect::kEda, 0}, 50)) {
    EXPECT_GT(message.value.size(), 3'500u);
    EXPECT_LT(message.value.size(), 4'800u);
  }
}

TEST(Simulation, mixes_the_dialects_if_none_is_asked_for) {
  std::map<Dialect, int> seen;
  for (const auto& message : Messages({{}, std::nullopt, 0}, 64)) {
    Samples samples;
    ASSERT_FALSE(Decode(message.value, samples));
    ++seen[samples.envelopes[0].dialect];
  }
  EXPECT_EQ(seen.size(), kSimulatedDialects.size());
}

TEST(Simulation, counters_never_fall_and_links_flap) {
  Fabric fabric({1, 6, 3});
  std::map<std::string, uint64_t> octets;
  bool was_down = false;
  for (int i = 0; i < 2000; ++i) {
    for (const FabricInterface* interface : fabric.Report(Moment(i)).interfaces) {
      EXPECT_GE(interface->in.octets, octets[interface->name]);
      octets[interface->name] = interface->in.octets;
      was_down = was_down || !interface->up;
    }
  }
  EXPECT_TRUE(was_down);
  EXPECT_EQ(octets.size(), 6u);
}

TEST(Simulation, the_nodes_take_turns_and_name_the_key) {
  const auto messages = Messages({{3, 8, 1}, Dialect::kEda, 0}, 6);
  EXPECT_NE(messages[0].key, messages[1].key);
  EXPECT_EQ(messages[0].key, messages[3].key);
  EXPECT_THAT(messages[0].value, ::testing::HasSubstr("\"node_name\":\"" + messages[0].key + "\""));
}

TEST(BadMessage, every_kind_but_the_one_without_node_is_unreadable) {
  const std::string good = Messages({{}, Dialect::kEda, 0}, 1)[0].value;
  for (uint64_t kind = 0; kind + 1 < kBadKinds; ++kind) {
    Samples samples;
    const auto rejection = Decode(MakeBad(good, kind), samples);
    EXPECT_TRUE(rejection || !samples.failed.empty()) << "kind " << kind;
  }
}

TEST(BadMessage, the_last_kind_names_no_node) {
  const std::string good = Messages({{}, Dialect::kEda, 0}, 1)[0].value;
  EXPECT_THAT(MakeBad(good, kBadKinds - 1), ::testing::Not(::testing::HasSubstr("\"node_name\"")));
}

}  // namespace
}  // namespace ntsp::app
