#include "messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "base/json_text.h"
#include "cisco_messages.h"
#include "message_parts.h"

namespace ntsp::bench {
namespace {

// ---- SR Linux's leaves: EDA, gNMIc

// `quote` is what 64-bit numbers stand between: json_ietf writes them as text.
std::string SrlCounters(int i, const char* quote, std::string_view prefix = "") {
  return fmt::format(
      R"("{2}in-octets":{0}{3}{0},"{2}out-octets":{0}{4}{0},"{2}in-packets":{0}{5}{0},"{2}out-packets":{0}{6}{0},)"
      R"("{2}in-error-packets":{0}0{0},"{2}out-error-packets":{0}0{0},"{2}in-discarded-packets":{0}{1}{0},)"
      R"("{2}carrier-transitions":{0}3{0})",
      quote, i, prefix, Octets(i), Octets(i + 9), Packets(i), Packets(i + 9));
}
std::string SrlState(int i, std::string_view prefix = "") {
  return fmt::format(
      R"("{1}admin-state":"enable","{1}oper-state":"up","{1}mtu":9232,"{1}ifindex":{0},)"
      R"("{1}description":"to spine{0} ethernet-1/{0}","{1}last-change":"2024-11-11T16:42:50.815Z")",
      i + 1, prefix);
}
std::string SrlAddress(std::string_view prefix = "") {
  return fmt::format(R"("{0}origin":"static","{0}status":"preferred")", prefix);
}
std::string SrlFacts(std::string_view prefix = "") {
  return fmt::format(
      R"("{0}version":"v25.3.1-149-gabc","{0}location":"hall 3, row 12","{0}contact":"noc@example.net",)"
      R"("{0}last-booted":"2024-10-01T10:00:00.000Z")",
      prefix);
}

template <typename Fields>
std::string EdaPart(std::string_view path, int count, const Fields& entry) {
  return fmt::format(
      R"({{"path":".namespace.node.srl.{}","timestamp":"2024-06-07T08:09:10.123Z","entries":[{}]}})", path,
      List(count, entry));
}
std::string EdaEntry(const std::string& keys, const std::string& fields) {
  return fmt::format(R"({{"keys":{{"namespace_name":"fabric","node_name":"leaf1"{}}},"fields":{{{}}}}})",
                     keys, fields);
}
std::string EdaPort(int i) {
  return fmt::format(R"(,"interface_name":"ethernet-1/{}")", i + 1);
}

std::string Eda() {
  return "[" +
         EdaPart("interface.statistics", kCounters,
                 [](int i) { return EdaEntry(EdaPort(i), SrlCounters(i, "")); }) +
         "," + EdaPart("interface", kStates, [](int i) { return EdaEntry(EdaPort(i), SrlState(i)); }) + "," +
         EdaPart("interface.subinterface.ipv4.address", kAddresses,
                 [](int i) {
                   return EdaEntry(
                       fmt::format(R"({},"subinterface_index":"0","address_ip-prefix":"192.0.2.{}/31")",
                                   EdaPort(i), 2 * i),
                       SrlAddress());
                 }) +
         "," +
         EdaPart("interface.subinterface.ipv6.address", kAddresses,
                 [](int i) {
                   return EdaEntry(
                       fmt::format(R"({},"subinterface_index":"0","address_ip-prefix":"2001:db8::{:x}/127")",
                                   EdaPort(i), 2 * i),
                       SrlAddress());
                 }) +
         "," + EdaPart("system.information", 1, [](int) { return EdaEntry("", SrlFacts()); }) + "]";
}

std::string Event(const std::string& tags, const std::string& values) {
  return fmt::format(R"({{"name":"fabric","timestamp":1717747750123456789,"tags":{{{}"source":"leaf1:57400",)"
                     R"("subscription-name":"fabric"}},"values":{{{}}}}})",
                     tags, values);
}
std::string EventPort(int i) {
  return fmt::format(R"("interface_name":"ethernet-1/{}",)", i + 1);
}

std::string GnmicEvent() {
  const std::string interface = "/srl_nokia-interfaces:interface/";
  const auto address = [&](int i, int family, const std::string& prefix) {
    return Event(fmt::format(R"({}"subinterface_index":"0","address_ip-prefix":"{}",)", EventPort(i), prefix),
                 SrlAddress(fmt::format("{}subinterface/ipv{}/srl_nokia-if-ip:address/", interface, family)));
  };
  return "[" +
         List(kCounters,
              [&](int i) { return Event(EventPort(i), SrlCounters(i, "\"", interface + "statistics/")); }) +
         "," + List(kStates, [&](int i) { return Event(EventPort(i), SrlState(i, interface)); }) + "," +
         List(kAddresses, [&](int i) { return address(i, 4, fmt::format("192.0.2.{}/31", 2 * i)); }) + "," +
         List(kAddresses, [&](int i) { return address(i, 6, fmt::format("2001:db8::{}/127", 2 * i)); }) +
         "," + Event("", SrlFacts("/srl_nokia-system:system/srl_nokia-system-info:information/")) + "]";
}

// The place of each of the 21 elements with SR Linux's names, and what stands there.
struct Place {
  std::string path, keyless, leaves;
};

std::vector<Place> SrlPlaces() {
  std::vector<Place> places;
  const std::string interface = "srl_nokia-interfaces:interface";
  const auto add = [&](int i, const std::string& below, const std::string& below_keyless,
                       const std::string& leaves) {
    places.push_back({fmt::format("{}[name=ethernet-1/{}]{}", interface, i + 1, below),
                      interface + below_keyless, "{" + leaves + "}"});
  };
  for (int i = 0; i < kCounters; ++i) add(i, "/statistics", "/statistics", SrlCounters(i, "\""));
  for (int i = 0; i < kStates; ++i) add(i, "", "", SrlState(i));
  for (int i = 0; i < kAddresses; ++i) {
    add(i, fmt::format("/subinterface[index=0]/ipv4/srl_nokia-if-ip:address[ip-prefix=192.0.2.{}/31]", 2 * i),
        "/subinterface/ipv4/srl_nokia-if-ip:address", SrlAddress());
    add(i,
        fmt::format("/subinterface[index=0]/ipv6/srl_nokia-if-ip:address[ip-prefix=2001:db8::{}/127]", 2 * i),
        "/subinterface/ipv6/srl_nokia-if-ip:address", SrlAddress());
  }
  const std::string facts = "srl_nokia-system:system/srl_nokia-system-info:information";
  places.push_back({facts, facts, "{" + SrlFacts() + "}"});
  return places;
}

std::string GnmicJson() {
  const auto places = SrlPlaces();
  return fmt::format(
      R"({{"source":"leaf1:57400","subscription-name":"fabric","timestamp":1717747750123456789,)"
      R"("time":"2024-06-07T08:09:10.123456789Z","updates":[{}]}})",
      List(static_cast<int>(places.size()), [&](int i) {
        const Place& place = places[static_cast<size_t>(i)];
        return fmt::format(R"({{"Path":"{}","values":{{"{}":{}}}}})", place.path, place.keyless,
                           place.leaves);
      }));
}

std::string Base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t bits = 0;
    const size_t count = std::min<size_t>(3, bytes.size() - i);
    for (size_t k = 0; k < 3; ++k) bits = bits << 8 | (k < count ? static_cast<uint8_t>(bytes[i + k]) : 0u);
    for (size_t k = 0; k < 4; ++k) text += k <= count ? kDigits[bits >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

std::string Elem(std::string_view name, std::string_view key = "", std::string_view value = "") {
  if (key.empty()) return fmt::format(R"({{"name":"{}"}})", name);
  return fmt::format(R"({{"name":"{}","key":{{"{}":"{}"}}}})", name, key, value);
}
std::string ProtoPort(int i) {
  return Elem("interface", "name", fmt::format("ethernet-1/{}", i + 1));
}
std::string ProtoMessage(const std::string& updates) {
  return R"({"update":{"timestamp":"1717747750123456789","prefix":{"target":"leaf1"},"update":[)" + updates +
         "]}}";
}

// One leaf an update, as the encoding `proto` gives them.
std::string ProtoLeaves() {
  const auto update = [](const std::string& elems, const std::string& val) {
    return fmt::format(R"({{"path":{{"elem":[{}]}},"val":{{{}}}}})", elems, val);
  };
  const auto address = [&](const char* family, const std::string& prefix, int i) {
    return update(ProtoPort(i) + "," + Elem("subinterface", "index", "0") + "," + Elem(family) + "," +
                      Elem("address", "ip-prefix", prefix) + "," + Elem("origin"),
                  R"("stringVal":"static")");
  };
  return ProtoMessage(
      List(kCounters,
           [&](int i) {
             return update(ProtoPort(i) + "," + Elem("statistics") + "," + Elem("in-octets"),
                           R"("uintVal":")" + Octets(i) + "\"");
           }) +
      "," +
      List(kStates,
           [&](int i) { return update(ProtoPort(i) + "," + Elem("oper-state"), R"("stringVal":"up")"); }) +
      "," + List(kAddresses, [&](int i) { return address("ipv4", fmt::format("192.0.2.{}/31", 2 * i), i); }) +
      "," +
      List(kAddresses, [&](int i) { return address("ipv6", fmt::format("2001:db8::{}/127", 2 * i), i); }) +
      "," +
      update(Elem("system") + "," + Elem("name") + "," + Elem("host-name"),
             R"("stringVal":"leaf1.example.net")"));
}

// A container an update, as base64 of JSON.
std::string ProtoJson() {
  const auto update = [](const std::string& elems, const std::string& leaves) {
    return fmt::format(R"({{"path":{{"elem":[{}]}},"val":{{"jsonIetfVal":"{}"}}}})", elems,
                       Base64("{" + leaves + "}"));
  };
  const auto address = [&](const char* family, const std::string& prefix, int i) {
    return update(ProtoPort(i) + "," + Elem("subinterface", "index", "0") + "," + Elem(family) + "," +
                      Elem("address", "ip-prefix", prefix),
                  SrlAddress());
  };
  return ProtoMessage(
      List(kCounters,
           [&](int i) { return update(ProtoPort(i) + "," + Elem("statistics"), SrlCounters(i, "\"")); }) +
      "," + List(kStates, [&](int i) { return update(ProtoPort(i), SrlState(i)); }) + "," +
      List(kAddresses, [&](int i) { return address("ipv4", fmt::format("192.0.2.{}/31", 2 * i), i); }) + "," +
      List(kAddresses, [&](int i) { return address("ipv6", fmt::format("2001:db8::{}/127", 2 * i), i); }) +
      "," + update(Elem("system") + "," + Elem("information"), SrlFacts()));
}

// ---- OpenConfig's leaves with underscores: Telegraf

std::string Metric(std::string_view fields, std::string_view tags, std::string_view path) {
  return fmt::format(R"({{"fields":{{{}}},"name":"fabric","tags":{{"host":"collector-1",{}"path":"{}",)"
                     R"("source":"leaf1"}},"timestamp":1717747750}})",
                     fields, tags, path);
}
std::string MetricPort(int i) {
  return fmt::format(R"("name":"Ethernet{}",)", i + 1);
}

std::vector<std::string> Metrics() {
  const std::string interface = "/interfaces/interface";
  std::vector<std::string> metrics;
  for (int i = 0; i < kCounters; ++i) {
    metrics.push_back(Metric(
        fmt::format(R"("carrier_transitions":3,"in_discards":{},"in_errors":0,"in_octets":{},"in_pkts":{},)"
                    R"("out_errors":0,"out_octets":{},"out_pkts":{})",
                    i, Octets(i), Packets(i), Octets(i + 9), Packets(i + 9)),
        MetricPort(i), interface + "/state/counters"));
  }
  for (int i = 0; i < kStates; ++i) {
    metrics.push_back(
        Metric(fmt::format(R"("admin_status":"UP","description":"to spine{0} Ethernet{0}","ifindex":{0},)"
                           R"("last_change":1731343370815000000,"mtu":9214,"oper_status":"UP")",
                           i + 1),
               MetricPort(i), interface + "/state"));
  }
  for (int i = 0; i < kAddresses; ++i) {
    for (const auto& [family, ip, length] : {std::tuple("ipv4", fmt::format("192.0.2.{}", 2 * i), 31),
                                             std::tuple("ipv6", fmt::format("2001:db8::{}", 2 * i), 127)}) {
      metrics.push_back(
          Metric(fmt::format(R"("state/origin":"STATIC","state/prefix_length":{})", length),
                 fmt::format(R"("index":"0","ip":"{}",{})", ip, MetricPort(i)),
                 fmt::format("{}/subinterfaces/subinterface/{}/addresses/address", interface, family)));
    }
  }
  metrics.push_back(
      Metric(R"("boot_time":1727776800000000000,"hostname":"leaf1","software_version":"4.33.1F")", "",
             "/system/state"));
  return metrics;
}

std::string TelegrafBatch() {
  const auto metrics = Metrics();
  return fmt::format(R"({{"metrics":[{}]}})", fmt::join(metrics, ","));
}
std::string TelegrafLines() {
  const auto metrics = Metrics();
  return fmt::format("{}\n", fmt::join(metrics, "\n"));
}

// ---- IETF's leaves: YANG-Push. One tree of 15 interfaces; three of them have an address of each family.

std::string YangPush() {
  const auto interface = [](int i) {
    std::string text = fmt::format(
        R"({{"name":"eth{0}","oper-status":"up","admin-status":"up","if-index":{0},"speed":"10000000000",)"
        R"("phys-address":"00:00:5e:00:53:{0:02x}")",
        i);
    if (i < kCounters) {
      text += fmt::format(
          R"(,"statistics":{{"in-octets":"{}","in-unicast-pkts":"{}","in-errors":0,"in-discards":{},"out-octets":"{}",)"
          R"("out-unicast-pkts":"{}","out-errors":0}})",
          Octets(i), Packets(i), i, Octets(i + 9), Packets(i + 9));
    }
    if (i < kAddresses) {
      text += fmt::format(
          R"(,"ietf-ip:ipv4":{{"address":[{{"ip":"192.0.2.{0}","prefix-length":31,"origin":"static"}}]}},)"
          R"("ietf-ip:ipv6":{{"address":[{{"ip":"2001:db8::{0}","prefix-length":127,"status":"preferred"}}]}})",
          2 * i);
    }
    return text + "}";
  };
  return R"({"ietf-yp-notification:envelope":{"event-time":"2024-06-07T08:09:10.123Z","hostname":"pe1",)"
         R"("sequence-number":17,"contents":{"ietf-yang-push:push-update":{"id":7,"datastore-contents":{)"
         R"("ietf-interfaces:interfaces":{"interface":[)" +
         List(kCounters + kStates + 1, interface) + "]}}}}}}";
}

std::string WrappedAsText() {
  std::string text;
  AppendJsonString(text, YangPush());
  return R"({"event_type":"log","seq":1,"timestamp":"1717747750.123456","telemetry_node":"192.0.2.1","telemetry_data":)" +
         text + "}";
}

}  // namespace

std::span<const Message> Messages() {
  static const std::vector<Message> messages = {{"eda", Eda()},
                                                {"gnmic-event", GnmicEvent()},
                                                {"gnmic-json", GnmicJson()},
                                                {"gnmic-protojson", ProtoLeaves()},
                                                {"gnmic-protojson-base64", ProtoJson()},
                                                {"telegraf", TelegrafLines()},
                                                {"telegraf-batch", TelegrafBatch()},
                                                {"cisco-pipeline", CiscoPipeline()},
                                                {"cisco-mdt", CiscoMdt()},
                                                {"cisco-mdt-gpbkv", GpbKv()},
                                                {"yang-push", YangPush()},
                                                {"yang-push-wrapped", WrappedAsText()}};
  return messages;
}

}  // namespace ntsp::bench
