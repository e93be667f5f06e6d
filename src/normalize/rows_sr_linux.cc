// Nokia SR Linux's own model, and the EDA family that carries it. EDA's hand-made messages have a container
// `status` and mix state and counters in it, and some write the other models' leaf names: containers take
// both.
#include "normalize/rows.h"

namespace ntsp::normalize {
namespace {

using enum Rule;

constexpr std::array kLag = {Interface("lag-speed", "speed_bps", kMegabits)};

constexpr std::array kChassis = {
    Node("type", "platform"),
    Node("serial-number", "serial_number"),
    Fallback(Node("last-booted", "boot_time", kTime)),
};

constexpr std::array kMemory = {
    Node("physical", "memory_total_bytes", kCount),
    Node("reserved", "memory_used_bytes", kCount),  // "reserved" is what is in use; `free` is the rest
};

constexpr std::array kRows = {
    Container{"interface", kInterfaceState},
    Container{"interface", kInterfaceCounters},
    Container{"interface/status", kInterfaceState},
    Container{"interface/status", kInterfaceCounters},
    Container{"interface/state", kInterfaceState},
    Container{"interface/state", kInterfaceCounters},
    Container{"interface/statistics", kInterfaceState},
    Container{"interface/statistics", kInterfaceCounters},
    Container{"interface/traffic-rate", kInterfaceCounters},
    Container{"interface/ethernet", kInterfaceState},
    Container{"interface/lag", kLag},
    Container{"interface/subinterface", kInterfaceState},
    Container{"interface/subinterface", kInterfaceCounters},
    Container{"interface/subinterface", kSubinterfaceState},
    Container{"interface/subinterface/status", kInterfaceState},
    Container{"interface/subinterface/status", kInterfaceCounters},
    Container{"interface/subinterface/statistics", kInterfaceState},
    Container{"interface/subinterface/statistics", kInterfaceCounters},
    Container{"interface/subinterface/traffic-rate", kInterfaceCounters},
    Container{"interface/subinterface/ipv4/address", kAddressState},
    Container{"interface/subinterface/ipv6/address", kAddressState},
    Container{"interface/ipv4/address", kAddressState},
    Container{"interface/ipv6/address", kAddressState},
    Container{"node", kNodeFacts},
    Container{"system", kNodeFacts},
    Container{"system/information", kNodeFacts},
    Container{"system/name", kNodeFacts},
    Container{"platform/chassis", kChassis},
    Container{"platform/control/cpu/total", kCpuTotal},
    Container{"platform/control/memory", kMemory},
};

}  // namespace

std::span<const Container> SrLinuxRows() {
  return kRows;
}

}  // namespace ntsp::normalize
