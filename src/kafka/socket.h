// The sockets of every Kafka client: closed on exec, and dead peers are noticed (base/socket_options.h).
#pragma once

namespace ntsp::kafka {

// As librdkafka's socket callback wants it: -1 and errno if there is none.
int OpenSocket(int domain, int type, int protocol);

}  // namespace ntsp::kafka
