// The sockets of every Kafka client: closed on exec, and dead peers are found within half a minute. Without
// that, a connection whose other end vanished without a word (a balancer's idle limit, a pulled cable) stalls
// its partitions until the kernel gives up, which takes a quarter of an hour.
#pragma once

namespace ntsp::kafka {

// As librdkafka's socket callback wants it: -1 and errno if there is none.
int OpenSocket(int domain, int type, int protocol);

}  // namespace ntsp::kafka
