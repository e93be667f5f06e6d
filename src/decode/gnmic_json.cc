#include "decode/gnmic_json.h"

#include "decode/gnmic_event.h"
#include "decode/notification.h"
#include "decode/time_value.h"
#include "decode/update_lists.h"

namespace ntsp::decode {
namespace {

std::string_view TextOf(const Scalar& value) {
  const bool is_name = value.kind == Scalar::Kind::kText || value.kind == Scalar::Kind::kNumber;
  return is_name ? value.text : std::string_view();
}

class GnmicJson {
 public:
  explicit GnmicJson(Context& context) : notification_(context, Dialect::kGnmicJson, "gNMIc json") {}

  void Read(JsonCursor& in) {
    const auto from = in.mark();
    ReadMembers(in);
    if (in.error()) return;
    lists_.Finish();
    const std::string_view node = !source_.empty() ? source_ : !target_.empty() ? target_ : system_name_;
    notification_.Finish(in.Raw(from), node, time_ ? time_ : text_time_);
  }

 private:
  void ReadMembers(JsonCursor& in) {
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view key = in.Key();
      if (key == "updates") {
        lists_.ReadUpdates(in);
      } else if (key == "deletes") {
        lists_.ReadDeletes(in);
      } else if (key == "prefix") {
        lists_.PrefixChanges();
        notification_.SetPrefix(TextOf(in.Value()));
      } else if (key == "source") {
        source_ = WithoutPort(TextOf(in.Value()));
      } else if (key == "target") {
        target_ = TextOf(in.Value());
      } else if (key == "system-name") {
        system_name_ = TextOf(in.Value());
      } else if (key == "timestamp") {
        time_ = ReadTime(in.Value());
      } else if (key == "time") {
        text_time_ = ReadTime(in.Value());
      } else {
        in.Skip();
      }
    }
  }

  void ReadUpdate(JsonCursor& in) {
    if (!in.AtObject()) return Refuse(in, "is not an object");
    std::string_view path;
    notification_.ReadPair(
        in, "Path", "values", [&](JsonCursor& at) { path = TextOf(at.Value()); },
        [&](JsonCursor& at) { ReadValues(at, path); });
  }

  void ReadValues(JsonCursor& in, std::string_view path) {
    const size_t prefix_size = notification_.path().size();
    notification_.AddPath(path);
    if (!in.AtObject()) return Refuse(in, "has \"values\" that are not an object");
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view name = in.Key();
      if (!name.empty()) {
        notification_.path().resize(prefix_size);
        notification_.path().append("/").append(name);
      }
      notification_.AddValue(in);
    }
  }

  void ReadDelete(JsonCursor& in) {
    if (!in.AtText()) return Refuse(in, "deletes something that is no path");
    notification_.AddPath(in.Value().text);
    notification_.AddDeleted();
  }

  void Refuse(JsonCursor& in, std::string_view what) {
    if (in.Value().kind != Scalar::Kind::kNull) notification_.Refuse(RejectKind::kInvalidKey, what);
  }

  Notification notification_;
  std::string_view source_, target_, system_name_;
  std::optional<Timestamp> time_, text_time_;
  UpdateLists<GnmicJson> lists_{*this, notification_, &GnmicJson::ReadUpdate, &GnmicJson::ReadDelete};
};

}  // namespace

void DecodeGnmicJson(JsonCursor& in, Context& context) {
  GnmicJson(context).Read(in);
}

}  // namespace ntsp::decode
