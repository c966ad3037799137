#include "policygraph/exchange/arrow.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <utility>

namespace policygraph {
namespace {

Rows rows_of(std::string_view text, const Parameters& parameters = {}) { return query(open_in_memory(Schema::open()).snapshot(), text, parameters); }

std::vector<ValueColumn> there_and_back(const Rows& rows, const ColumnOptions& options = {}) {
  ArrowArrayStream stream;
  export_stream(Columns(rows, options), &stream);
  auto out = read_stream(&stream);
  EXPECT_EQ(stream.release, nullptr);
  return out;
}

/// Every value of the answer comes back from its columns.
void expect_the_same(std::string_view text) {
  const auto rows = rows_of(text);
  const auto back = there_and_back(rows);
  ASSERT_EQ(back.size(), rows.columns().size());
  for (std::size_t k = 0; k < back.size(); ++k) {
    ASSERT_EQ(back[k].values.size(), rows.size());
    EXPECT_EQ(back[k].name, rows.columns()[k]);
    for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(back[k].values[i], rows[i][k]) << text << ", row " << i;
  }
}

TEST(Arrow, CarriesPlainValues) {
  expect_the_same("UNWIND [1, null, -9223372036854775807] AS i RETURN i, toFloat(i) AS f, i > 0 AS b, toString(i) AS s");
  expect_the_same("UNWIND ['1.25', '-99999999999999999999999999999999999999e-2', '0.00'] AS d RETURN decimal(d) AS d");
  expect_the_same("UNWIND ['', 'o‘zbek', 'Ўзбек 😀'] AS s RETURN s");
}

TEST(Arrow, CarriesDatesAndTimes) {
  expect_the_same("UNWIND ['2024-05-06', '-0044-03-15', '1969-12-31'] AS d RETURN date(d) AS d");
  expect_the_same("UNWIND ['10:11:12.123456', '00:00'] AS t RETURN localtime(t) AS t");
  expect_the_same("UNWIND ['1969-12-31T23:59:59.999999999', '2024-05-06T10:11'] AS t RETURN localdatetime(t) AS t");
  expect_the_same("UNWIND ['1924-12-31T23:59:59.5[Asia/Tashkent]', '2024-05-06T10:11[Asia/Tashkent]'] AS t RETURN datetime(t) AS t");
  expect_the_same("UNWIND ['PT-1.5S', 'PT3H'] AS d RETURN duration(d) AS d");
}

TEST(Arrow, CarriesListsAndMaps) {
  expect_the_same("UNWIND [[1, null], [], null, [2]] AS l RETURN l, [l, l] AS ll, [x IN l | {a: 1, b: [x]}] AS m");
  expect_the_same("UNWIND range(0, 200) AS i RETURN [j IN range(0, i % 7) | CASE j % 3 WHEN 0 THEN null ELSE toString(j * i) END] AS l");
}

TEST(Arrow, OffsetsBecomeUtc) {
  const auto back = there_and_back(rows_of("UNWIND ['2024-05-06T10:11+05:00', '2024-05-06T10:11Z'] AS t RETURN datetime(t) AS t"));
  EXPECT_EQ(back[0].values[0].to_string(), "datetime('2024-05-06T05:11Z')");
  EXPECT_EQ(back[0].values[1].to_string(), "datetime('2024-05-06T10:11Z')");
}

TEST(Arrow, CarriesManyBatches) {
  const auto rows = rows_of("UNWIND range(1, 200000) AS i RETURN i, CASE i % 5 WHEN 0 THEN null ELSE 'n' + toString(i) END AS s");
  const Columns columns(rows);
  EXPECT_LT(columns.batch_size(), rows.size());
  const auto back = there_and_back(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ASSERT_EQ(back[0].values[i], rows[i][0]);
    ASSERT_EQ(back[1].values[i], rows[i][1]);
  }
}

TEST(Arrow, BatchesOutliveTheirStream) {
  ArrowArrayStream stream;
  export_stream(Columns(rows_of("UNWIND [1, 2] AS i RETURN i, [i] AS l")), &stream);
  ArrowArray batch, end;
  ASSERT_EQ(stream.get_next(&stream, &batch), 0);
  ASSERT_EQ(stream.get_next(&stream, &end), 0);
  EXPECT_EQ(end.release, nullptr);
  EXPECT_EQ(stream.get_last_error(&stream), nullptr);
  stream.release(&stream);
  // A consumer may take a child over and release the rest.
  ArrowArray child = *batch.children[0];
  batch.children[0]->release = nullptr;
  batch.release(&batch);
  EXPECT_EQ(batch.release, nullptr);
  EXPECT_EQ(static_cast<const std::int64_t*>(child.buffers[1])[1], 2);
  child.release(&child);
}

TEST(Arrow, SchemasSayTheTypes) {
  ArrowSchema schema;
  export_schema(Columns(rows_of("RETURN 1 AS i, decimal('1.50') AS d, [date('2024-05-06')] AS l, datetime('2024-05-06T00:00[Asia/Tashkent]') AS t")), &schema);
  EXPECT_STREQ(schema.format, "+s");
  ASSERT_EQ(schema.n_children, 4);
  EXPECT_STREQ(schema.children[0]->format, "l");
  EXPECT_STREQ(schema.children[0]->name, "i");
  EXPECT_EQ(schema.children[0]->flags, ARROW_FLAG_NULLABLE);
  EXPECT_STREQ(schema.children[1]->format, "d:38,2");
  EXPECT_STREQ(schema.children[2]->children[0]->format, "tdD");
  EXPECT_STREQ(schema.children[3]->format, "tsu:Asia/Tashkent");
  schema.release(&schema);
  EXPECT_EQ(schema.release, nullptr);
}

/// A stream of one array of our own making, as another library may hand it over; `released` counts.
struct OneArray {
  std::string format;
  std::vector<const void*> buffers;
  std::int64_t length = 0, nulls = 0, offset = 0;
  const char* trouble = nullptr;
  int released = 0;
  bool is_done = false;

