#include "app/fabric_yang_push.h"

#include "app/fabric_object.h"
#include "app/time_text.h"
#include "base/json_text.h"

namespace ntsp::app {
namespace {

// Errors and discards are counter32, which wrap.
std::string Statistics(const FabricReport& report, const FabricInterface& i) {
  return JsonObject()
      .Text("discontinuity-time", TimeText(report.node->boot_time))
      .Text("in-octets", std::to_string(i.in.octets))
      .Text("in-unicast-pkts", std::to_string(i.in.unicast_packets))
      .Number("in-discards", static_cast<uint32_t>(i.in.discards))
      .Number("in-errors", static_cast<uint32_t>(i.in.errors))
      .Text("out-octets", std::to_string(i.out.octets))
      .Text("out-unicast-pkts", std::to_string(i.out.unicast_packets))
      .Finish();
}

std::string Addresses(const std::string& prefix) {
  const auto [ip, length] = SplitPrefix(prefix);
  const std::string address =
      JsonObject().Text("ip", ip).Number("prefix-length", length).Text("origin", "static").Finish();
  return JsonObject().Raw("address", '[' + address + ']').Finish();
}

std::string Interface(const FabricReport& report, const FabricInterface& i, bool with_addresses) {
  JsonObject interface;
  interface.Text("name", i.name)
      .Text("type", "iana-if-type:ethernetCsmacd")
      .Text("admin-status", i.enabled ? "up" : "down")
      .Text("oper-status", i.up ? "up" : "down")
      .Number("if-index", i.ifindex)
      .Text("speed", std::to_string(i.speed_bps));
  if (i.last_change) interface.Text("last-change", TimeText(*i.last_change));
  interface.Raw("statistics", Statistics(report, i));
  if (with_addresses) {
    interface.Raw("ietf-ip:ipv4", Addresses(i.ipv4_prefix)).Raw("ietf-ip:ipv6", Addresses(i.ipv6_prefix));
  }
  return interface.Finish();
}

std::string Interfaces(const FabricReport& report) {
  size_t count = 0;
  return JsonList(report.interfaces, [&](const FabricInterface* i) {
    return Interface(report, *i, count++ < report.addresses);
  });
}

// The object `inner` by the name `name`, alone in one.
std::string In(std::string_view name, const std::string& inner) {
  return JsonObject().Raw(name, inner).Finish();
}

}  // namespace

std::string YangPushText(const FabricReport& report) {
  const std::string update =
      JsonObject()
          .Number("id", 1041)
          .Raw("datastore-contents", In("ietf-interfaces:interfaces", In("interface", Interfaces(report))))
          .Finish();
  const std::string envelope = JsonObject()
                                   .Text("event-time", TimeText(report.time))
                                   .Text("hostname", report.node->name)
                                   .Raw("contents", In("ietf-yang-push:push-update", update))
                                   .Finish();
  const std::string metadata = JsonObject()
                                   .Text("collection-timestamp", TimeText(report.time))
                                   .Text("session-protocol", "yp-push")
                                   .Text("export-address", report.node->management_address)
                                   .Finish();
  const std::string message = JsonObject()
                                  .Raw("telemetry-message-metadata", metadata)
                                  .Raw("payload", In("ietf-yp-notification:envelope", envelope))
                                  .Finish();
  return In("ietf-telemetry-message:message", message);
}

}  // namespace ntsp::app
