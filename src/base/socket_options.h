// How the program's TCP connections notice that the other end vanished without a word (a balancer's idle
// limit, a pulled cable). Without it what waits on them stalls until the kernel gives up, after a quarter of
// an hour.
#pragma once

#include <chrono>

namespace ntsp {

// What was sent and is not acknowledged for so long ends the connection.
inline constexpr std::chrono::seconds kUnacknowledged{60};
// A silent connection is probed after the first time, then each second time; so many answers may be missing.
inline constexpr std::chrono::seconds kIdleBeforeProbe{15}, kBetweenProbes{5};
inline constexpr int kProbes = 3;

// Best effort: a socket without these options still works, and one that is not TCP takes none.
void NoticeDeadPeer(int socket);

}  // namespace ntsp
