#include "archive/backfill_pieces.h"

#include <algorithm>

namespace ntsp::archive {

std::vector<BackfillPiece> BackfillPieces(Offset from, Offset to, const std::vector<BackfillPiece>& windows) {
  std::vector<BackfillPiece> pieces;
  Offset at = from;
  for (const BackfillPiece& window : windows) {
    if (window.end <= from || window.start >= to) continue;
    if (window.start > at) pieces.push_back({at, window.start, false});
    pieces.push_back(window);
    at = window.end;
  }
  if (at < to) pieces.push_back({at, to, false});
  return pieces;
}

}  // namespace ntsp::archive
