// AWS' query protocol as text, which SNS and STS speak: a form is sent, XML comes back. Pure.
#pragma once

#include <string>
#include <string_view>

namespace ntsp::aws {

// RFC 3986: everything but letters, digits and "-._~" as %XX.
std::string PercentEncode(std::string_view text);

// "Action=Publish&Version=…", in the order in which the parts were added.
class QueryForm {
 public:
  void Add(std::string_view name, std::string_view value);
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

// The text of the first element of that name; entities are left as they are. Empty if there is none.
std::string_view XmlElement(std::string_view xml, std::string_view name);

// What an answer that is an error says: "HTTP 403 AccessDenied: not you".
std::string HttpProblem(long http_status, std::string_view body);

}  // namespace ntsp::aws
