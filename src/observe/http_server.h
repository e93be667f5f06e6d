// Serves a handful of fixed paths to operators, probes and Prometheus: GET and HEAD only, a few threads, no
// state.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ntsp::observe {

struct HttpResponse {
  std::string body;
  std::string content_type = "application/json";
  int status = 200;
};

// Called by several threads at once, until Stop has returned.
using HttpHandler = std::function<HttpResponse()>;
using HttpRoutes = std::map<std::string, HttpHandler>;  // by path, which is matched exactly

struct HttpEndpoint {
  std::string host;
  int port = 0;
};

// "127.0.0.1:8080", "[::1]:8080", "localhost:0". kStop, naming HTTP_LISTEN, for anything else.
Result<HttpEndpoint> ParseHttpEndpoint(std::string_view text);

class HttpServer {
 public:
  struct Options {
    std::string listen = "127.0.0.1:8080";  // port 0: any free one
    // Sent with every answer; a page with inline style or script adds their hashes.
    std::string content_security_policy = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'";
  };

  // Listens and serves when it returns. kStop, naming HTTP_LISTEN, if the address cannot be had.
  static Result<std::unique_ptr<HttpServer>> Start(const Options& options, HttpRoutes routes);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Refuses new requests and waits for those in hand; an idle connection holds it for a second at most. May
  // be called twice.
  void Stop();
  // The port it listens on.
  int port() const;

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace ntsp::observe
