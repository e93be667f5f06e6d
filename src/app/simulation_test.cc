#include "app/simulation.h"

#include <gmock/gmock.h>

#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "app/bad_message.h"
#include "decode/decoder.h"
#include "normalize/normalizer.h"

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

TEST_P(SimulationOf, a_message_is_recognised_as_what_it_is) {
  for (const auto& message : Messages({{}, GetParam(), 0}, 50)) {
    Samples samples;
    ASSERT_FALSE(Decode(message.value, samples)) << message.value;
    EXPECT_TRUE(samples.failed.empty());
    for (const Envelope& envelope : samples.envelopes) EXPECT_EQ(envelope.dialect, GetParam());
  }
}

TEST_P(SimulationOf, a_message_that_names_no_node_makes_no_record) {
  SimulatedMessage message = Messages({{}, GetParam(), 0}, 1)[0];
  MakeBad(message.key, message.value, kBadKinds - 1);
  const RawMessage raw{"t", {0}, {0}, kStart, message.key, message.value};
  decode::Decoder decoder;
  Samples samples;
  normalize::Records records;
  ASSERT_FALSE(decoder.Decode(raw, samples));
  normalize::Normalizer({}).Normalize(raw, decoder.paths(), samples, records);
  EXPECT_EQ(records.records().size(), 0u);
  EXPECT_GT(samples.failed.size(), 0u);
  for (const FailedElement& failed : samples.failed) EXPECT_EQ(failed.why.kind, RejectKind::kMissingNode);
}

INSTANTIATE_TEST_SUITE_P(Dialects, SimulationOf, ::testing::ValuesIn(kDialects));

// The unit in which speed is measured.
TEST(Simulation, a_message_of_eda_has_22_entries_in_about_four_kilobytes) {
  for (const auto& message : Messages({{}, Dialect::kEda, 0}, 50)) {
    Samples samples;
    ASSERT_FALSE(Decode(message.value, samples));
    EXPECT_EQ(samples.elements.size(), 22u);
    EXPECT_GT(message.value.size(), 3'500u);
    EXPECT_LT(message.value.size(), 5'000u);
  }
}

TEST(Simulation, mixed_has_every_node_tell_of_every_interface_in_every_dialect) {
  std::set<std::tuple<Dialect, std::string, std::string>> told;
  for (const auto& message : Messages({{8, 12}, std::nullopt, 0}, 8 * 64)) {
    Samples samples;
    ASSERT_FALSE(Decode(message.value, samples));
    for (int i = 1; i <= 12; ++i) {
      const std::string name = "ethernet-1/" + std::to_string(i);
      const auto has = [&](const std::string& text) { return message.value.find(text) != std::string::npos; };
      if (has('"' + name + '"') || has('=' + name + ']'))
        told.emplace(samples.envelopes[0].dialect, message.key, name);
    }
  }
  EXPECT_EQ(told.size(), kDialects.size() * 8 * 12);
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
  const SimulatedMessage good = Messages({{}, Dialect::kEda, 0}, 1)[0];
  for (uint64_t kind = 0; kind + 1 < kBadKinds; ++kind) {
    SimulatedMessage message = good;
    MakeBad(message.key, message.value, kind);
    Samples samples;
    const auto rejection = Decode(message.value, samples);
    EXPECT_TRUE(rejection || !samples.failed.empty()) << "kind " << kind;
  }
}

}  // namespace
}  // namespace ntsp::app
