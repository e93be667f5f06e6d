// `ntsp check`: whether what the settings name is there and lets ntsp work.
#pragma once

#include <ostream>
#include <string>

#include "app/config.h"

namespace ntsp::app {

struct CheckOptions {
  bool send_test_alert = false;
};

// The lines that a check writes: "ok   …", "note …" (advice, or what cannot be checked), "FAIL …: what to
// do".
class CheckList {
 public:
  explicit CheckList(std::ostream& out) : out_(out) {}

  void Ok(const std::string& text) { out_ << "ok   " << text << '\n'; }
  void Note(const std::string& text) { out_ << "note " << text << '\n'; }
  void Fail(const std::string& text, const std::string& what_to_do) {
    out_ << "FAIL " << text << ": " << what_to_do << '\n';
    failed_ = true;
  }
  bool failed() const { return failed_; }

 private:
  std::ostream& out_;
  bool failed_ = false;
};

// kFailed if a line is FAIL.
int CheckCommand(const CheckOptions& options, const Loaded& loaded);

}  // namespace ntsp::app
