#include "kafka/socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace ntsp::kafka {
namespace {

constexpr unsigned kUnacknowledgedMillis = 30'000;
constexpr int kIdleSeconds = 15;
constexpr int kProbeSeconds = 5;
constexpr int kProbes = 3;

// Best effort: a socket without these options still works.
template <typename T>
void Set(int socket, int level, int option, T value) {
  (void)setsockopt(socket, level, option, &value, sizeof(value));
}

}  // namespace

int OpenSocket(int domain, int type, int protocol) {
  const int opened = ::socket(domain, type | SOCK_CLOEXEC, protocol);
  if (opened < 0) return opened;
  Set(opened, SOL_SOCKET, SO_KEEPALIVE, 1);
  Set(opened, IPPROTO_TCP, TCP_KEEPIDLE, kIdleSeconds);
  Set(opened, IPPROTO_TCP, TCP_KEEPINTVL, kProbeSeconds);
  Set(opened, IPPROTO_TCP, TCP_KEEPCNT, kProbes);
  Set(opened, IPPROTO_TCP, TCP_USER_TIMEOUT, kUnacknowledgedMillis);
  return opened;
}

}  // namespace ntsp::kafka
