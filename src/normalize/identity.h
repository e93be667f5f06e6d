// Which object a sample is about: from its keys (key_names.h) and, where they are silent, from leaves that
// repeat them.
#pragma once

#include <optional>

#include "base/arena.h"
#include "model/record.h"
#include "model/sample.h"
#include "model/verdict.h"
#include "normalize/object.h"
#include "normalize/rule.h"

namespace ntsp::normalize {

// Borrows from the Samples. Null: not said.
struct Identity {
  const Scalar* interface_name = nullptr;
  const Scalar* subinterface_name = nullptr;  // "ethernet-1/1.0": only where nothing names the interface
  const Scalar* subinterface_index = nullptr;
  const Scalar* address = nullptr;
  const Scalar* prefix_length = nullptr;
  const Scalar* netmask = nullptr;
  const Scalar* config_address = nullptr;
  const Scalar* config_prefix_length = nullptr;
  const Scalar* network_instance = nullptr;
  const Scalar* cpu_index = nullptr;
  const Scalar* component_name = nullptr;
  const Scalar* component_type = nullptr;
  // Keys "name" and "index", without a word on the list: of the interface, of the component, …
  const Scalar* bare_name = nullptr;
  const Scalar* bare_index = nullptr;
};

// Where a leaf or key with a rule of identity goes; null for other rules.
const Scalar* Identity::*PlaceOf(Object object, Rule rule);

// Takes in a leaf whose rule is one of identity; keys go before leaves. REQUIRES: `value` outlives the
// identity. False: it is of no use, since it was said before.
bool TakeLeaf(Object object, Rule rule, const Scalar& value, Identity& identity);

// What the keys alone name: the innermost of address, subinterface, interface.
std::optional<Object> NamedByKeys(const Identity& identity);

// A CPU's or component's leaves are facts of the node if it is all CPUs, or the chassis.
bool IsWholeNode(Object object, const Identity& identity);

// The device says that there is no address: 0.0.0.0, ::.
bool IsUnassigned(const Identity& identity);

// Sets the identifying columns of `record`, or says what is missing. Unset is left what only says more:
// `unread_length` is a prefix length or netmask that is none.
// REQUIRES: `object` is an interface, a subinterface or an address.
std::optional<Rejection> Identify(Object object, const Identity& identity, Record& record, Arena& arena,
                                  const Scalar*& unread_length);

// Two records of one element are about the same object instance. REQUIRES: both have been identified.
bool SameObject(const Record& a, const Record& b);
size_t ObjectHash(const Record& record);

// Before `later` is merged into `earlier`: an address keeps the length that only one of the two knows.
void KeepPrefixLength(const Record& earlier, Record& later);

}  // namespace ntsp::normalize
