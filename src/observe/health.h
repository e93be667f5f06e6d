// How the program is, for people and for what restarts it: which parts work, whether it is ready, whether it
// lives.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"

namespace ntsp::observe {

enum class Role {
  kRequired,       // the program is not ready without it: the broker, the consumer groups
  kInformational,  // its trouble is shown and nothing waits for it: S3, SNS, Logfire
};

struct HealthReport {
  bool ok = false;
  std::string body;  // one JSON object
};

// A part of the program and what it says of itself.
struct ComponentHealth {
  std::string name;
  Role role = Role::kRequired;
  bool ok = false;
  std::string text;
  Timestamp since;  // when `ok` last changed
};

// Thread-safe. `clock` must outlive it.
class Health {
 public:
  explicit Health(const Clock& clock) : clock_(clock) {}

  // A part that exists; it counts as not ok ("starting") until it is Set.
  void Register(const std::string& component, Role role);
  // What a part says of itself; `text` is for people. One that was never registered counts as required.
  void Set(const std::string& component, bool ok, const std::string& text = {});
  // For good: the watchdog has fired, and only a restart helps. The first reason is kept.
  void SetDead(const std::string& reason);

  // {"status":"live"} or {"status":"dead","reason":…}. Nothing outside the process can make it dead.
  HealthReport Live() const;
  // {"status":"ready"|"not-ready","components":{"kafka":{"ok":…,"required":…,"text":…,"since":…},…}}: ok when
  // all required parts are.
  HealthReport Ready() const;
  // The same for programs, by name.
  std::vector<ComponentHealth> Components() const;

 private:
  struct Component {
    Role role = Role::kRequired;
    bool ok = false;
    std::string text = "starting";
    Timestamp since;  // when `ok` last changed
  };

  const Clock& clock_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::map<std::string, Component> components_;
  std::string dead_reason_;
};

}  // namespace ntsp::observe
