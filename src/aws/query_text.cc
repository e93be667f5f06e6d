#include "aws/query_text.h"

namespace ntsp::aws {

namespace {

bool IsUnreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

}  // namespace

std::string PercentEncode(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size() + text.size() / 2);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (IsUnreserved(byte)) {
      encoded += c;
    } else {
      encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return encoded;
}

void QueryForm::Add(std::string_view name, std::string_view value) {
  if (!text_.empty()) text_ += '&';
  text_.append(name).append("=").append(PercentEncode(value));
}

std::string_view XmlElement(std::string_view xml, std::string_view name) {
  const std::string open = "<" + std::string(name) + ">", close = "</" + std::string(name) + ">";
  const size_t begin = xml.find(open);
  if (begin == std::string_view::npos) return "";
  const size_t from = begin + open.size();
  const size_t end = xml.find(close, from);
  return end == std::string_view::npos ? "" : xml.substr(from, end - from);
}

std::string HttpProblem(long http_status, std::string_view body) {
  const std::string_view code = XmlElement(body, "Code");
  std::string text = "HTTP " + std::to_string(http_status);
  if (!code.empty()) text.append(" ").append(code).append(": ").append(XmlElement(body, "Message"));
  return text;
}

}  // namespace ntsp::aws
