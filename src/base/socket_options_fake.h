// For tests of whatever opens connections: are this process's sockets to a port on this machine as
// base/socket_options.h says?
#pragma once

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <vector>

#include "base/socket_options.h"

namespace ntsp {

inline std::vector<int> SocketsTo(int port) {
  constexpr int kMostFiles = 1024;
  std::vector<int> sockets;
  for (int file = 0; file < kMostFiles; ++file) {
    sockaddr_in peer{};
    socklen_t size = sizeof(peer);
    if (getpeername(file, reinterpret_cast<sockaddr*>(&peer), &size) != 0) continue;
    if (peer.sin_family == AF_INET && ntohs(peer.sin_port) == port) sockets.push_back(file);
  }
  return sockets;
}

inline int OptionOf(int socket, int level, int option) {
  int value = -1;
  socklen_t size = sizeof(value);
  EXPECT_EQ(getsockopt(socket, level, option, &value, &size), 0);
  return value;
}

inline void ExpectDeadPeersNoticed(int port) {
  const std::vector<int> sockets = SocketsTo(port);
  ASSERT_FALSE(sockets.empty()) << "no connection to look at";
  for (const int socket : sockets) {
    EXPECT_NE(OptionOf(socket, SOL_SOCKET, SO_KEEPALIVE), 0);
    EXPECT_EQ(OptionOf(socket, IPPROTO_TCP, TCP_KEEPIDLE), 15);
    EXPECT_EQ(OptionOf(socket, IPPROTO_TCP, TCP_KEEPINTVL), 5);
    EXPECT_EQ(OptionOf(socket, IPPROTO_TCP, TCP_KEEPCNT), 3);
    EXPECT_EQ(OptionOf(socket, IPPROTO_TCP, TCP_USER_TIMEOUT), 60'000);
  }
}

}  // namespace ntsp
