#include "app/leaf_outcome.h"

#include <fmt/format.h>

#include <algorithm>

#include "normalize/rule.h"

namespace ntsp::app {
namespace {

using normalize::Fate;
using normalize::Object;

Table TableOf(Object object) {
  switch (object) {
    case Object::kNode:
    case Object::kCpu:
    case Object::kComponent:
      return Table::kNode;
    case Object::kInterface:
    case Object::kSubinterface:
      return Table::kInterface;
    case Object::kAddress:
      return Table::kAddress;
  }
  return Table::kNode;
}

std::string Expected(normalize::Rule rule) {
  const auto rules = normalize::NamedRules();
  const auto named = std::ranges::find(rules, rule, &normalize::NamedRule::rule);
  return named == rules.end() ? std::string() : fmt::format(" ({} is expected)", named->doc);
}

std::string Filled(const ExplainedLeaf& leaf) {
  std::string text = ColumnName(leaf.target);
  if (leaf.cell != leaf.value) text += " = " + leaf.cell;
  return text;
}

std::string Extra(const ExplainedLeaf& leaf, bool keep_extra) {
  const std::string why =
      leaf.fate == Fate::kExtra
          ? "no column for it"
          : fmt::format("not readable as {}{}", ColumnName(leaf.target), Expected(leaf.target.rule));
  if (!keep_extra) return fmt::format("left out: {}, and EXTRA_FIELDS=drop", why);
  return fmt::format("extra \"{}\": {}", leaf.extra_name, why);
}

// What a leaf of identity says.
std::string Identity(const ExplainedLeaf& leaf) {
  using enum normalize::Rule;
  switch (leaf.target.rule) {
    case kInterfaceName:
      return leaf.target.object == Object::kSubinterface ? "names the subinterface" : "names the interface";
    case kSubinterfaceIndex:
      return "says which subinterface";
    case kAddress:
      return "the address";
    case kPrefixLength:
    case kNetmask:
      return "the address's length";
    case kConfigAddress:
      return "the address, where state is silent";
    case kConfigPrefixLength:
      return "the address's length, where state is silent";
    case kComponentName:
      return "names the component";
    case kComponentType:
      return "says what the component is";
    case kText:
    case kToken:
    case kCount:
    case kMtu:
    case kAdminStatus:
    case kXrAdminState:
    case kOperStatus:
    case kXrLineState:
    case kSpeed:
    case kKilobits:
    case kMegabits:
    case kTime:
    case kSeconds:
    case kNanoseconds:
    case kPercent:
      break;
  }
  return "";
}

std::string_view Uncounted(Object object) {
  if (object == Object::kCpu) return ", left out: of one CPU only";
  if (object == Object::kComponent) return ", left out: the component is not the chassis";
  return ", left out: the interface has no address";
}

std::string Said(const ExplainedLeaf& leaf, bool keep_extra) {
  switch (leaf.fate) {
    case Fate::kFilled:
      return Filled(leaf);
    case Fate::kNoValue:
      return ColumnName(leaf.target) + ": the device says that there is none";
    case Fate::kUnreadable:
    case Fate::kExtra:
      return Extra(leaf, keep_extra);
    case Fate::kUnneeded:
      return ColumnName(leaf.target) + ": not needed, another leaf fills it";
    case Fate::kIdentity:
      return Identity(leaf);
    case Fate::kIdentityKnown:
      return Identity(leaf) + ": known already";
    case Fate::kIgnored:
      return "ignored: configuration, not state";
    case Fate::kOtherSubsystem:
      return "ignored: no table has this path";
    case Fate::kNull:
      return "ignored: null";
  }
  return "";
}

}  // namespace

std::string ColumnName(const normalize::LeafTarget& target) {
  const Table table = TableOf(target.object);
  if (target.column == kNoColumn) return std::string(TableName(table));
  return fmt::format("{}.{}", TableName(table), Columns(table)[target.column].name);
}

std::string OutcomeText(const ExplainedLeaf& leaf, bool keep_extra) {
  std::string text = Said(leaf, keep_extra);
  if (!leaf.counted) {
    text += Uncounted(leaf.target.object);
  } else if (leaf.replaced) {
    text += ", until a later leaf says otherwise";
  }
  return text;
}

}  // namespace ntsp::app
