#include "app/fabric_truth_fake.h"

namespace ntsp::app {
namespace {

enum class Model { kSrLinux, kOpenConfig, kIosXr, kIetf };

Model ModelOf(const FabricTongue& tongue) {
  if (tongue.dialect == Dialect::kYangPush) return Model::kIetf;
  switch (tongue.model) {
    case FabricModel::kSrLinux:
      return Model::kSrLinux;
    case FabricModel::kOpenConfig:
      return Model::kOpenConfig;
    case FabricModel::kIosXr:
      return Model::kIosXr;
  }
  return Model::kIetf;
}

constexpr int64_t kMilli = 1'000, kSecond = 1'000'000;

// Cut, not rounded.
std::string Cut(Timestamp t, int64_t unit) {
  return std::to_string(t.micros / unit * unit);
}

// A counter32 begins anew at 2^32.
std::string Wrapped(uint64_t counter) {
  return std::to_string(counter % (uint64_t{1} << 32));
}

class Truth {
 public:
  Truth(const FabricTongue& tongue, const FabricReportFake& fake)
      : dialect_(tongue.dialect), model_(ModelOf(tongue)), fake_(fake), report_(fake.report()) {}

  std::map<std::string, FabricRow> Rows() const {
    std::map<std::string, FabricRow> rows = {{FabricRowName(Table::kNode, "", ""), Node()}};
    for (const FabricInterface* i : report_.interfaces) {
      rows[FabricRowName(Table::kInterface, i->name, "")] = Interface(*i);
    }
    for (size_t n = 0; n < report_.addresses; ++n) {
      const FabricInterface& i = *report_.interfaces[n];
      for (const FabricRow& row : {Address(i, i.ipv4_prefix, 4), Address(i, i.ipv6_prefix, 6)}) {
        rows[FabricRowName(Table::kAddress, i.name, row.at("ip_address"))] = row;
      }
    }
    return rows;
  }

 private:
  FabricRow Common(std::string_view table) const {
    const bool has_seconds = dialect_ == Dialect::kTelegraf;
    const bool has_millis = dialect_ == Dialect::kCiscoPipeline || dialect_ == Dialect::kCiscoMdt;
    FabricRow row = {{"table", std::string(table)},
                     {"timestamp", Cut(report_.time, has_seconds  ? kSecond
                                                     : has_millis ? kMilli
                                                                  : 1)},
                     {"node_name", report_.node->name},
                     {"source_format", std::string(DialectName(dialect_))}};
    if (dialect_ == Dialect::kEda) row["namespace"] = "dc1";
    return row;
  }

  FabricRow Node() const {
    const FabricNode& node = *report_.node;
    FabricRow row = Common("node");
    if (model_ == Model::kIetf) return row;
    if (model_ == Model::kIosXr) {
      row["hostname"] = node.name;
      row["uptime_seconds"] = std::to_string((report_.time.micros - node.boot_time.micros) / kSecond);
      return row;
    }
    row["platform"] = node.platform;
    row["serial_number"] = node.serial_number;
    row["version"] = node.version;
    row["boot_time"] = Cut(node.boot_time, model_ == Model::kSrLinux ? kMilli : 1);
    if (model_ == Model::kSrLinux) row["location"] = node.location;
    if (model_ == Model::kOpenConfig) row["hostname"] = node.name;
    return row;
  }

  FabricRow Interface(const FabricInterface& i) const {
    FabricRow row = Common("interface");
    row["interface_name"] = i.name;
    row["admin_status"] = i.enabled ? "up" : "down";
    row["oper_status"] = i.up ? "up" : "down";
    row["ifindex"] = std::to_string(i.ifindex);
    if (dialect_ != Dialect::kEda) row["speed_bps"] = std::to_string(i.speed_bps);
    if (dialect_ != Dialect::kEda && model_ != Model::kIetf) row["mtu"] = std::to_string(i.mtu);
    if (i.last_change && model_ != Model::kIosXr) {
      row["last_change"] = Cut(*i.last_change, model_ == Model::kSrLinux ? kMilli : 1);
    }
    if (model_ == Model::kIetf) {
      row["type"] = "iana-if-type:ethernetCsmacd";
      row["last_clear"] = std::to_string(report_.node->boot_time.micros);
    }
    AddCounters(i, row);
    return row;
  }

  void AddCounters(const FabricInterface& i, FabricRow& row) const {
    const bool is_wrapped = model_ == Model::kIosXr || model_ == Model::kIetf;
    const auto number = [](uint64_t n) { return std::to_string(n); };
    row["in_octets"] = number(i.in.octets);
    row["out_octets"] = number(i.out.octets);
    row["in_errors"] = is_wrapped ? Wrapped(i.in.errors) : number(i.in.errors);
    row["in_discards"] = is_wrapped ? Wrapped(i.in.discards) : number(i.in.discards);
    if (model_ == Model::kIosXr) {
      row["in_packets"] = number(i.in.packets);
      row["out_packets"] = number(i.out.packets);
      row["in_multicast_packets"] = number(i.in.multicast_packets);
      row["carrier_transitions"] = Wrapped(i.carrier_transitions);
      return;
    }
    row["in_unicast_packets"] = number(i.in.unicast_packets);
    row["out_unicast_packets"] = number(i.out.unicast_packets);
    if (dialect_ != Dialect::kEda && model_ != Model::kIetf) {
      row["carrier_transitions"] = number(i.carrier_transitions);
    }
  }

  FabricRow Address(const FabricInterface& i, const std::string& prefix, int family) const {
    const size_t slash = prefix.find('/');
    const std::string ip = prefix.substr(0, slash);
    FabricRow row = Common("address");
    row["interface_name"] = i.name;
    row["address_ip_prefix"] = prefix;
    row["ip_address"] = family == 6 ? fake_.Canonical(ip) : ip;
    row["prefix_length"] = prefix.substr(slash + 1);
    row["family"] = std::to_string(family);
    if (model_ == Model::kSrLinux || model_ == Model::kOpenConfig) row["subinterface_index"] = "0";
    if (model_ == Model::kIosXr) {
      row["network_instance"] = "default";
    } else {
      row["origin"] = "static";
    }
    if (model_ == Model::kSrLinux && dialect_ != Dialect::kEda) row["status"] = "preferred";
    return row;
  }

  const Dialect dialect_;
  const Model model_;
  const FabricReportFake& fake_;
  const FabricReport& report_;
};

}  // namespace

std::string FabricRowName(Table table, const std::string& interface_name, const std::string& ip) {
  return std::string(TableName(table)) + ' ' + interface_name + ' ' + ip;
}

std::map<std::string, FabricRow> FabricTruth(const FabricTongue& tongue, const FabricReportFake& fake) {
  return Truth(tongue, fake).Rows();
}

std::map<Table, size_t> FabricRecordCounts(const FabricTongue& tongue, const FabricReport& report) {
  const size_t interfaces = report.interfaces.size(), addresses = 2 * report.addresses;
  std::map<Table, size_t> counts = {
      {Table::kNode, 1}, {Table::kInterface, 2 * interfaces}, {Table::kAddress, addresses}};
  if (tongue.dialect == Dialect::kYangPush) counts[Table::kInterface] = interfaces;
  if (tongue.dialect == Dialect::kGnmiProto) {  // a record for each leaf
    counts[Table::kInterface] = 0;
    for (const FabricInterface* i : report.interfaces) counts[Table::kInterface] += i->last_change ? 13 : 12;
    counts[Table::kAddress] = addresses * (tongue.model == FabricModel::kOpenConfig ? 3 : 2);
  }
  return counts;
}

}  // namespace ntsp::app
