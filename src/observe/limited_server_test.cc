#include "observe/limited_server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string>

#include "observe/http_server.h"

namespace ntsp::observe {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// A client that misbehaves.
class RawClient {
 public:
  explicit RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // False once the server has closed the connection.
  bool Send(const std::string& text) const {
    return ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  }

  // All that comes until the server closes; "open" if it does not.
  std::string Receive() const {
    std::string answer;
    for (;;) {
      pollfd asked{socket_, POLLIN, 0};
      if (::poll(&asked, 1, 30'000) != 1) return "open";
      std::array<char, 4096> buffer{};
      const ssize_t count = ::recv(socket_, buffer.data(), buffer.size(), 0);
      if (count <= 0) return answer;
      answer.append(buffer.data(), static_cast<size_t>(count));
    }
  }

 private:
  const int socket_;
};

std::unique_ptr<HttpServer> Serve() {
  HttpServer::Options options;
  options.listen = "127.0.0.1:0";
  auto server = HttpServer::Start(options, {{"/", [] { return HttpResponse{"here"}; }}});
  EXPECT_TRUE(server) << server.error().message;
  return *std::move(server);
}

TEST(LimitedServer, a_request_in_pieces_is_answered) {
  const auto server = Serve();
  const RawClient client(server->port());
  for (const char* piece : {"GET / HT", "TP/1.1\r\nHo", "st: x\r\n", "\r\n"}) EXPECT_TRUE(client.Send(piece));
  EXPECT_THAT(client.Receive(), AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("here")));
}

TEST(LimitedServer, a_client_that_says_nothing_is_hung_up) {
  const auto server = Serve();
  EXPECT_EQ(RawClient(server->port()).Receive(), "");
}

TEST(LimitedServer, a_client_that_drips_is_hung_up_although_it_never_pauses) {
  const auto server = Serve();
  const RawClient client(server->port());
  int sent = 0;
  EXPECT_TRUE(client.Send("GET / HTTP/1.1\r\nX: "));
  while (sent < 600 && client.Send("y")) {  // a minute, if nobody hangs up
    ++sent;
    ::usleep(100'000);
  }
  EXPECT_LT(sent, 600);
}

TEST(LimitedServer, a_line_without_end_is_cut_off) {
  const auto server = Serve();
  const RawClient client(server->port());
  const std::string much(64 * 1024, 'x');
  size_t sent = 0;
  (void)client.Send("GET /");
  while (sent < 64 << 20 && client.Send(much)) sent += much.size();
  EXPECT_LT(sent, 64u << 20);  // what the kernel holds for the server has gone, no more
}

TEST(LimitedServer, headers_without_end_are_cut_off) {
  const auto server = Serve();
  const RawClient client(server->port());
  (void)client.Send("GET / HTTP/1.1\r\n");
  size_t sent = 0;
  std::string lines;
  for (int i = 0; i < 1000; ++i) lines += "X-Header: some text that means nothing\r\n";
  while (sent < 64 << 20 && client.Send(lines)) sent += lines.size();
  EXPECT_LT(sent, 64u << 20);
}

TEST(LimitedServer, a_large_body_is_not_read) {
  const auto server = Serve();
  const RawClient client(server->port());
  EXPECT_TRUE(client.Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n"));
  EXPECT_THAT(client.Receive(), StartsWith("HTTP/1.1 405"));
}

// 40 are more than the threads and the queue hold.
TEST(LimitedServer, silent_connections_do_not_keep_others_out_for_good) {
  const auto server = Serve();
  std::vector<std::unique_ptr<RawClient>> silent;
  for (int i = 0; i < 40; ++i) silent.push_back(std::make_unique<RawClient>(server->port()));
  const RawClient client(server->port());
  EXPECT_TRUE(client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_THAT(client.Receive(), HasSubstr("here"));
}

TEST(LimitedServer, a_stop_does_not_wait_for_those_that_say_nothing) {
  const auto server = Serve();
  std::vector<std::unique_ptr<RawClient>> silent;
  for (int i = 0; i < 20; ++i) silent.push_back(std::make_unique<RawClient>(server->port()));
  server->Stop();
  for (const auto& client : silent) EXPECT_EQ(client->Receive(), "");
}

}  // namespace
}  // namespace ntsp::observe
