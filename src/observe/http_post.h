// POSTs JSON to one address, over a connection that is kept.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ntsp::observe {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpReply {
  long status = 0;   // 0: no answer; `error` says why
  std::string body;  // its beginning
  std::string error;
  std::optional<std::chrono::seconds> retry_after;
};

// Not thread-safe.
class HttpPost {
 public:
  struct Options {
    std::string url;
    HttpHeaders headers;  // their values are secrets: they are in no text that comes out of here
    std::chrono::milliseconds timeout{10'000};
    std::string ca_file;  // PEM; empty: the system's
  };

  // Asks nothing of the network. kStop if libcurl cannot start.
  static Result<std::unique_ptr<HttpPost>> Make(Options options);
  ~HttpPost();

  // Tries once. `give_up` is asked about once a second while nothing happens. Redirects are not followed: the
  // headers are for this address only.
  HttpReply Send(std::string_view body, bool gzip, const std::function<bool()>& give_up);

  // As people may see it.
  const std::string& shown_url() const;

 private:
  struct State;
  explicit HttpPost(std::unique_ptr<State> state);

  const std::unique_ptr<State> state_;
};

// `bytes` in gzip's format; nothing if there is no memory for it.
std::optional<std::string> Gzip(std::string_view bytes);

}  // namespace ntsp::observe
