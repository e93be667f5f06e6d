// What a backfill of [from, to) consists of: the windows that names tell, each whole, and the gaps between
// them. Pure.
#pragma once

#include <vector>

#include "base/types.h"

namespace ntsp::archive {

struct BackfillPiece {
  Offset start, end;
  bool window;  // it exists, or is planned, and is to be written exactly so; else new windows fill it

  bool operator==(const BackfillPiece&) const = default;
};

// In order, touching each other. `windows`: in order, none overlaps another; those outside are left out.
std::vector<BackfillPiece> BackfillPieces(Offset from, Offset to, const std::vector<BackfillPiece>& windows);

}  // namespace ntsp::archive
