#include "archive/backfill_pieces.h"

#include <gmock/gmock.h>

#include "archive/backfill_mark.h"

namespace ntsp::archive {

void PrintTo(const BackfillPiece& piece, std::ostream* out) {
  *out << (piece.window ? "window " : "gap ") << piece.start.value << "-" << piece.end.value;
}

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr bool kWindow = true, kGap = false;

BackfillPiece Piece(int64_t start, int64_t end, bool window) {
  return {Offset{start}, Offset{end}, window};
}

TEST(BackfillPieces, without_windows_the_whole_range_is_a_gap) {
  EXPECT_THAT(BackfillPieces(Offset{5}, Offset{9}, {}), ElementsAre(Piece(5, 9, kGap)));
  EXPECT_THAT(BackfillPieces(Offset{9}, Offset{9}, {}), IsEmpty());
}

TEST(BackfillPieces, a_window_at_the_edge_is_taken_whole) {
  EXPECT_THAT(BackfillPieces(Offset{5}, Offset{22}, {Piece(0, 10, kWindow), Piece(20, 30, kWindow)}),
              ElementsAre(Piece(0, 10, kWindow), Piece(10, 20, kGap), Piece(20, 30, kWindow)));
}

TEST(BackfillPieces, gaps_end_where_the_range_ends) {
  EXPECT_THAT(BackfillPieces(Offset{2}, Offset{50}, {Piece(10, 20, kWindow)}),
              ElementsAre(Piece(2, 10, kGap), Piece(10, 20, kWindow), Piece(20, 50, kGap)));
}

TEST(BackfillPieces, windows_that_only_touch_the_range_are_left_alone) {
  EXPECT_THAT(BackfillPieces(Offset{10}, Offset{20}, {Piece(0, 10, kWindow), Piece(20, 30, kWindow)}),
              ElementsAre(Piece(10, 20, kGap)));
}

TEST(BackfillMark, is_read_as_it_was_written) {
  for (const BackfillMark& mark :
       {BackfillMark{Offset{7}, Offset{12}, std::nullopt},
        BackfillMark{Offset{0}, Offset{12}, Plan{Offset{40}, "0123456789abcdef"}}}) {
    const auto read = ParseBackfillMark(mark.next, FormatBackfillMark(mark));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, mark);
  }
  const auto none = ParseBackfillMark(Offset{1}, "");
  ASSERT_TRUE(none);
  EXPECT_FALSE(*none);
}

TEST(BackfillMark, of_another_kind_is_refused) {
  for (const char* text : {"ntsp1;e=4;l=0123456789abcdef", "ntsp-backfill1;f=", "ntsp-backfill1;f=3x",
                           "ntsp-backfill1;f=3;e=4", "ntsp-backfill2;f=3"}) {
    EXPECT_FALSE(ParseBackfillMark(Offset{1}, text)) << text;
  }
}

}  // namespace
}  // namespace ntsp::archive
