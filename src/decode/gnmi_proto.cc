#include "decode/gnmi_proto.h"

#include "base/utf8.h"
#include "decode/gnmi_path.h"
#include "decode/gnmi_value.h"
#include "decode/gnmic_event.h"
#include "decode/notification.h"
#include "decode/time_value.h"
#include "decode/update_lists.h"

namespace ntsp::decode {
namespace {

// A Kafka key is bytes of any kind: one that is not text names no node.
std::string_view NodeOfKey(std::optional<std::string_view> key) {
  if (!key || !IsUtf8(*key)) return {};
  return WithoutPort(key->substr(0, key->find(":::")));
}

class GnmiProto {
 public:
  explicit GnmiProto(Context& context)
      : context_(context), notification_(context, Dialect::kGnmiProto, "gNMI") {}

  // REQUIRES: Detect has seen an object `update`.
  void Read(JsonCursor& in) {
    const auto from = in.mark();
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      if (in.Key() == "update" && in.AtObject()) {
        ReadNotification(in);
      } else {
        in.Skip();
      }
    }
    if (in.error()) return;
    lists_.Finish();
    const std::string_view node = target_.empty() ? NodeOfKey(context_.message.key) : target_;
    notification_.Finish(in.Raw(from), node, time_);
  }

 private:
  void ReadNotification(JsonCursor& in) {
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view key = in.Key();
      if (key == "update") {
        lists_.ReadUpdates(in);
      } else if (key == "delete") {
        lists_.ReadDeletes(in);
      } else if (key == "prefix") {
        lists_.PrefixChanges();
        ReadPrefix(in);
      } else if (key == "timestamp") {
        time_ = ReadTime(in.Value());
      } else {
        in.Skip();
      }
    }
  }

  void ReadPrefix(JsonCursor& in) {
    notification_.SetPrefix({});
    target_ = {};
    in_prefix_ = true;
    ReadPrefixMembers(in);
    in_prefix_ = false;
  }

  void ReadPrefixMembers(JsonCursor& in) {
    if (!in.AtObject()) return Refuse(in, "is not an object");
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view key = in.Key();
      if (key == "elem") {
        ReadElements(in, notification_.prefix(), notification_.prefix_keys());
      } else if (key == "target") {
        target_ = in.Value().text;
      } else {
        in.Skip();
      }
    }
  }

  void ReadUpdate(JsonCursor& in) {
    if (!in.AtObject()) return Refuse(in, "is not an object");
    notification_.ReadPair(
        in, "path", "val", [this](JsonCursor& at) { ReadPath(at); },
        [this](JsonCursor& at) { AddGnmiValue(at, notification_, context_.out.arena); });
  }

  void ReadDelete(JsonCursor& in) {
    ReadPath(in);
    notification_.AddDeleted();
  }

  void ReadPath(JsonCursor& in) {
    if (!in.AtObject()) return Refuse(in, "has a path that is not an object");
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      if (in.Key() == "elem") {
        ReadElements(in, notification_.path(), notification_.keys());
      } else {
        in.Skip();
      }
    }
  }

  void ReadElements(JsonCursor& in, std::string& path, std::vector<Key>& keys) {
    if (!in.AtArray()) return Refuse(in, "has path elements that are not an array");
    std::string_view list;
    for (bool more = in.EnterArray(); more; more = in.NextElement()) ReadPathElement(in, list, path, keys);
  }

  // An element without a name (Junos) has the keys of the one before, which is `list`.
  void ReadPathElement(JsonCursor& in, std::string_view& list, std::string& path, std::vector<Key>& keys) {
    if (!in.AtObject()) return Refuse(in, "has a path element that is not an object");
    std::optional<JsonCursor> key;
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view member = in.Key();
      if (member == "name") {
        list = in.Value().text;
        path.append("/").append(list);
        continue;
      }
      if (member == "key") key = in;
      in.Skip();
    }
    if (key && !in.error()) ReadKeys(*key, list, keys);
  }

  void ReadKeys(JsonCursor& in, std::string_view list, std::vector<Key>& keys) {
    if (!in.AtObject()) return Refuse(in, "has keys that are not an object");
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view name = in.Key();
      AppendKey(list, name, in.Value(), keys, context_.out.arena);
    }
  }

  void Refuse(JsonCursor& in, std::string_view what) {
    if (in.Value().kind == Scalar::Kind::kNull) return;
    in_prefix_ ? notification_.RefusePrefix() : notification_.Refuse(RejectKind::kInvalidKey, what);
  }

  Context& context_;
  Notification notification_;
  std::string_view target_;
  std::optional<Timestamp> time_;
  UpdateLists<GnmiProto> lists_{*this, notification_, &GnmiProto::ReadUpdate, &GnmiProto::ReadDelete};
  bool in_prefix_ = false;
};

}  // namespace

void DecodeGnmiProto(JsonCursor& in, Context& context) {
  GnmiProto(context).Read(in);
}

}  // namespace ntsp::decode
