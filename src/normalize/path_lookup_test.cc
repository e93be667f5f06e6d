#include "normalize/path_lookup.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ntsp::normalize {
namespace {

using Action = LeafTarget::Action;

class Lookup : public testing::Test {
 protected:
  const LeafTarget& Find(std::string_view container, std::string_view name,
                         std::optional<Object> by_keys = std::nullopt) {
    lookup_.StartMessage(paths_);
    lookup_.StartSample(paths_.Intern(container), by_keys);
    return lookup_.Find({&paths_.Intern(container), name, {}}, arena_);
  }
  Action ActionFor(std::string_view container, std::string_view name) { return Find(container, name).action; }
  std::string ExtraName(std::string_view container, std::string_view name) {
    const LeafTarget& target = Find(container, name);
    return target.action == Action::kExtra ? std::string(target.extra_name) : "(not extra)";
  }

  Paths paths_;
  Arena arena_;
  PathLookup lookup_{BuiltinRows()};
};

TEST_F(Lookup, the_container_says_which_object_a_leaf_is_of) {
  EXPECT_EQ(Find("interface/statistics", "in-octets").object, Object::kInterface);
  EXPECT_EQ(Find("interface/subinterface/statistics", "in-octets").object, Object::kSubinterface);
  EXPECT_EQ(Find("interface/subinterface/ipv6/address", "origin").object, Object::kAddress);
  EXPECT_EQ(Find("system/name", "host-name").object, Object::kNode);
  EXPECT_EQ(Find("components/component/state", "serial-no").object, Object::kComponent);
  EXPECT_EQ(Find("platform/control/cpu/total", "instant").object, Object::kCpu);
}

TEST_F(Lookup, unknown_leaves_of_known_containers_are_extra_by_folded_name) {
  EXPECT_EQ(ExtraName("interface", "Forwarding-Mode"), "forwarding_mode");
  EXPECT_EQ(ExtraName("interfaces/interface/state", "arista-intf-augments:inactive"), "inactive");
  EXPECT_EQ(ExtraName("interfaces/interface/state", "enabled"), "enabled");
}

TEST_F(Lookup, nested_containers_stay_in_the_extra_name) {
  EXPECT_EQ(ExtraName("interface/ethernet/flow-control", "Rx-Pause"), "flow_control/rx_pause");
  EXPECT_EQ(ExtraName("interface/statistics/a/b", "c"), "a/b/c");
}

TEST_F(Lookup, subsystems_below_an_object_are_not_extra) {
  for (const char* path : {"interface/transceiver", "interface/qos/output", "interface/subinterface/acl",
                           "interface/subinterface/ipv4", "system/ntp", "system/lldp/interface"}) {
    EXPECT_EQ(ActionFor(path, "some-leaf"), Action::kOtherSubsystem) << path;
  }
}

TEST_F(Lookup, the_same_element_name_elsewhere_is_another_subsystem) {
  for (const char* path :
       {"network-instance/interface", "network-instances/network-instance/interfaces/interface/state",
        "lldp/interfaces/interface/state/counters", "acl/interface",
        "network-instance/protocols/bgp/statistics"}) {
    EXPECT_EQ(ActionFor(path, "oper-state"), Action::kOtherSubsystem) << path;
  }
}

TEST_F(Lookup, config_is_ignored_but_for_an_address_and_its_length) {
  EXPECT_EQ(ActionFor("interfaces/interface/config", "description"), Action::kIgnored);
  EXPECT_EQ(ActionFor("interfaces/interface/ethernet/config", "port-speed"), Action::kIgnored);
  EXPECT_EQ(ActionFor("system/config", "hostname"), Action::kIgnored);
  const std::string address = "interfaces/interface/subinterfaces/subinterface/ipv4/addresses/address/config";
  EXPECT_EQ(Find(address, "ip").rule, Rule::kConfigAddress);
  EXPECT_EQ(Find(address, "prefix-length").rule, Rule::kConfigPrefixLength);
  EXPECT_EQ(ActionFor(address, "type"), Action::kIgnored);
  EXPECT_EQ(ActionFor("routing-policy/config", "name"), Action::kOtherSubsystem);
}

TEST_F(Lookup, the_exporters_root_does_not_matter) {
  for (const char* root : {"", "node/", "node/srl/", "namespace/node/srl/", "node/sros/", "srl/"}) {
    EXPECT_EQ(ActionFor(root + std::string("interface/statistics"), "in-octets"), Action::kColumn) << root;
  }
  EXPECT_EQ(ActionFor("namespace/node/srl", "hostname"), Action::kColumn);
}

TEST_F(Lookup, in_a_trimmed_path_the_keys_say_which_object_it_is) {
  EXPECT_EQ(Find("statistics", "in-octets", Object::kInterface).object, Object::kInterface);
  EXPECT_EQ(Find("statistics", "in-octets", Object::kSubinterface).object, Object::kSubinterface);
  EXPECT_EQ(Find("", "oper-state", Object::kInterface).action, Action::kColumn);
  EXPECT_EQ(Find("state/counters", "in-pkts", Object::kInterface).action, Action::kColumn);
}

TEST_F(Lookup, in_a_trimmed_path_only_known_leaves_of_a_named_object_count) {
  EXPECT_EQ(Find("", "session-state", Object::kInterface).action, Action::kOtherSubsystem);
  EXPECT_EQ(Find("statistics", "in-octets").action, Action::kOtherSubsystem);
  EXPECT_EQ(Find("cs", "in-octets", Object::kInterface).action, Action::kOtherSubsystem);  // no whole element
}

TEST_F(Lookup, in_a_trimmed_path_keys_count_although_there_were_none_before) {
  EXPECT_EQ(Find("", "oper-state").action, Action::kOtherSubsystem);
  EXPECT_EQ(Find("", "oper-state", Object::kInterface).action, Action::kColumn);
  EXPECT_EQ(Find("", "oper-state").action, Action::kOtherSubsystem);
}

TEST_F(Lookup, leaves_in_another_order_than_before_are_found) {
  const char* const leaves[] = {"in-octets", "out-octets", "in-errors", "some-leaf"};
  const Path& path = paths_.Intern("interface/statistics");
  for (size_t shift = 0; shift < 8; ++shift) {
    lookup_.StartMessage(paths_);
    lookup_.StartSample(path, std::nullopt);
    for (size_t i = 0; i < 4; ++i) {
      const std::string_view name = leaves[(i * (shift / 4 + 1) + shift) % 4];
      const LeafTarget& target = lookup_.Find({&path, name, {}}, arena_);
      if (name == "some-leaf") {
        EXPECT_EQ(target.extra_name, "some_leaf");
        continue;
      }
      ASSERT_EQ(target.action, Action::kColumn) << name;
      std::string column(name);
      column[column.find('-')] = '_';
      EXPECT_EQ(Columns(Table::kInterface)[target.column].name, column);
    }
  }
}

TEST_F(Lookup, ids_of_a_new_generation_of_paths_mean_something_else) {
  EXPECT_EQ(ActionFor("interface/statistics", "in-octets"), Action::kColumn);
  paths_.Clear();
  EXPECT_EQ(ActionFor("network-instance/interface", "in-octets"), Action::kOtherSubsystem);
  EXPECT_EQ(Find("interface/subinterface", "in-octets").object, Object::kSubinterface);
}

TEST_F(Lookup, more_names_than_can_be_remembered_are_still_read) {
  const Path& path = paths_.Intern("interface");
  lookup_.StartMessage(paths_);
  lookup_.StartSample(path, std::nullopt);
  for (int i = 0; i < 40000; ++i) {
    const std::string name = "Leaf-" + std::to_string(i);
    const LeafTarget& target = lookup_.Find({&path, name, {}}, arena_);
    ASSERT_EQ(target.action, Action::kExtra);
    ASSERT_EQ(target.extra_name, "leaf_" + std::to_string(i));
  }
  EXPECT_EQ(lookup_.Find({&path, "mtu", {}}, arena_).action, Action::kColumn);
  const std::string long_name(1000, 'x');
  EXPECT_EQ(ExtraName("interface", long_name), long_name);
}

TEST_F(Lookup, list_entries_are_objects_and_what_is_in_them_is_not) {
  EXPECT_EQ(lookup_.ListEntry(paths_.Intern("/interface")), Object::kInterface);
  EXPECT_EQ(lookup_.ListEntry(paths_.Intern("interfaces/interface/subinterfaces/subinterface")),
            Object::kSubinterface);
  EXPECT_EQ(lookup_.ListEntry(paths_.Intern("node/srl/interface/subinterface/ipv6/address")),
            Object::kAddress);
  for (const char* path : {"interface/statistics", "interfaces/interface/state", "interfaces", "system/name",
                           "interface/mtu", "network-instance/interface", ""}) {
    EXPECT_FALSE(lookup_.ListEntry(paths_.Intern(path))) << path;
  }
}

class LookupOfOwnRows : public testing::Test {
 protected:
  static PathRow Row(std::string_view container, std::string_view leaf, std::string_view column,
                     bool is_suffix = false) {
    return {.container = container,
            .leaf = leaf,
            .table = Table::kInterface,
            .column = FindColumn(Table::kInterface, column),
            .rule = Rule::kCount,
            .is_suffix = is_suffix};
  }
  // The column that the leaf fills; else what becomes of it.
  std::string Find(std::string_view container, std::string_view name) {
    lookup_.StartMessage(paths_);
    const Path& path = paths_.Intern(container);
    lookup_.StartSample(path, std::nullopt);
    const LeafTarget& target = lookup_.Find({&path, name, {}}, arena_);
    switch (target.action) {
      case Action::kColumn:
        return std::string(Columns(Table::kInterface)[target.column].name);
      case Action::kExtra:
        return "extra " + std::string(target.extra_name);
      case Action::kIgnored:
        return "ignored";
      case Action::kOtherSubsystem:
        return "other";
    }
    return "";
  }

