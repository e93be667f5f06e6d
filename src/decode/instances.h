// The values of one element, sorted by the object instance that they are about: a sample for each, with the
// keys of the element and of the list entries that it stands in.
#pragma once

#include <optional>
#include <string_view>

#include "decode/context.h"

namespace ntsp::decode {

// Works on context.gnmic_work, where the decoder has put tags (the keys of the element) and values. What it
// writes belongs to the newest element of context.out.
class Instances {
 public:
  Instances(Context& context, std::string_view node, std::optional<Timestamp> time)
      : out_(context.out),
        paths_(context.paths),
        names_(context.gnmic_names),
        work_(context.gnmic_work),
        node_(node),
        time_(time) {}

  // One for each instance, in the order in which they are first mentioned. Takes the values.
  void Emit();
  // One with the tags as keys and no leaves yet.
  Sample& NewSample();

 private:
  void AssignSlots();
  size_t PlaceLeaves();
  void EmitInstance(const GnmicWork::Slot& slot, size_t first_leaf);
  void PutInstanceKeys(uint32_t instance);
  const Path& CommonPath(size_t first, size_t count);

  Samples& out_;
  Paths& paths_;
  GnmicNames& names_;
  GnmicWork& work_;
  const std::string_view node_;
  const std::optional<Timestamp> time_;
};

}  // namespace ntsp::decode
