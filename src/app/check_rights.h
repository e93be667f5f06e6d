// The part of `ntsp check` that finds missing ACLs and names them.
#pragma once

#include <string>
#include <vector>

#include "app/check_command.h"
#include "app/config.h"
#include "kafka/admin.h"

namespace ntsp::app {

class RightsCheck {
 public:
  // All must outlive it.
  RightsCheck(const Config& config, kafka::Admin& admin, CheckList& list)
      : config_(config), admin_(admin), list_(list) {}

  // Whether the topic, which exists or may not even be described, allows what ntsp does there. A line for
  // each operation that it does not.
  bool Topic(const std::string& topic);
  // Whether a missing topic could be created.
  bool Creation(const std::string& topic);
  bool Group(const std::string& group);
  // Of the ids that the workers use, one that none of them has.
  void TransactionalIds();

 private:
  bool Compare(const std::string& resource, const std::string& option, const std::string& name,
               const std::vector<kafka::Operation>& needed,
               const Result<std::optional<kafka::Operations>>& granted);
  std::vector<kafka::Operation> NeededOn(const std::string& topic) const;
  std::string User() const;
  std::string HowToGrant(std::string_view operation, const std::string& option,
                         const std::string& name) const;

  const Config& config_;
  kafka::Admin& admin_;
  CheckList& list_;
};

}  // namespace ntsp::app
