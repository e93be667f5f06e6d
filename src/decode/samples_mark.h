// How much of a Samples was there at some moment, to take back what came after it.
#pragma once

#include "model/sample.h"

namespace ntsp::decode {

struct SamplesMark {
  explicit SamplesMark(const Samples& s)
      : envelopes(s.envelopes.size()),
        elements(s.elements.size()),
        samples(s.samples.size()),
        keys(s.keys.size()),
        leaves(s.leaves.size()),
        failed(s.failed.size()),
        drops(s.drops.size()) {}

  void TakeBack(Samples& s) const {
    s.envelopes.resize(envelopes);
    s.elements.resize(elements);
    s.samples.resize(samples);
    s.keys.resize(keys);
    s.leaves.resize(leaves);
    s.failed.resize(failed);
    s.drops.resize(drops);
  }

  // No element, failure or drop came after it.
  bool NothingSince(const Samples& s) const {
    return s.elements.size() == elements && s.failed.size() == failed && s.drops.size() == drops;
  }

  size_t envelopes, elements, samples, keys, leaves, failed, drops;
};

}  // namespace ntsp::decode
