// The two lists of a notification, updates and deletes. Read in place, and once more at its end if that was
// too early: if one is given twice the last counts, and the prefix of the paths may stand behind them.
#pragma once

#include <optional>

#include "decode/notification.h"

namespace ntsp::decode {

// `Owner`'s methods read one element between Begin and End of the notification.
template <typename Owner>
class UpdateLists {
 public:
  using ReadElement = void (Owner::*)(JsonCursor& in);

  UpdateLists(Owner& owner, Notification& notification, ReadElement update, ReadElement remove)
      : owner_(owner), notification_(notification), updates_{update}, deletes_{remove} {}

  void ReadUpdates(JsonCursor& in) { ReadOrPostpone(in, updates_); }
  void ReadDeletes(JsonCursor& in) { ReadOrPostpone(in, deletes_); }
  // Before a prefix is set.
  void PrefixChanges() { is_stale_ |= updates_.at || deletes_.at; }
  // Nothing is to come.
  void Finish() {
    if (!is_stale_) return;
    notification_.Forget();
    for (const List* const list : {&updates_, &deletes_}) {
      if (!list->at) continue;
      JsonCursor at = *list->at;
      Read(at, *list);
    }
  }

 private:
  struct List {
    ReadElement read_element;
    std::optional<JsonCursor> at = std::nullopt;
  };

  void ReadOrPostpone(JsonCursor& in, List& list) {
    const bool is_first = !list.at;
    is_stale_ |= !is_first;
    list.at = in;
    is_first ? Read(in, list) : in.Skip();
  }

  void Read(JsonCursor& in, const List& list) {
    if (!in.AtArray()) return ReadAlone(in);
    for (bool more = in.EnterArray(); more && !in.error(); more = in.NextElement()) {
      const auto from = in.mark();
      notification_.Begin();
      (owner_.*list.read_element)(in);
      if (!in.error()) notification_.End(in.Raw(from));
    }
  }

  // Not a list: null is an empty one.
  void ReadAlone(JsonCursor& in) {
    const auto from = in.mark();
    const bool is_empty = in.Value().kind == Scalar::Kind::kNull;
    if (is_empty || in.error()) return;
    notification_.Begin();
    notification_.Refuse(RejectKind::kInvalidKey, "is not in an array");
    notification_.End(in.Raw(from));
  }

  Owner& owner_;
  Notification& notification_;
  List updates_, deletes_;
  bool is_stale_ = false;
};

}  // namespace ntsp::decode
