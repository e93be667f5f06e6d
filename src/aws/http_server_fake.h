// A tiny HTTP server for tests: plain sockets on 127.0.0.1, one thread a connection. It keeps the requests
// and answers as it is told.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cctype>
#include <charconv>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace ntsp::aws {

struct HttpRequest {
  std::string line;                            // "PUT /bucket/key HTTP/1.1"
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // without HTTP's chunks; an aws-chunked body keeps its own
};

struct HttpAnswer {
  int status = 200;
  std::string body;
  bool hang = false;  // never answers
};

class FakeHttpServer {
 public:
  using Handler = std::function<HttpAnswer(const HttpRequest&)>;

  explicit FakeHttpServer(Handler handler) : handler_(std::move(handler)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    listen(listener_, 16);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { Accept(); });
  }

  ~FakeHttpServer() {
    shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const int connection : connections_) shutdown(connection, SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
    for (const int connection : connections_) close(connection);
    close(listener_);
  }

  FakeHttpServer(const FakeHttpServer&) = delete;
  FakeHttpServer& operator=(const FakeHttpServer&) = delete;

  std::string Url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  int port() const { return port_; }

  std::vector<HttpRequest> Requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void Accept() {
    for (int connection; (connection = accept(listener_, nullptr, nullptr)) >= 0;) {
      const std::lock_guard lock(mutex_);
      connections_.push_back(connection);
      threads_.emplace_back([this, connection] { Serve(connection); });
    }
  }

  void Serve(int connection) {
    std::string received;
    HttpRequest request;
    while (ReadRequest(connection, received, request)) {
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
      }
      const HttpAnswer answer = handler_(request);
      if (answer.hang) {
        char c;
        while (recv(connection, &c, 1, 0) > 0) {
        }
        return;
      }
      Send(connection, request, answer);
    }
  }

  static bool Receive(int connection, std::string& received) {
    char bytes[64 * 1024];
    const ssize_t count = recv(connection, bytes, sizeof(bytes), 0);
    if (count > 0) received.append(bytes, static_cast<size_t>(count));
    return count > 0;
  }

  static void ParseHead(std::string_view head, HttpRequest& request) {
    request.line = head.substr(0, head.find("\r\n"));
    for (size_t at; (at = head.find("\r\n")) != std::string_view::npos;) {
      head.remove_prefix(at + 2);
      const std::string_view header = head.substr(0, head.find("\r\n"));
      const size_t colon = header.find(": ");
      if (colon == std::string_view::npos) continue;
      std::string name(header.substr(0, colon));
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      request.headers[name] = header.substr(colon + 2);
    }
  }

  static bool ReadRequest(int connection, std::string& received, HttpRequest& request) {
    request = {};
    size_t head;
    while ((head = received.find("\r\n\r\n")) == std::string::npos) {
      if (!Receive(connection, received)) return false;
    }
    ParseHead(std::string_view(received).substr(0, head), request);
    received.erase(0, head + 4);
    if (request.headers.contains("expect")) Write(connection, "HTTP/1.1 100 Continue\r\n\r\n");
    if (request.headers["transfer-encoding"] == "chunked")
      return ReadChunks(connection, received, request.body);
    return Take(connection, received, Number(request.headers["content-length"], 10), request.body);
  }

  static bool ReadChunks(int connection, std::string& received, std::string& body) {
    for (;;) {
      size_t line;
      while ((line = received.find("\r\n")) == std::string::npos) {
        if (!Receive(connection, received)) return false;
      }
      const size_t size = Number(received.substr(0, line), 16);
      received.erase(0, line + 2);
      std::string line_end;
      if (!Take(connection, received, size, body) || !Take(connection, received, 2, line_end)) return false;
      if (size == 0) return true;
    }
  }

  static size_t Number(const std::string& text, int base) {
    size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number, base);
    return number;
  }

  // Moves `count` bytes that were or will be received to the end of `to`.
  static bool Take(int connection, std::string& received, size_t count, std::string& to) {
    while (received.size() < count) {
      if (!Receive(connection, received)) return false;
    }
    to.append(received, 0, count);
    received.erase(0, count);
    return true;
  }

  static void Send(int connection, const HttpRequest& request, const HttpAnswer& answer) {
    const bool head_only = request.line.starts_with("HEAD ");
    Write(connection, "HTTP/1.1 " + std::to_string(answer.status) +
                          " Status\r\nContent-Length: " + std::to_string(answer.body.size()) +
                          "\r\nETag: \"0\"\r\n\r\n" + (head_only ? "" : answer.body));
  }

  static void Write(int connection, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
  }

  const Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  std::thread acceptor_;
  mutable std::mutex mutex_;
  // The state below is guarded by mutex_.
  std::vector<int> connections_;
  std::vector<std::thread> threads_;
  std::vector<HttpRequest> requests_;
};

}  // namespace ntsp::aws
