#include "archive/parquet_columns.h"

#include <arrow/api.h>

#include <string>
#include <vector>

namespace ntsp::archive {

namespace {

using Buffers = std::vector<std::shared_ptr<arrow::Buffer>>;

std::shared_ptr<arrow::DataType> ArrowType(ColumnType type) {
  switch (type) {
    case ColumnType::kText:
      return arrow::utf8();
    case ColumnType::kUint:
      return arrow::uint64();
    case ColumnType::kDouble:
      return arrow::float64();
    case ColumnType::kBool:
      return arrow::boolean();
    case ColumnType::kTime:
      return arrow::timestamp(arrow::TimeUnit::MICRO, "UTC");
    case ColumnType::kMap:
      return arrow::map(arrow::utf8(), arrow::utf8());
  }
  return nullptr;
}

// One column in the making: the rows, and the order in which they are wanted.
class ColumnMaker {
 public:
  ColumnMaker(const RowGroup& rows, ColumnIndex c, std::span<const uint32_t> order)
      : rows_(rows), column_(c), order_(order), length_(static_cast<int64_t>(rows.rows())) {}

  std::shared_ptr<arrow::Array> Make() const {
    switch (Columns(rows_.table())[column_].type) {
      case ColumnType::kText:
        return Texts();
      case ColumnType::kUint:
      case ColumnType::kDouble:
      case ColumnType::kTime:
        return Numbers();
      case ColumnType::kBool:
        return Bools();
      case ColumnType::kMap:
        return Maps();
    }
    return nullptr;
  }

 private:
  size_t Row(size_t i) const { return order_[i]; }
  std::shared_ptr<arrow::DataType> Type() const { return ArrowType(Columns(rows_.table())[column_].type); }

  std::shared_ptr<arrow::Buffer> Bits(auto is_set) const {
    std::vector<uint8_t> bits((rows_.rows() + 7) / 8);
    for (size_t i = 0; i < rows_.rows(); ++i) bits[i / 8] |= uint8_t{is_set(Row(i))} << (i % 8);
    return arrow::Buffer::FromVector(std::move(bits));
  }

  // None if no row is null.
  std::shared_ptr<arrow::Buffer> Validity() const {
    if (rows_.All(column_)) return nullptr;
    return Bits([this](size_t row) { return rows_.Has(row, column_); });
  }

  template <typename T>
  std::shared_ptr<arrow::Buffer> Gather(const std::vector<T>& values) const {
    std::vector<T> gathered(order_.size());
    for (size_t i = 0; i < order_.size(); ++i) gathered[i] = values[order_[i]];
    return arrow::Buffer::FromVector(std::move(gathered));
  }

  std::shared_ptr<arrow::Array> FromBuffers(std::shared_ptr<arrow::DataType> type, Buffers buffers) const {
    const int64_t nulls = buffers.front() == nullptr ? 0 : arrow::kUnknownNullCount;
    return arrow::MakeArray(arrow::ArrayData::Make(std::move(type), length_, std::move(buffers), nulls));
  }

  std::shared_ptr<arrow::Array> Numbers() const {
    return FromBuffers(Type(), {Validity(), Gather(rows_.Numbers(column_))});
  }

  std::shared_ptr<arrow::Array> Bools() const {
    const std::vector<uint64_t>& values = rows_.Numbers(column_);
    return FromBuffers(Type(), {Validity(), Bits([&](size_t row) { return values[row] != 0; })});
  }

  static std::shared_ptr<arrow::Array> DictionaryTexts(const TextDictionary& texts) {
    return std::make_shared<arrow::StringArray>(
        static_cast<int64_t>(texts.size()), arrow::Buffer::Wrap(texts.offsets()),
        arrow::Buffer::Wrap(texts.bytes().data(), texts.bytes().size()));
  }

  static std::shared_ptr<arrow::Array> Encoded(std::shared_ptr<arrow::Array> ids,
                                               const TextDictionary& texts) {
    return std::make_shared<arrow::DictionaryArray>(arrow::dictionary(arrow::int32(), arrow::utf8()),
                                                    std::move(ids), DictionaryTexts(texts));
  }

  std::shared_ptr<arrow::Array> Texts() const {
    return Encoded(FromBuffers(arrow::int32(), {Validity(), Gather(rows_.TextIds(column_))}),
                   rows_.Texts(column_));
  }

  // The ids of the entries of `column`, row by row in the wanted order.
  std::shared_ptr<arrow::Array> EntryIds(const std::vector<TextDictionary::Id>& column) const {
    const ExtraColumn& extra = rows_.extra();
    std::vector<TextDictionary::Id> ids;
    ids.reserve(column.size());
    for (size_t i = 0; i < rows_.rows(); ++i) {
      const size_t row = Row(i);
      ids.insert(ids.end(), column.begin() + extra.Begin(row), column.begin() + extra.ends[row]);
    }
    const auto count = static_cast<int64_t>(ids.size());
    return std::make_shared<arrow::Int32Array>(count, arrow::Buffer::FromVector(std::move(ids)));
  }

  std::shared_ptr<arrow::Array> Maps() const {
    const ExtraColumn& extra = rows_.extra();
    std::vector<int32_t> offsets(rows_.rows() + 1);
    for (size_t i = 0; i < rows_.rows(); ++i) {
      const size_t row = Row(i);
      offsets[i + 1] = offsets[i] + static_cast<int32_t>(extra.ends[row] - extra.Begin(row));
    }
    auto keys = Encoded(EntryIds(extra.keys), extra.key_texts);
    auto values = Encoded(EntryIds(extra.values), extra.value_texts);
    auto type = arrow::map(keys->type(), values->type());
    return std::make_shared<arrow::MapArray>(std::move(type), length_,
                                             arrow::Buffer::FromVector(std::move(offsets)), std::move(keys),
                                             std::move(values), Validity());
  }

  const RowGroup& rows_;
  const ColumnIndex column_;
  const std::span<const uint32_t> order_;
  const int64_t length_;
};

}  // namespace

std::shared_ptr<arrow::Schema> ArrowSchema(Table table) {
  arrow::FieldVector fields;
  for (const Column& column : Columns(table)) {
    fields.push_back(arrow::field(std::string(column.name), ArrowType(column.type), !column.required));
  }
  return arrow::schema(std::move(fields));
}

std::shared_ptr<arrow::Array> ArrowColumn(const RowGroup& rows, ColumnIndex c,
                                          std::span<const uint32_t> order) {
  if (!rows.Any(c)) {
    const auto type = ArrowType(Columns(rows.table())[c].type);
    // Fails only when there is no memory, which ends the program elsewhere as well.
    return arrow::MakeArrayOfNull(type, static_cast<int64_t>(rows.rows())).ValueOrDie();
  }
  return ColumnMaker(rows, c, order).Make();
}

}  // namespace ntsp::archive
