// The allocator, held to what a process with a memory limit wants of it: glibc's own defaults keep an arena
// for each thread, and what is freed there is seldom given back.
#pragma once

#include <cstdint>

namespace ntsp {

// Once, before there are threads.
void SetUpHeap();

// Gives free pages back to the system. Takes milliseconds; thread-safe.
void TrimHeap();

// What was asked for and not freed yet; of all threads. Thread-safe.
uint64_t HeapBytesInUse();

}  // namespace ntsp