  ArrowArrayStream stream() {
    return {[](ArrowArrayStream* self, ArrowSchema* out) {
              auto& own = *static_cast<OneArray*>(self->private_data);
              *out = {own.format.c_str(), "x", nullptr, 0, 0, nullptr, nullptr, [](ArrowSchema* schema) { schema->release = nullptr; }, nullptr};
              return 0;
            },
            [](ArrowArrayStream* self, ArrowArray* out) {
              auto& own = *static_cast<OneArray*>(self->private_data);
              *out = {};
              if (own.trouble != nullptr) return 5;
              if (std::exchange(own.is_done, true)) return 0;
              *out = {own.length, own.nulls, own.offset, static_cast<std::int64_t>(own.buffers.size()), 0, own.buffers.data(), nullptr, nullptr,
                      [](ArrowArray* array) {
                        ++static_cast<OneArray*>(array->private_data)->released;
                        array->release = nullptr;
                      },
                      &own};
              return 0;
            },
            [](ArrowArrayStream* self) { return static_cast<OneArray*>(self->private_data)->trouble; },
            [](ArrowArrayStream* self) {
              ++static_cast<OneArray*>(self->private_data)->released;
              self->release = nullptr;
            },
            this};
  }
  std::string read() {
    auto handed = stream();
    std::string out;
    try {
      const auto columns = read_stream(&handed);
      for (const auto& value : columns[0].values) out += value.to_string() + " ";
    } catch (const Error& error) {
      out = error.text();
    }
    EXPECT_EQ(handed.release, nullptr);
    return out;
  }
};

TEST(Arrow, ReadsWhatOthersWrite) {
  const std::array<std::uint8_t, 3> small{1, 255, 3};
  const std::uint8_t valid = 0b110;
  EXPECT_EQ((OneArray{"C", {nullptr, small.data()}, 3}.read()), "1 255 3 ");
  EXPECT_EQ((OneArray{"c", {&valid, small.data()}, 2, -1, 1}.read()), "-1 3 ");
  EXPECT_EQ((OneArray{"c", {&valid, small.data()}, 3, 1}.read()), "null -1 3 ");
  EXPECT_EQ((OneArray{"b", {nullptr, &valid}, 3}.read()), "false true true ");
  const std::array<float, 2> floats{0.5F, -2.0F};
  EXPECT_EQ((OneArray{"f", {nullptr, floats.data()}, 2}.read()), "0.5 -2.0 ");
  const std::array<std::int64_t, 2> moments{-1, 1'715'000'000'123};
  EXPECT_EQ((OneArray{"tsm:", {nullptr, moments.data()}, 2}.read()), "localdatetime('1969-12-31T23:59:59.999') localdatetime('2024-05-06T12:53:20.123') ");
  EXPECT_EQ((OneArray{"tsm:+05:00", {nullptr, moments.data()}, 1}.read()), "datetime('1970-01-01T04:59:59.999+05:00') ");
  EXPECT_EQ((OneArray{"tdm", {nullptr, moments.data()}, 2}.read()), "date('1969-12-31') date('2024-05-06') ");
  EXPECT_EQ((OneArray{"d:9,2,64", {nullptr, moments.data()}, 1}.read()), "decimal('-0.01') ");
  const std::array<std::int32_t, 4> interval{1, 2, 1'000, 0};
  EXPECT_EQ((OneArray{"tin", {nullptr, interval.data()}, 1}.read()), "duration('P1M2DT0.000001S') ");
}

TEST(Arrow, ReadsTextInViews) {
  const std::string data = "a text longer than twelve bytes";
  std::array<std::int32_t, 8> views{2, 0, 0, 0, static_cast<std::int32_t>(data.size()), 0, 0, 0};
  std::memcpy(&views[1], "hi", 2);
  std::memcpy(&views[5], data.data(), 4);
  const std::int64_t size = static_cast<std::int64_t>(data.size());
  EXPECT_EQ((OneArray{"vu", {nullptr, views.data(), data.data(), &size}, 2}.read()), "'hi' '" + data + "' ");
}

TEST(Arrow, RefusesWhatNoValueIs) {
  const std::uint64_t large = ~std::uint64_t{0};
  EXPECT_EQ((OneArray{"L", {nullptr, &large}, 1}.read()), "column 'x' holds what no value can: an integer past 63 bits; make it a decimal");
  EXPECT_EQ((OneArray{"z", {nullptr, &large, nullptr}, 1}.read()), "column 'x' has the Arrow type 'z', which no value has; cast it, or leave the column out");
  EXPECT_EQ((OneArray{"d:76,2,256", {nullptr, &large}, 1}.read()).substr(0, 36), "column 'x' has the Arrow type 'd:76,");
  EXPECT_EQ((OneArray{"l", {nullptr}, 1}.read()), "column 'x' has an array that does not fit its type 'l'");
  const std::array<std::int32_t, 2> ends{0, 1};
  EXPECT_EQ((OneArray{"u", {nullptr, ends.data(), "\xFF"}, 1}.read()), "column 'x' has text that is not UTF-8");
  const std::int64_t never = 1;
  EXPECT_NE((OneArray{"tsu:Mars/Base", {nullptr, &never}, 1}.read()).find("Mars/Base"), std::string::npos);
}

TEST(Arrow, ReadsAnArrayThatIsATable) {
  ArrowArrayStream stream;
  export_stream(Columns(rows_of("UNWIND [1, 2] AS i RETURN i, toString(i) AS s")), &stream);
  ArrowSchema schema;
  ArrowArray array;
  ASSERT_EQ(stream.get_schema(&stream, &schema), 0);
  ASSERT_EQ(stream.get_next(&stream, &array), 0);
  stream.release(&stream);
  const auto table = read_array(&schema, &array);
  EXPECT_EQ(array.release, nullptr);
  ASSERT_EQ(table.size(), 2U);
  EXPECT_EQ(table[1].name, "s");
  EXPECT_EQ(table[1].values, (std::vector<Value>{"1", "2"}));
}

TEST(Arrow, SaysWhatTheStreamSaid) {
  OneArray broken{"l", {}, 1};
  broken.trouble = "the disk is gone";
  EXPECT_EQ(broken.read(), "the Arrow stream failed: the disk is gone");
  EXPECT_EQ(broken.released, 1);
  OneArray whole{"n", {}, 2};
  EXPECT_EQ(whole.read(), "null null ");
  EXPECT_EQ(whole.released, 2);
}

}  // namespace
}  // namespace policygraph
