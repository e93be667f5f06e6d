#include "observe/http_server.h"

#include <httplib.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <exception>
#include <thread>
#include <utility>

#include "base/json_text.h"
#include "base/log.h"
#include "observe/limited_server.h"

namespace ntsp::observe {
namespace {

constexpr size_t kThreads = 4;
constexpr size_t kWaiting = 16;    // connections; the kernel holds further ones back
constexpr size_t kMaxBody = 4096;  // nobody needs to send one

Failure BadEndpoint(std::string_view text, const std::string& what) {
  return ::ntsp::Stop("HTTP_LISTEN=" + std::string(text) + ": " + what);
}

void SetError(httplib::Response& response, int status, std::string_view text) {
  response.status = status;
  response.set_content(JsonObject().Text("error", text).Finish(), "application/json");
}

void Answer(const HttpRoutes& routes, const httplib::Request& request, httplib::Response& response) {
  if (request.method != "GET" && request.method != "HEAD") {
    response.set_header("Allow", "GET, HEAD");
    return SetError(response, 405, "only GET and HEAD are served here");
  }
  const auto route = routes.find(request.path);
  if (route == routes.end()) return SetError(response, 404, "no such page");
  HttpResponse answer = route->second();
  response.status = answer.status;
  response.set_content(std::move(answer.body), answer.content_type);
}

// Not httplib's own, which lets two processes share the port (SO_REUSEPORT): the second one must fail.
void SetSocketOptions(socket_t socket) {
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

}  // namespace

Result<HttpEndpoint> ParseHttpEndpoint(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return BadEndpoint(text, "must be host:port, as 127.0.0.1:8080");
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (host.empty() || (!bracketed && host.find(':') != std::string_view::npos)) {
    return BadEndpoint(text, "must be host:port, as 127.0.0.1:8080, 0.0.0.0:8080 or [::1]:8080");
  }
  int port = -1;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + colon + 1, end, port);
  if (error != std::errc() || rest != end || port < 0 || port > 65535) {
    return BadEndpoint(text, "the port must be a number from 0 (any free port) to 65535");
  }
  return HttpEndpoint{std::string(host), port};
}

struct HttpServer::Impl {
  LimitedServer server;
  HttpRoutes routes;
  int port = -1;
  std::thread thread;

  void Prepare(const Options& options);
  Result<void> Bind(const Options& options);
  void Run();
};

void HttpServer::Impl::Prepare(const Options& options) {
  server.new_task_queue = [] { return new BoundedPool(kThreads, kWaiting); };
  server.set_socket_options(SetSocketOptions);
  server.set_payload_max_length(kMaxBody);
  server.set_default_headers({{"Content-Security-Policy", options.content_security_policy},
                              {"X-Content-Type-Options", "nosniff"},
                              {"Referrer-Policy", "no-referrer"},
                              {"Cache-Control", "no-store"}});
  // Without it httplib shows the exception's text to the client.
  server.set_exception_handler([](const httplib::Request& request, httplib::Response& response,
                                  std::exception_ptr) {
    log::Error("http-handler-failed", "a page threw an exception: a defect in it", {{"path", request.path}});
    SetError(response, 500, "this page failed");
  });
  // Before httplib's routing, which would read bodies and answer 404 for a wrong method.
  server.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    Answer(routes, request, response);
    return httplib::Server::HandlerResponse::Handled;
  });
}

Result<void> HttpServer::Impl::Bind(const Options& options) {
  NTSP_ASSIGN(const HttpEndpoint endpoint, ParseHttpEndpoint(options.listen));
  errno = 0;
  if (endpoint.port == 0) {
    port = server.bind_to_any_port(endpoint.host);
  } else if (server.bind_to_port(endpoint.host, endpoint.port)) {
    port = endpoint.port;
  }
  if (port > 0) return {};
  const std::string reason = errno == 0 ? "no such address on this machine" : std::strerror(errno);
  return BadEndpoint(options.listen, "cannot listen there (" + reason +
                                         "): choose another port or an address of this machine");
}

void HttpServer::Impl::Run() {
  thread = std::thread([this] { server.listen_after_bind(); });
  // httplib ignores a stop that comes before it runs, and Stop would then wait for ever.
  while (!server.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

Result<std::unique_ptr<HttpServer>> HttpServer::Start(const Options& options, HttpRoutes routes) {
  auto impl = std::make_unique<Impl>();
  impl->routes = std::move(routes);
  impl->Prepare(options);
  NTSP_TRY(impl->Bind(options));
  impl->Run();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

HttpServer::~HttpServer() {
  Stop();
}

void HttpServer::Stop() {
  if (!impl_->thread.joinable()) return;
  impl_->server.RefuseRequests();
  impl_->server.stop();
  impl_->thread.join();
}

int HttpServer::port() const {
  return impl_->port;
}

}  // namespace ntsp::observe
