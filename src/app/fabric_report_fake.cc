#include "app/fabric_report_fake.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>

namespace ntsp::app {
namespace {

constexpr Timestamp kFirst{1'000'000'000'000'000};  // 2001: an earlier number is no time, but a duration
constexpr Timestamp kLast{5'000'000'000'000'000};   // 2128: uptimes in seconds have 32 bits

constexpr std::array kFragments = {"ethernet-1/1",
                                   "TenGigE0/0/0/16.12",
                                   "say \"up\" now",
                                   "back\\slash",
                                   "br[ack]et",
                                   "]",
                                   "\\",
                                   "größe",
                                   "日本",
                                   "🛰",
                                   "tab\there",
                                   "line\nend",
                                   "%2F",
                                   "a=b",
                                   "it's",
                                   "xe-0/0/0:0",
                                   "{\"a\":[1]}",
                                   "a,b",
                                   "name",
                                   "0",
                                   " ",
                                   "\x7f",
                                   "\x01",
                                   ".statistics",
                                   "//",
                                   "<&>",
                                   "null"};

constexpr std::array kNodeNames = {"leaf-1",  "r1.example.net", "10.0.0.1", "2001:db8::1", "über \"node\"",
                                   "a/b\\c]", "日本-1",         "null",     "17"};

constexpr std::array<uint64_t, 12> kSpeeds = {10,     100,    1'000,   2'500,   10'000,  25'000,
                                              40'000, 50'000, 100'000, 400'000, 800'000, 1'000'000};

}  // namespace

FabricReportFake::FabricReportFake(uint64_t seed) : random_(seed) {
  report_.node = &node_;
  report_.time = TimeBefore(kLast);
  node_.name = kNodeNames[random_.Below(kNodeNames.size())];
  node_.platform = Name();
  node_.version = Name();
  node_.serial_number = Name();
  node_.management_address = random_.OneIn(2) ? "192.0.2.7" : "2001:db8::7";
  node_.location = Name();
  node_.boot_time = TimeBefore(report_.time);
  const size_t count = 1 + random_.Below(8);
  for (size_t i = 0; i < count; ++i) node_.interfaces.push_back(Interface(i));
  for (const FabricInterface& interface : node_.interfaces) report_.interfaces.push_back(&interface);
  report_.addresses = random_.Below(count + 1);
}

uint64_t FabricReportFake::Counter() {
  constexpr uint64_t kMax = UINT64_MAX;
  constexpr std::array<uint64_t, 8> kEdges = {
      0, 1, UINT32_MAX, uint64_t{UINT32_MAX} + 1, (uint64_t{1} << 53) + 1, uint64_t{1} << 63, kMax - 1, kMax};
  return random_.OneIn(2) ? kEdges[random_.Below(kEdges.size())] : random_.Next() >> random_.Below(64);
}

Timestamp FabricReportFake::TimeBefore(Timestamp end) {
  const auto span = static_cast<uint64_t>(end.micros - kFirst.micros);
  return {kFirst.micros + static_cast<int64_t>(random_.Below(span + 1))};
}

// Never within quotes as a whole: those are not told from a key's own quotes in a gNMI path.
std::string FabricReportFake::Name() {
  std::string name = kFragments[random_.Below(kFragments.size())];
  while (random_.OneIn(2)) name += kFragments[random_.Below(kFragments.size())];
  return name;
}

FabricCounters FabricReportFake::Counters() {
  return {Counter(), Counter(), Counter(), Counter(), Counter(), Counter()};
}

FabricInterface FabricReportFake::Interface(size_t number) {
  FabricInterface interface;
  interface.name = Name() + '-' + std::to_string(number);
  interface.ifindex = static_cast<uint32_t>(Counter());
  interface.mtu = static_cast<uint32_t>(68 + random_.Below(65'468));
  interface.speed_bps = kSpeeds[random_.Below(kSpeeds.size())] * 1'000'000;
  interface.ipv4_prefix = fmt::format("{}.{}.{}.{}/{}", 1 + random_.Below(223), random_.Below(256),
                                      random_.Below(256), random_.Below(256), random_.Below(33));
  interface.ipv6_prefix = fmt::format("{}/{}", Ipv6(), random_.Below(129));
  interface.enabled = !random_.OneIn(4);
  interface.up = interface.enabled && !random_.OneIn(3);
  if (random_.OneIn(2)) interface.last_change = TimeBefore(report_.time);
  interface.carrier_transitions = Counter();
  interface.in = Counters();
  interface.out = Counters();
  return interface;
}

// Zeros are written out or left out, letters are small or not.
std::string FabricReportFake::Ipv6() {
  in6_addr address{};
  for (size_t i = 0; i < 16; i += 2) {
    if (i > 0 && random_.OneIn(2)) continue;
    address.s6_addr[i] = static_cast<uint8_t>(i == 0 ? 0x20 : random_.Below(256));
    address.s6_addr[i + 1] = static_cast<uint8_t>(random_.Below(256));
  }
  char canonical[INET6_ADDRSTRLEN];
  inet_ntop(AF_INET6, &address, canonical, sizeof canonical);
  std::string text = canonical;
  if (random_.OneIn(2)) {
    text.clear();
    const bool is_padded = random_.OneIn(2);
    for (size_t i = 0; i < 16; i += 2) {
      const int group = address.s6_addr[i] << 8 | address.s6_addr[i + 1];
      text += is_padded ? fmt::format("{:04X}", group) : fmt::format("{:x}", group);
      if (i < 14) text += ':';
    }
  }
  canonical_[text] = canonical;
  return text;
}

}  // namespace ntsp::app
