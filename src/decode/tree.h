// Data as YANG models shape it and RFC 7951 writes it: containers are objects, lists are arrays of objects.
// Cut into a sample for each object instance:
//
//   {"interface":[{"name":"e1","mtu":1500,"statistics":{"in-octets":"7"},"subinterface":[{"index":0,…}]}]}
//
//   interface               [interface_name]                      name, mtu, statistics/in-octets
//   interface/subinterface  [interface_name] [subinterface_index] index, …
//
// A list entry is an object in an array, or one whose name is known to be a list's (some devices write a list
// of one entry as that entry). Its keys are its leaves of the names that keys have, wherever they stand in
// it; they are its leaves too. Arrays of anything else are leaves as JSON text; but YANG's `empty`, [null],
// is true, and an array with nothing in it is nothing.
#pragma once

#include <string_view>

#include "decode/context.h"
#include "model/json_cursor.h"
#include "model/sample.h"

namespace ntsp::decode {

// Keys of a sample beyond these are not told: no model nests that deep, and a hostile tree would repeat them
// in each of its samples.
inline constexpr uint32_t kMaxTreeKeys = 8;

// Reads the object or array at `in` to its end and appends a sample for each instance that has a leaf, in the
// order in which they begin. `about` says what they have in common: element, node, namespace and time; `path`
// is where the value stands, and the keys are those of that place, already in Samples::keys. The texts stay
// in the document of `in`. On invalid JSON nothing is appended to the samples, and `in` says what is wrong.
// REQUIRES: in.AtObject() || in.AtArray(); `about` is not in a vector of `context.out`.
void ReadTree(JsonCursor& in, const Sample& about, Context& context);

// Whether the value at `in` is one for ReadTree: an object, or an array of them; anything else is a leaf.
bool AtTree(const JsonCursor& in);

// Takes the value at `in`, which is a leaf. REQUIRES: !AtTree(in).
Scalar ReadTreeLeaf(JsonCursor& in);

// A sample with this leaf of the container about.path; null gives none.
void AddLeaf(std::string_view name, const Scalar& value, const Sample& about, Context& context);

// The value by the name `name` in the container about.path: a tree below it, or a leaf.
void ReadTreeValue(JsonCursor& in, std::string_view name, const Sample& about, Context& context);

}  // namespace ntsp::decode
