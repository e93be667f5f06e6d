// The files of web/, which are compiled into the program: the status page and what it is made of.
#pragma once

#include <span>
#include <string_view>

namespace ntsp::app {

struct WebFile {
  std::string_view path;  // of the URL; "/" is the page
  std::string_view content_type;
  std::string_view body;
};

std::span<const WebFile> WebFiles();

}  // namespace ntsp::app
