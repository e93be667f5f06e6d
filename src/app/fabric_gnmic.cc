#include "app/fabric_gnmic.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

#include "app/time_text.h"

namespace ntsp::app {
namespace {

class Writer {
 public:
  Writer(const FabricReport& report, std::string& out) : report_(report), out_(out) {}

  void WriteAll() {
    out_ += '[';
    WriteFacts();
    for (const FabricInterface* interface : report_.interfaces) WriteState(*interface);
    for (const FabricInterface* interface : report_.interfaces) WriteCounters(*interface);
    for (size_t i = 0; i < report_.addresses; ++i) {
      WriteAddress(*report_.interfaces[i], "ipv4", report_.interfaces[i]->ipv4_prefix);
      WriteAddress(*report_.interfaces[i], "ipv6", report_.interfaces[i]->ipv6_prefix);
    }
    out_ += ']';
  }

 private:
  template <typename... Args>
  void Put(fmt::format_string<const Args&...> text, const Args&... args) {
    fmt::format_to(std::back_inserter(out_), text, args...);
  }

  // The collector knows its targets by address and port, or by a name that it was given; here by name and
  // port.
  void Begin(std::string_view subscription) {
    if (out_.back() != '[') out_ += ',';
    Put(R"({{"name":"{}","timestamp":{},"tags":{{"source":"{}:57400","subscription-name":"{}")", subscription,
        report_.time.micros * 1000, report_.node->name, subscription);
  }
  void BeginOf(std::string_view subscription, const FabricInterface& interface) {
    Begin(subscription);
    Put(R"(,"interface_name":"{}")", interface.name);
  }

  void WriteFacts() {
    const FabricNode& node = *report_.node;
    constexpr std::string_view kChassis = "/srl_nokia-platform:platform/srl_nokia-platform-chassis:chassis";
    Begin("facts");
    Put(R"(}},"values":{{"{0}/type":"{1}","{0}/serial-number":"{2}","{0}/last-booted":"{3}"}}}})", kChassis,
        node.platform, node.serial_number, TimeText(node.boot_time));
  }

  void WriteState(const FabricInterface& i) {
    constexpr std::string_view kInterface = "/srl_nokia-interfaces:interface";
    BeginOf("state", i);
    Put(R"(}},"values":{{"{0}/admin-state":"enable","{0}/oper-state":"{1}","{0}/ifindex":{2},"{0}/last-change":"{3}"}}}})",
        kInterface, i.up ? "up" : "down", i.ifindex, TimeText(i.last_change));
  }

  void WriteCounters(const FabricInterface& i) {
    constexpr std::string_view kStatistics = "/srl_nokia-interfaces:interface/statistics";
    BeginOf("counters", i);
    Put(R"(}},"values":{{"{0}/in-octets":"{1}","{0}/out-octets":"{2}","{0}/in-unicast-packets":"{3}",)",
        kStatistics, i.in.octets, i.out.octets, i.in.unicast_packets);
    Put(R"("{0}/out-unicast-packets":"{1}","{0}/in-error-packets":"{2}","{0}/carrier-transitions":"{3}"}}}})",
        kStatistics, i.out.unicast_packets, i.in.errors, i.carrier_transitions);
  }

  void WriteAddress(const FabricInterface& i, std::string_view family, std::string_view prefix) {
    BeginOf("addresses", i);
    Put(R"(,"subinterface_index":"0","address_ip-prefix":"{}"}},)", prefix);
    Put(R"("values":{{"/srl_nokia-interfaces:interface/subinterface/{0}/address/origin":"static",)", family);
    Put(R"("/srl_nokia-interfaces:interface/subinterface/{0}/address/status":"preferred"}}}})", family);
  }

  const FabricReport& report_;
  std::string& out_;
};

}  // namespace

void AppendGnmicEvents(const FabricReport& report, std::string& out) {
  Writer(report, out).WriteAll();
}

}  // namespace ntsp::app
