// The clocks of a query, and temporal values over a graph.
#include <gtest/gtest.h>

#include <chrono>

#include "policygraph/query/query.hpp"

namespace policygraph {
namespace {

using namespace std::chrono_literals;

QueryOptions at(std::chrono::nanoseconds since_epoch) {
  QueryOptions options;
  options.now = std::chrono::sys_time<std::chrono::nanoseconds>(since_epoch);
  return options;
}

std::string answer(std::string_view text, const QueryOptions& options = {}) {
  const auto graph = open_in_memory(Schema::open());
  std::string out;
  for (const auto& row : query(graph.snapshot(), text, {}, options)) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ", ") + row[i].to_string();
  }
  return out;
}

TEST(QueryClock, ShowsTheTimeItWasGiven) {
  const auto options = at(1'700'000'000s + 123'456'789ns);
  EXPECT_EQ(answer("RETURN date(), localtime(), time(), localdatetime(), datetime()", options),
            "date('2023-11-14'), localtime('22:13:20.123456789'), time('22:13:20.123456789Z'), "
            "localdatetime('2023-11-14T22:13:20.123456789'), datetime('2023-11-14T22:13:20.123456789Z')");
  EXPECT_EQ(answer("RETURN timestamp(), datetime.realtime() = datetime.transaction(), datetime.statement() = datetime()", options),
            "1700000000123, true, true");
}

TEST(QueryClock, ShowsZones) {
  const auto options = at(1'700'000'000s);
  EXPECT_EQ(answer("RETURN date.statement('+05:00'), date({timezone: '+05:00'}), time.realtime({timezone: '-01:00'})", options),
            "date('2023-11-15'), date('2023-11-15'), time('21:13:20-01:00')");
  EXPECT_THROW(answer("RETURN localdatetime.transaction('-22:00')", options), QueryError);
}

TEST(QueryClock, GoesBackBeforeTheEpoch) {
  EXPECT_EQ(answer("RETURN datetime(), date.truncate('month')", at(-1ns)), "datetime('1969-12-31T23:59:59.999999999Z'), date('1969-12-01')");
}

TEST(QueryClock, TakesEveryTimeThereIs) {
  EXPECT_EQ(answer("RETURN datetime()", at(std::chrono::nanoseconds::min())), "datetime('1677-09-21T00:12:43.145224192Z')");
  EXPECT_EQ(answer("RETURN datetime()", at(std::chrono::nanoseconds::max())), "datetime('2262-04-11T23:47:16.854775807Z')");
}

// One statement has one time, however many rows it has; the next run of a prepared query has its own.
TEST(QueryClock, IsReadOnceAStatement) {
  EXPECT_EQ(answer("UNWIND range(1, 20000) AS i WITH datetime() AS d RETURN count(DISTINCT d)"), "1");
  const auto graph = open_in_memory(Schema::open());
  const auto prepared = prepare(graph.snapshot(), "RETURN datetime() AS d");
  const auto first = prepared.run()[0]["d"].as_date_time();
  EXPECT_LE(first, prepared.run()[0]["d"].as_date_time());
  EXPECT_EQ(to_string(prepared.run({}, at(0s))[0]["d"].as_date_time()), "1970-01-01T00:00Z");
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  EXPECT_NEAR(static_cast<double>(unix_seconds(first)), static_cast<double>(seconds), 60);
}

TEST(TemporalValues, AreStoredAndFoundAgain) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "CREATE (:T {d: date('2024-05-06'), z: datetime('2024-05-06T10:00+05:00'), p: duration('P1M2DT3S'), l: [localtime('10:00'), localtime('11:00')]})");
  const auto rows = query(graph.snapshot(), "MATCH (t:T) WHERE t.d > date('2024-01-01') RETURN t.d, t.z, t.p, t.l");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0][0].to_string(), "date('2024-05-06')");
  EXPECT_EQ(rows[0][1].to_string(), "datetime('2024-05-06T10:00+05:00')");
  EXPECT_EQ(rows[0][2].to_string(), "duration('P1M2DT3S')");
  EXPECT_EQ(rows[0][3].to_string(), "[localtime('10:00'), localtime('11:00')]");
}

}  // namespace
}  // namespace policygraph