  const std::vector<PathRow> rows_ = [] {
    std::vector<PathRow> rows = {
        Row("acme/port", "in", "in_octets"),
        Row("acme/port", "in", "in_packets"),
        Row("interface/statistics", "in-octets", "in_errors"),
        Row("counters", "rx", "in_octets", /*is_suffix=*/true),
        Row("special/counters", "rx", "in_discards", /*is_suffix=*/true),
        Row("node/srl/rooted", "in", "in_octets"),
    };
    const auto builtin = BuiltinRows();
    rows.insert(rows.end(), builtin.begin(), builtin.end());
    return rows;
  }();
  Paths paths_;
  Arena arena_;
  PathLookup lookup_{rows_};
};

TEST_F(LookupOfOwnRows, earlier_rows_go_before_later_ones) {
  EXPECT_EQ(Find("acme/port", "in"), "in_octets");
  EXPECT_EQ(Find("interface/statistics", "in-octets"), "in_errors");
  EXPECT_EQ(Find("interface/statistics", "out-octets"), "out_octets");
}

TEST_F(LookupOfOwnRows, a_whole_path_is_no_suffix) {
  EXPECT_EQ(Find("more/acme/port", "in"), "other");
}

TEST_F(LookupOfOwnRows, a_suffix_is_the_end_of_any_path_at_an_element) {
  EXPECT_EQ(Find("counters", "rx"), "in_octets");
  EXPECT_EQ(Find("acme/box/counters", "rx"), "in_octets");
  EXPECT_EQ(Find("acme/box/other-counters", "rx"), "other");
  EXPECT_EQ(Find("counters/more", "rx"), "other");
}

TEST_F(LookupOfOwnRows, the_longest_suffix_counts) {
  EXPECT_EQ(Find("acme/special/counters", "rx"), "in_discards");
}

TEST_F(LookupOfOwnRows, what_a_path_with_a_suffix_gave_before_it_still_gives) {
  const std::string counters = "interfaces/interface/state/counters";
  EXPECT_EQ(Find(counters, "rx"), "in_octets");
  EXPECT_EQ(Find(counters, "out-pkts"), "out_packets");
  EXPECT_EQ(Find(counters, "Odd-Leaf"), "extra odd_leaf");
  EXPECT_EQ(Find("interface/statistics/deep/counters", "odd"), "extra deep/counters/odd");
}

TEST_F(LookupOfOwnRows, the_exporters_root_does_not_matter_there_either) {
  EXPECT_EQ(Find("rooted", "in"), "in_octets");
  EXPECT_EQ(Find("namespace/node/srl/acme/port", "in"), "in_octets");
}

}  // namespace
}  // namespace ntsp::normalize
