// What people hear of the export: one line when trouble begins or gets worse, one when it is over, whatever
// the number of signals and tries. Its events begin with "otlp-" and are not exported themselves.
#pragma once

#include <array>
#include <mutex>
#include <string>

#include "observe/otlp_signal.h"

namespace ntsp::observe {

// Thread-safe.
class OtlpTrouble {
 public:
  static constexpr std::string_view kEventPrefix = "otlp-";

  // `where`: the receiver's address. `why`: its answer, or why there was none.
  void Failing(Signal signal, const std::string& where, const std::string& why);
  void Refused(Signal signal, const std::string& where, const std::string& why);
  // A request that was not taken while others are; told once, then only counted.
  void Rejected(Signal signal, const std::string& where, const std::string& why);
  void Delivered(Signal signal);

  // For people; empty: all is well.
  std::string Text() const;

 private:
  enum class Grade { kNone, kFailing, kRefused };

  // Whether it is to be told: no signal was in this or a worse trouble before.
  bool Worsens(Signal signal, Grade grade, const std::string& text);
  Grade Worst() const;

  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::array<Grade, kSignals.size()> grades_{};
  std::string text_;
  bool rejection_told_ = false;
};

}  // namespace ntsp::observe
