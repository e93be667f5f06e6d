// Numbers that look random and are the same everywhere: unlike those of <random>'s distributions. Algorithm:
// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
#pragma once

#include <cstdint>

namespace ntsp::app {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  // 0 to limit - 1. REQUIRES: limit > 0.
  uint64_t Below(uint64_t limit) { return Next() % limit; }
  // True once in `every` times, on average.
  bool OneIn(uint64_t every) { return Below(every) == 0; }

 private:
  uint64_t state_;
};

}  // namespace ntsp::app
