// Actions in words, for tests.
#pragma once

#include <fmt/format.h>

#include <string>

#include "archive/plan.h"
#include "archive/protocol_actions.h"

namespace ntsp::archive {

inline std::string Text(const action::Commit& c) {
  const auto plan = ParsePlan(c.metadata);
  return fmt::format("commit {}{}", c.offset.value, *plan ? fmt::format(" plan {}", (*plan)->end.value) : "");
}
inline std::string Text(const action::Upload& u) {
  return fmt::format("upload {}-{} at {}{}{}", u.range.start.value, u.range.end.value, u.range.first.Millis(),
                     u.cause == CloseCause::kRedo ? " redo" : "", u.keep_existing ? " keep" : "");
}
inline std::string Text(const action::Done& d) {
  return fmt::format("done {}-{}", d.range.start.value, d.range.end.value);
}
inline std::string Text(const action::Drop&) {
  return "drop";
}
inline std::string Text(const action::Pause&) {
  return "pause";
}
inline std::string Text(const action::Resume&) {
  return "resume";
}
inline std::string Text(const action::Seek& s) {
  return fmt::format("seek {}", s.to.value);
}
inline std::string Text(const action::AskCommitted&) {
  return "ask";
}
inline std::string Text(const action::FindObjects& f) {
  return f.since ? fmt::format("find since {}", f.since->Millis()) : "find";
}
inline std::string Text(const action::Rejoin&) {
  return "rejoin";
}
inline std::string Text(const action::ReportLost& l) {
  return fmt::format("lost {}-{}", l.from.value, l.to.value);
}
inline std::string Text(const action::ReportFound& f) {
  return fmt::format("found {}", f.at.value);
}
inline std::string Text(const action::ReportReplaced& r) {
  return fmt::format("replaced {} by {}", r.committed.value, r.high.value);
}
inline std::string Text(const action::Fail& f) {
  return "fail: " + f.error.message;
}

}  // namespace ntsp::archive
