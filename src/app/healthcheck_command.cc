#include "app/healthcheck_command.h"

#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <iostream>
#include <memory>
#include <string_view>

#include "app/exit_code.h"
#include "observe/http_server.h"

namespace ntsp::app {
namespace {

class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) {}
  ~Socket() {
    if (fd_ >= 0) close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int fd() const { return fd_; }

 private:
  const int fd_;
};

struct FreeAddresses {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

std::string Reachable(const std::string& host) {
  if (host.empty() || host == "0.0.0.0") return "127.0.0.1";
  return host == "::" ? "::1" : host;
}

void SetTimeout(int fd, std::chrono::milliseconds timeout) {
  const timeval limit = {timeout.count() / 1000, timeout.count() % 1000 * 1000};
  // Of a connect too: Linux takes the sending limit for it.
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

// "HTTP/1.1 200 OK": 200.
Result<int> ParseStatusLine(std::string_view answer) {
  const size_t blank = answer.find(' ');
  int status = 0;
  if (answer.starts_with("HTTP/") && blank != std::string_view::npos) {
    std::from_chars(answer.data() + blank + 1, answer.data() + answer.size(), status);
  }
  if (status == 0) return Reject("the answer is no HTTP");
  return status;
}

Result<int> Ask(const addrinfo& address, const std::string& request, std::chrono::milliseconds timeout) {
  const Socket socket(::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC, address.ai_protocol));
  SetTimeout(socket.fd(), timeout);
  if (connect(socket.fd(), address.ai_addr, address.ai_addrlen) != 0) return Retry("nobody listens there");
  if (send(socket.fd(), request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size())) {
    return Retry("the request could not be sent");
  }
  std::array<char, 256> answer{};
  const ssize_t got = recv(socket.fd(), answer.data(), answer.size(), 0);
  if (got <= 0) return Retry("there was no answer in time");
  return ParseStatusLine({answer.data(), static_cast<size_t>(got)});
}

}  // namespace

Result<int> HttpStatus(const std::string& listen, const std::string& path,
                       std::chrono::milliseconds timeout) {
  NTSP_ASSIGN(const auto endpoint, observe::ParseHttpEndpoint(listen));
  const std::string host = Reachable(endpoint.host);
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), std::to_string(endpoint.port).c_str(), &hints, &found);
  if (error != 0) return Retry(fmt::format("{}: {}", host, gai_strerror(error)));
  const std::unique_ptr<addrinfo, FreeAddresses> addresses(found);
  return Ask(*addresses, fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", path, host),
             timeout);
}

int HealthcheckCommand(const Config& config) {
  if (config.http_listen.empty()) {
    std::cerr << "HTTP_LISTEN=off: there is nothing to ask\n";
    return kFailed;
  }
  const auto status = HttpStatus(config.http_listen, "/livez", std::chrono::seconds(3));
  if (status && *status == 200) return kDone;
  std::cerr << fmt::format("http://{}/livez: {}\n", config.http_listen,
                           status ? fmt::format("status {}", *status) : status.error().message);
  return kFailed;
}

}  // namespace ntsp::app
