#include "decode/yang_push.h"

#include <algorithm>
#include <array>

#include "decode/notification.h"
#include "decode/resource_path.h"
#include "decode/time_value.h"

namespace ntsp::decode {
namespace {

// What a member means, wherever it stands in the nest of envelopes.
enum class Member : uint8_t {
  kLevel,     // one more envelope
  kContents,  // an envelope in which each object is a notification
  kHostname,
  kSysName,
  kExporter,
  kTime,
  kCollected,
  kUpdate,
  kEdits,
  kControl,
  kOther,
};

struct MemberName {
  std::string_view name;
  Member member;
};

constexpr std::array kMembers = std::to_array<MemberName>({
    {"message", Member::kLevel},
    {"telemetry-message-metadata", Member::kLevel},
    {"payload", Member::kLevel},
    {"envelope", Member::kLevel},
    {"contents", Member::kContents},
    {"notification", Member::kContents},
    {"push-update", Member::kUpdate},
    {"push-change-update", Member::kLevel},
    {"datastore-changes", Member::kLevel},
    {"yang-patch", Member::kLevel},
    {"edit", Member::kEdits},
    {"hostname", Member::kHostname},
    {"sysName", Member::kSysName},
    {"export-address", Member::kExporter},
    {"event-time", Member::kTime},
    {"eventTime", Member::kTime},
    {"collection-timestamp", Member::kCollected},
    {"subscription-started", Member::kControl},
    {"subscription-modified", Member::kControl},
    {"subscription-terminated", Member::kControl},
    {"subscription-suspended", Member::kControl},
    {"subscription-resumed", Member::kControl},
    {"subscription-completed", Member::kControl},
    {"replay-completed", Member::kControl},
});

std::string_view WithoutModule(std::string_view name) {
  return name.substr(name.rfind(':') + 1);  // npos + 1 is 0
}

std::string_view LastElement(std::string_view path) {
  return WithoutModule(path.substr(path.rfind('/') + 1));
}

Member MemberOf(std::string_view name) {
  const auto* const known = std::ranges::find(kMembers, WithoutModule(name), &MemberName::name);
  return known == kMembers.end() ? Member::kOther : known->member;
}

std::string_view TextOf(const Scalar& value) {
  return value.kind == Scalar::Kind::kText ? value.text : std::string_view();
}

class YangPush {
 public:
  explicit YangPush(Context& context)
      : out_(context.out), notification_(context, Dialect::kYangPush, "YANG-Push") {}

  void Read(JsonCursor& in) {
    const auto from = in.mark();
    ReadMembers(in, /*is_contents=*/false);
    if (in.error()) return;
    const std::string_view node = !hostname_.empty() ? hostname_ : !sys_name_.empty() ? sys_name_ : exporter_;
    notification_.Finish(in.Raw(from), node, time_ ? time_ : collected_);
  }

 private:
  void ReadMembers(JsonCursor& in, bool is_contents) {
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view name = in.Key();
      ReadMember(in, name, is_contents);
    }
  }

  // Recursion is bounded by JsonCursor::kMaxDepth.
  void ReadMember(JsonCursor& in, std::string_view name, bool is_contents) {
    switch (MemberOf(name)) {
      case Member::kLevel:
        return in.AtObject() ? ReadMembers(in, /*is_contents=*/false) : Fail(in);
      case Member::kContents:
        return in.AtObject() ? ReadMembers(in, /*is_contents=*/true) : Fail(in);
      case Member::kUpdate:
        return in.AtObject() ? ReadUpdate(in) : Fail(in);
      case Member::kEdits:
        return ReadEdits(in);
      case Member::kHostname:
        hostname_ = TextOf(in.Value());
        return;
      case Member::kSysName:
        sys_name_ = TextOf(in.Value());
        return;
      case Member::kExporter:
        exporter_ = TextOf(in.Value());
        return;
      case Member::kTime:
        time_ = ReadTime(in.Value());
        return;
      case Member::kCollected:
        collected_ = ReadTime(in.Value());
        return;
      case Member::kControl:
        out_.drops.push_back({DropKind::kControl, name});
        return in.Skip();
      case Member::kOther:
        if (is_contents && in.AtObject()) out_.drops.push_back({DropKind::kOtherSubsystem, name});
        return in.Skip();
    }
  }

  void ReadUpdate(JsonCursor& in) {
    const auto from = in.mark();
    notification_.Begin();
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      if (WithoutModule(in.Key()) != "datastore-contents") {
        in.Skip();
        continue;
      }
      notification_.Restart();  // given twice, the last counts
      in.AtObject() ? notification_.AddValue(in) : Refuse(in, "has datastore-contents that are no object");
    }
    if (!in.error()) notification_.End(in.Raw(from));
  }

  void ReadEdits(JsonCursor& in) {
    if (!in.AtArray()) return ReadEdit(in);
    for (bool more = in.EnterArray(); more; more = in.NextElement()) ReadEdit(in);
  }

  struct Edit {
    std::string_view operation, target;
    std::optional<JsonCursor> value;
  };

  void ReadEdit(JsonCursor& in) {
    if (!in.AtObject()) return Fail(in);
    const auto from = in.mark();
    Edit edit;
    for (bool more = in.EnterObject(); more; more = in.NextMember()) {
      const std::string_view name = WithoutModule(in.Key());
      if (name == "value") {
        edit.value = in;
        in.Skip();
      } else {
        const std::string_view text = TextOf(in.Value());
        if (name == "operation") edit.operation = text;
        if (name == "target") edit.target = text;
      }
    }
    if (in.error()) return;
    notification_.Begin();
    Apply(edit);
    notification_.End(in.Raw(from));
  }

  void Apply(Edit& edit) {
    if (edit.target.empty())
      return notification_.Refuse(RejectKind::kInvalidKey, "has an edit without a target");
    if (!AppendResourcePath(edit.target, notification_.path(), notification_.keys(), out_.arena)) {
      return notification_.Refuse(RejectKind::kInvalidKey, "has an edit whose target cannot be read");
    }
    if (edit.operation == "delete" || edit.operation == "remove") return notification_.AddDeleted();
    if (!edit.value) return;
    // The value holds the target itself by its name (RFC 8072); some devices send only what is in it.
    std::string& path = notification_.path();
    if (HoldsFirst(*edit.value, LastElement(path))) path.resize(path.rfind('/'));
    notification_.AddValue(*edit.value);
  }

  static bool HoldsFirst(JsonCursor in, std::string_view name) {
    return in.AtObject() && in.EnterObject() && WithoutModule(in.Key()) == name;
  }

  // What stands where an object of the envelope is expected.
  void Fail(JsonCursor& in) {
    const auto from = in.mark();
    const bool is_nothing = in.Value().kind == Scalar::Kind::kNull;
    if (is_nothing || in.error()) return;
    notification_.Begin();
    notification_.Refuse(RejectKind::kInvalidKey, "is not an object");
    notification_.End(in.Raw(from));
  }

  void Refuse(JsonCursor& in, std::string_view what) {
    if (in.Value().kind != Scalar::Kind::kNull) notification_.Refuse(RejectKind::kInvalidKey, what);
  }

  Samples& out_;
  Notification notification_;
  std::string_view hostname_, sys_name_, exporter_;
  std::optional<Timestamp> time_, collected_;
};

}  // namespace

void DecodeYangPush(JsonCursor& in, Context& context) {
  YangPush(context).Read(in);
}

}  // namespace ntsp::decode
