#include "kafka/socket.h"

#include <sys/socket.h>

#include "base/socket_options.h"

namespace ntsp::kafka {

int OpenSocket(int domain, int type, int protocol) {
  const int opened = ::socket(domain, type | SOCK_CLOEXEC, protocol);
  if (opened >= 0) NoticeDeadPeer(opened);
  return opened;
}

}  // namespace ntsp::kafka
