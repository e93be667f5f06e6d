#include "app/fabric_eda.h"

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
    out_ += ',';
    WriteList("interface", report_.interfaces.size(), [this](const FabricInterface& i) { WriteState(i); });
    out_ += ',';
    WriteList("interface.statistics", report_.interfaces.size(),
              [this](const FabricInterface& i) { WriteCounters(i); });
    out_ += ',';
    WriteList("interface.subinterface.ipv4.address", report_.addresses,
              [this](const FabricInterface& i) { WriteAddress(i, i.ipv4_prefix); });
    out_ += ',';
    WriteList("interface.subinterface.ipv6.address", report_.addresses,
              [this](const FabricInterface& i) { WriteAddress(i, i.ipv6_prefix); });
    out_ += ']';
  }

 private:
  template <typename... Args>
  void Put(fmt::format_string<const Args&...> text, const Args&... args) {
    fmt::format_to(std::back_inserter(out_), text, args...);
  }

  void Begin(std::string_view path) {
    Put(R"({{"path":".namespace.node.srl.{}","timestamp":"{}","entries":[)", path, TimeText(report_.time));
  }
  void Keys() { Put(R"({{"keys":{{"namespace_name":"dc1","node_name":"{}")", report_.node->name); }

  void WriteFacts() {
    const FabricNode& node = *report_.node;
    Begin("platform.chassis");
    Keys();
    Put(R"(}},"fields":{{"type":"{}","serial-number":"{}","software-version":"{}","location":"{}","last-booted":"{}"}}}}]}})",
        node.platform, node.serial_number, node.version, node.location, TimeText(node.boot_time));
  }

  template <typename Write>
  void WriteList(std::string_view path, size_t count, Write write) {
    Begin(path);
    for (size_t i = 0; i < count; ++i) {
      if (i > 0) out_ += ',';
      Keys();
      Put(R"(,"interface_name":"{}")", report_.interfaces[i]->name);
      write(*report_.interfaces[i]);
    }
    out_ += "]}";
  }

  // Without descriptions and without times from before the simulation: as a filter of the exporter would have
  // it.
  void WriteState(const FabricInterface& i) {
    Put(R"(}},"fields":{{"admin-state":"enable","oper-state":"{}","ifindex":{})", i.up ? "up" : "down",
        i.ifindex);
    if (i.carrier_transitions > 0) Put(R"(,"last-change":"{}")", TimeText(i.last_change));
    out_ += "}}";
  }

  void WriteCounters(const FabricInterface& i) {
    Put(R"(}},"fields":{{"in-octets":{},"out-octets":{},"in-unicast-packets":{},"out-unicast-packets":{},)",
        i.in.octets, i.out.octets, i.in.unicast_packets, i.out.unicast_packets);
    Put(R"("in-error-packets":{},"in-discarded-packets":{}}}}})", i.in.errors, i.in.discards);
  }

  void WriteAddress(const FabricInterface&, std::string_view prefix) {
    Put(R"(,"subinterface_index":"0","address_ip-prefix":"{}"}},"fields":{{"origin":"static"}}}})", prefix);
  }

  const FabricReport& report_;
  std::string& out_;
};

}  // namespace

void AppendEda(const FabricReport& report, std::string& out) {
  Writer(report, out).WriteAll();
}

}  // namespace ntsp::app
