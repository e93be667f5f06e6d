#include "normalize/identity.h"

#include <charconv>
#include <string>

#include "base/utf8.h"
#include "normalize/ip_prefix.h"
#include "normalize/name.h"
#include "normalize/value.h"

namespace ntsp::normalize {
namespace {

using Kind = Scalar::Kind;

constexpr ColumnIndex kInterfaceName = ColumnOf(Table::kInterface, "interface_name");
constexpr ColumnIndex kSubinterfaceIndex = ColumnOf(Table::kInterface, "subinterface_index");
constexpr ColumnIndex kAddressPrefix = ColumnOf(Table::kAddress, "address_ip_prefix");
constexpr ColumnIndex kIpAddress = ColumnOf(Table::kAddress, "ip_address");
constexpr ColumnIndex kPrefixLength = ColumnOf(Table::kAddress, "prefix_length");
constexpr ColumnIndex kFamily = ColumnOf(Table::kAddress, "family");
constexpr ColumnIndex kNetworkInstance = ColumnOf(Table::kAddress, "network_instance");
static_assert(kInterfaceName == ColumnOf(Table::kAddress, "interface_name") &&
              kSubinterfaceIndex == ColumnOf(Table::kAddress, "subinterface_index"));

std::string Quoted(std::string_view text) {
  constexpr size_t kEnough = 64;
  const std::string_view shown = CutUtf8(text, kEnough);
  return "\"" + std::string(shown) + (shown.size() < text.size() ? "…\"" : "\"");
}

template <typename... Others>
const Scalar* FirstOf(const Scalar* first, Others... others) {
  if constexpr (sizeof...(others) == 0) {
    return first;
  } else {
    return first != nullptr ? first : FirstOf(others...);
  }
}

bool HasLength(const Scalar* address) {
  return address != nullptr && address->text.find('/') != std::string_view::npos;
}

std::optional<Rejection> SetInterfaceName(const Identity& identity, Record& record) {
  const Scalar* const name = FirstOf(identity.interface_name, identity.bare_name, identity.subinterface_name);
  if (name == nullptr || name->text.empty()) {
    return Rejection{RejectKind::kMissingInterface, "no interface name: neither a key nor a leaf gives it"};
  }
  if (name->kind != Kind::kText && name->kind != Kind::kNumber) {
    return Rejection{RejectKind::kInvalidKey, "the interface name is not text: " + Quoted(name->text)};
  }
  record.Set(kInterfaceName, name->text);
  return std::nullopt;
}

std::optional<Rejection> SetSubinterface(const Identity& identity, Record& record) {
  const Scalar* const index = FirstOf(identity.subinterface_index, identity.bare_index);
  const auto number = index == nullptr ? std::nullopt : ReadUint(*index);
  if (!number) {
    return Rejection{RejectKind::kInvalidKey,
                     index == nullptr
                         ? "no subinterface index"
                         : "the subinterface index is not a whole number: " + Quoted(index->text)};
  }
  record.Set(kSubinterfaceIndex, *number);
  return std::nullopt;
}

// Some write the length itself where the mask belongs.
std::optional<uint64_t> NetmaskLength(const Scalar& mask) {
  if (const auto length = ParseNetmask(mask.text)) return *length;
  return ReadUint(mask);
}

std::string_view WithLength(std::string_view address, uint8_t length, Arena& arena) {
  char digits[3];
  const char* const end = std::to_chars(digits, digits + sizeof digits, length).ptr;
  return arena.Join(address, std::string_view("/"),
                    std::string_view(digits, static_cast<size_t>(end - digits)));
}

// The length that stands apart from the address, if it can be read; one that the family does not have is a
// rejection.
std::optional<Rejection> TakeLength(const Identity& identity, IpPrefix& prefix,
                                    const Scalar*& unread_length) {
  const Scalar* const apart =
      FirstOf(identity.prefix_length, identity.netmask, identity.config_prefix_length);
  if (prefix.length || apart == nullptr) return std::nullopt;
  const auto length = apart == identity.netmask ? NetmaskLength(*apart) : ReadUint(*apart);
  if (!length) {
    unread_length = apart;
  } else if (*length > MaxPrefixLength(prefix.family)) {
    return Rejection{RejectKind::kInvalidAddress,
                     "the prefix length is out of range: " + Quoted(apart->text) + " for IPv" +
                         std::to_string(prefix.family) + " address " + std::string(prefix.address)};
  } else {
    prefix.length = static_cast<uint8_t>(*length);
  }
  return std::nullopt;
}

std::optional<Rejection> SetAddress(const Identity& identity, Record& record, Arena& arena,
                                    const Scalar*& unread_length) {
  const Scalar* const reported = identity.address != nullptr ? identity.address : identity.config_address;
  if (reported == nullptr || reported->text.empty()) {
    return Rejection{RejectKind::kInvalidAddress, "no IP address: neither a key nor a leaf gives it"};
  }
  auto prefix = reported->kind == Kind::kText ? ParseIpPrefix(reported->text, arena) : std::nullopt;
  if (!prefix) {
    return Rejection{RejectKind::kInvalidAddress, "not an IP address or prefix: " + Quoted(reported->text)};
  }
  const bool is_cidr = prefix->length.has_value();
  if (auto why = TakeLength(identity, *prefix, unread_length)) return why;
  const bool is_composed = !is_cidr && prefix->length.has_value();
  record.Set(kAddressPrefix,
             is_composed ? WithLength(reported->text, *prefix->length, arena) : reported->text);
  record.Set(kIpAddress, prefix->address);
  if (prefix->length) record.Set(kPrefixLength, uint64_t{*prefix->length});
  record.Set(kFamily, uint64_t{prefix->family});
  return std::nullopt;
}

bool IsAllCpus(const Scalar* index) {
  return index == nullptr || FoldedEqual(index->text, "all");
}

bool SameText(const Record& a, const Record& b, ColumnIndex c) {
  return a.Has(c) == b.Has(c) && (!a.Has(c) || a.Text(c) == b.Text(c));
}

}  // namespace

const Scalar* Identity::*PlaceOf(Object object, Rule rule) {
  switch (rule) {
    case Rule::kInterfaceName:
      return object == Object::kSubinterface ? &Identity::subinterface_name : &Identity::interface_name;
    case Rule::kSubinterfaceIndex:
      return &Identity::subinterface_index;
    case Rule::kAddress:
      return &Identity::address;
    case Rule::kPrefixLength:
      return &Identity::prefix_length;
    case Rule::kNetmask:
      return &Identity::netmask;
    case Rule::kConfigAddress:
      return &Identity::config_address;
    case Rule::kConfigPrefixLength:
      return &Identity::config_prefix_length;
    case Rule::kComponentName:
      return &Identity::component_name;
    case Rule::kComponentType:
      return &Identity::component_type;
    case Rule::kText:
    case Rule::kToken:
    case Rule::kCount:
    case Rule::kMtu:
    case Rule::kAdminStatus:
    case Rule::kXrAdminState:
    case Rule::kOperStatus:
    case Rule::kXrLineState:
    case Rule::kSpeed:
    case Rule::kKilobits:
    case Rule::kMegabits:
    case Rule::kTime:
    case Rule::kSeconds:
    case Rule::kNanoseconds:
    case Rule::kPercent:
      break;
  }
  return nullptr;
}

bool TakeLeaf(Object object, Rule rule, const Scalar& value, Identity& identity) {
  const Scalar*& place = identity.*PlaceOf(object, rule);
  // An ip-prefix says more than an ip.
  const bool says_more = rule == Rule::kAddress && HasLength(&value) && !HasLength(place);
  const bool is_news = place == nullptr || says_more;
  if (is_news) place = &value;
  return is_news;
}

std::optional<Object> NamedByKeys(const Identity& identity) {
  // In a network instance, an interface is something else: a membership with a state of its own.
  if (identity.network_instance != nullptr || identity.interface_name == nullptr) return std::nullopt;
  if (identity.address != nullptr) return Object::kAddress;
  return identity.subinterface_index != nullptr ? Object::kSubinterface : Object::kInterface;
}

bool IsWholeNode(Object object, const Identity& identity) {
  switch (object) {
    case Object::kCpu:
      return IsAllCpus(FirstOf(identity.cpu_index, identity.bare_index));
    case Object::kComponent: {
      const Scalar* const what =
          FirstOf(identity.component_type, identity.component_name, identity.bare_name);
      return what != nullptr && FoldedEqual(WithoutModule(what->text), "chassis");
    }
    case Object::kNode:
    case Object::kInterface:
    case Object::kSubinterface:
    case Object::kAddress:
      break;
  }
  return true;
}

bool IsUnassigned(const Identity& identity) {
  const Scalar* const address = FirstOf(identity.address, identity.config_address);
  if (address == nullptr) return false;
  for (std::string_view none : {std::string_view("0.0.0.0"), std::string_view("::")}) {
    if (!address->text.starts_with(none)) continue;
    const std::string_view rest = address->text.substr(none.size());
    return rest.empty() || rest.front() == '/';
  }
  return false;
}

std::optional<Rejection> Identify(Object object, const Identity& identity, Record& record, Arena& arena,
                                  const Scalar*& unread_length) {
  if (auto why = SetInterfaceName(identity, record)) return why;
  const bool is_address = object == Object::kAddress;
  const bool has_index = FirstOf(identity.subinterface_index, identity.bare_index) != nullptr;
  if (object == Object::kSubinterface || (is_address && has_index)) {
    if (auto why = SetSubinterface(identity, record)) return why;
  }
  if (!is_address) return std::nullopt;
  const Scalar* const instance = identity.network_instance;
  if (instance != nullptr && instance->kind == Kind::kText && !record.Has(kNetworkInstance)) {
    record.Set(kNetworkInstance, instance->text);
  }
  return SetAddress(identity, record, arena, unread_length);
}

bool SameObject(const Record& a, const Record& b) {
  if (a.table != b.table || a.Has(column::kDeleted) != b.Has(column::kDeleted)) return false;
  if (a.Has(kSubinterfaceIndex) != b.Has(kSubinterfaceIndex)) return false;
  if (a.Has(kSubinterfaceIndex) && a.Number(kSubinterfaceIndex) != b.Number(kSubinterfaceIndex)) return false;
  if (!SameText(a, b, kInterfaceName) || !SameText(a, b, column::kNodeName) ||
      !SameText(a, b, column::kNamespace)) {
    return false;
  }
  return a.table != Table::kAddress || (SameText(a, b, kIpAddress) && SameText(a, b, kNetworkInstance));
}

size_t ObjectHash(const Record& record) {
  const std::hash<std::string_view> hash;
  size_t sum = hash(record.Text(kInterfaceName)) * 3 + static_cast<size_t>(record.table);
  sum = sum * 31 + (record.Has(kSubinterfaceIndex) ? record.Number(kSubinterfaceIndex) + 1 : 0);
  if (record.table == Table::kAddress) sum = sum * 31 + hash(record.Text(kIpAddress));
  return sum;
}

void KeepPrefixLength(const Record& earlier, Record& later) {
  if (later.table != Table::kAddress) return;
  if (earlier.Has(kPrefixLength) && !later.Has(kPrefixLength)) later.Remove(kAddressPrefix);
}

}  // namespace ntsp::normalize
