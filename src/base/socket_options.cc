#include "base/socket_options.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace ntsp {
namespace {

template <typename T>
void Set(int socket, int level, int option, T value) {
  (void)setsockopt(socket, level, option, &value, sizeof(value));
}

}  // namespace

void NoticeDeadPeer(int socket) {
  Set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  Set(socket, IPPROTO_TCP, TCP_KEEPIDLE, static_cast<int>(kIdleBeforeProbe.count()));
  Set(socket, IPPROTO_TCP, TCP_KEEPINTVL, static_cast<int>(kBetweenProbes.count()));
  Set(socket, IPPROTO_TCP, TCP_KEEPCNT, kProbes);
  const auto millis = std::chrono::milliseconds(kUnacknowledged).count();
  Set(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, static_cast<unsigned>(millis));
}

}  // namespace ntsp
