#include "policygraph/base/timezone.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <optional>

#include "policygraph/base/error.hpp"

namespace policygraph {
namespace {

bool has_tzdata() { return std::filesystem::exists("/usr/share/zoneinfo/Europe/Stockholm"); }

ErrorCode code_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::closed;
}

LocalDateTime local(std::int64_t seconds) { return local_from_seconds(seconds, 0); }

struct Expected {
  const char* zone;
  std::int64_t seconds;
  int offset;
};

// Offsets of another implementation over the same tzdata (Python's zoneinfo): random times, both sides of changes, the
// years of the footer's rule; times before 1970 for the zones whose history every build of tzdata carries.
const Expected kInstants[] = {
#include "timezone_instants.inc"
};
const Expected kLocals[] = {
#include "timezone_locals.inc"
};

class SystemZones : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!has_tzdata()) GTEST_SKIP() << "no tzdata on this machine";
  }
  const TimeZone& zone(const std::string& name) {
    auto found = zones_.find(name);
    if (found == zones_.end()) found = zones_.emplace(name, TimeZone::load(name)).first;
    return found->second;
  }

 private:
  std::map<std::string, TimeZone> zones_;
};

TEST_F(SystemZones, AgreeWithAnotherImplementationOnInstants) {
  for (const auto& e : kInstants) EXPECT_EQ(zone(e.zone).offset_at(e.seconds), e.offset) << e.zone << ' ' << e.seconds;
}

TEST_F(SystemZones, AgreeWithAnotherImplementationOnLocalTimes) {
  for (const auto& e : kLocals)
    EXPECT_EQ(zone(e.zone).offset_of_local(local(e.seconds)), e.offset) << e.zone << ' ' << e.seconds;
}

TEST_F(SystemZones, HaveLocalMeanTimeBeforeTheFirstChange) {
  const LocalDateTime old = parse_local_date_time("1818-07-21T21:40");
  EXPECT_EQ(zone("America/New_York").offset_of_local(old), -(4 * 3600 + 56 * 60 + 2));
  EXPECT_EQ(zone("Asia/Tashkent").offset_of_local(old), 4 * 3600 + 37 * 60 + 11);
  EXPECT_EQ(zone("Asia/Tashkent").offset_at(INT64_MIN), 4 * 3600 + 37 * 60 + 11);
}

// Java's answers, over tzdata as the tz project builds it; Debian's own files say other things of these years.
TEST_F(SystemZones, ShareTheHistoryOfTheZoneTheyAreMergedInto) {
  if (!std::filesystem::exists("/usr/share/zoneinfo/zone1970.tab")) GTEST_SKIP() << "no zone1970.tab on this machine";
  EXPECT_EQ(to_string(in_zone(parse_local_date_time("1818-07-21T21:40"), zone("Europe/Stockholm"))),
            "1818-07-21T21:40+00:53:28[Europe/Stockholm]");
  const struct {
    const char* name;
    std::int64_t at;
    std::int32_t offset;
  } known[] = {{"Europe/Amsterdam", -5'000'000'000, 1050}, {"Europe/Oslo", -900'000'000, 7200},
               {"Atlantic/Reykjavik", -5'000'000'000, -968}, {"Asia/Kuwait", -5'000'000'000, 11212},
               {"America/Nassau", -5'000'000'000, -19052},   {"Africa/Addis_Ababa", -2'000'000'000, 8836}};
  for (const auto& k : known) EXPECT_EQ(zone(k.name).offset_at(k.at), k.offset) << k.name;
  EXPECT_EQ(zone("Europe/Berlin").offset_at(-5'000'000'000), 3208);
}

TEST_F(SystemZones, FollowTheRuleForEver) {
  EXPECT_EQ(zone("Europe/Stockholm").offset_of_local(parse_local_date_time("2041-07-01")), 7200);
  EXPECT_EQ(zone("Europe/Stockholm").offset_of_local(parse_local_date_time("2041-12-01")), 3600);
  EXPECT_EQ(zone("America/New_York").offset_of_local(parse_local_date_time("+12041-07-01")), -14400);
  EXPECT_EQ(zone("Asia/Tashkent").offset_at(INT64_MAX), 18000);
  const std::int32_t far = zone("America/New_York").offset_at(INT64_MAX);
  EXPECT_TRUE(far == -18000 || far == -14400);
}

TEST_F(SystemZones, MoveOnOverAGap) {
  const TimeZone stockholm = zone("Europe/Stockholm");
  EXPECT_EQ(to_string(in_zone(parse_local_date_time("2017-03-26T02:30:00.5"), stockholm)),
            "2017-03-26T03:30:00.5+02:00[Europe/Stockholm]");
  EXPECT_EQ(to_string(in_zone(parse_local_date_time("2017-10-29T02:30"), stockholm)),
            "2017-10-29T02:30+02:00[Europe/Stockholm]");
  EXPECT_EQ(to_string(at_instant(0, 7, stockholm)), "1970-01-01T01:00:00.000000007+01:00[Europe/Stockholm]");
}

TEST_F(SystemZones, RefuseNamesThatAreNoZones) {
  for (const char* name : {"", "Nowhere/City", "/etc/passwd", "../../../etc/passwd", "Europe/../Asia/Tashkent",
                           "Europe", "Europe/", ".", "Europe//Stockholm", "Europe/./Stockholm", "zone.tab", "tzdata.zi", "Europe/Stock\nholm"})
    EXPECT_EQ(code_of([name] { TimeZone::load(name); }), ErrorCode::not_found) << name;
  EXPECT_EQ(code_of([] { TimeZone::load(std::string(100000, 'a')); }), ErrorCode::not_found);
  EXPECT_EQ(code_of([] { TimeZone::load(std::string_view("UTC\0x", 5)); }), ErrorCode::not_found);
  EXPECT_EQ(TimeZone::load("UTC").name(), "UTC");
  EXPECT_EQ(TimeZone::load("UTC").offset_at(0), 0);
}

// Files of our own, for all that real ones do not show.
struct File {
  char version = '2';
  std::vector<std::pair<std::int64_t, int>> changes{};
  std::vector<std::int32_t> types{};
  std::string footer = "\n\n";
  std::uint32_t leaps = 0;

  static void put(std::string& out, std::uint64_t value, int count) {
    for (int i = count; i-- > 0;) out += static_cast<char>(value >> (8 * i));
  }
  std::string block(int time_size) const {
    std::string out = "TZif";
    out += version;
    out.append(15, '\0');
    for (const std::size_t count :
         {std::size_t{0}, std::size_t{0}, std::size_t{leaps}, changes.size(), types.size(), std::size_t{4}})
      put(out, count, 4);
    for (const auto& change : changes) put(out, static_cast<std::uint64_t>(change.first), time_size);
    for (const auto& change : changes) out += static_cast<char>(change.second);
    for (const std::int32_t type : types) {
      put(out, static_cast<std::uint32_t>(type), 4);
      out.append(2, '\0');
    }
    out += std::string("LMT\0", 4);
    out.append(leaps * static_cast<std::size_t>(time_size + 4), '\0');
    return out;
  }
  std::string bytes() const {
    if (version == '\0') return block(4);
    File empty;
    empty.version = version;
    empty.types = {0};
    return empty.block(4) + block(8) + footer;
  }
};

// A folder of zones of our own, while it lives the one that is looked into first.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("policygraph-zones-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_ / "Test");
    setenv("TZDIR", path_.c_str(), 1);
  }
  ~Folder() {
    unsetenv("TZDIR");
    std::filesystem::remove_all(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }

 private:
  std::filesystem::path path_;
};

TEST(ZoneTables, MergeOnlyWhatAgreesSince1970) {
  const Folder folder;
  const File main{.changes = {{-900, 1}, {900, 0}}, .types = {3600, 7200}};
  folder.write("Test/Main", main.bytes());
  folder.write("Test/Same", File{.changes = {{-5000, 1}, {-7, 2}, {900, 0}}, .types = {3600, 1234, 7200}}.bytes());
  folder.write("Test/Other", File{.changes = {{-900, 1}, {901, 0}}, .types = {3600, 7200}}.bytes());
  folder.write("Test/Ruled", File{.changes = {{-900, 1}, {900, 0}}, .types = {3600, 7200}, .footer = "\nXXX-1\n"}.bytes());
  folder.write("Test/Alone", File{.types = {60}}.bytes());
  EXPECT_EQ(TimeZone::load("Test/Same").offset_at(-1000), 1234);  // no tables: the file as it is
  folder.write("zone.tab", "# names\nAA\t+0\tTest/Main\nBB\t+0\tTest/Same\nBB\t+0\tTest/Other\nBB\t+0\tTest/Ruled\nCC\t+0\tTest/Alone\nCC");
  folder.write("zone1970.tab", "BB\t+0\t../Test/Main\nBB\t+0\tTest/Gone\nAA,BB\t+0\tTest/Main\tall of it\nBB\n");
  EXPECT_EQ(TimeZone::load("Test/Same").offset_at(-1000), 3600);
  EXPECT_EQ(TimeZone::load("Test/Same").offset_at(-800), 7200);
  EXPECT_EQ(TimeZone::load("Test/Same").name(), "Test/Same");
  EXPECT_EQ(TimeZone::load("Test/Other").offset_at(900), 7200);
  EXPECT_EQ(TimeZone::load("Test/Ruled").offset_at(-1000), 3600);
  EXPECT_EQ(TimeZone::load("Test/Alone").offset_at(0), 60);
}

TimeZone read(const File& file) { return TimeZone::from_tzif("Test/Zone", file.bytes()); }

TEST(TzifFile, GivesTheFirstTypeBeforeAllChanges) {
  const File file{.changes = {{-3'000'000'000, 1}, {100, 2}}, .types = {3208, 3600, -7200}};
  const TimeZone zone = read(file);
  EXPECT_EQ(zone.name(), "Test/Zone");
  EXPECT_EQ(zone.offset_at(-3'000'000'001), 3208);
  EXPECT_EQ(zone.offset_at(-3'000'000'000), 3600);
  EXPECT_EQ(zone.offset_at(99), 3600);
  EXPECT_EQ(zone.offset_at(100), -7200);
  EXPECT_EQ(zone.offset_at(INT64_MAX), -7200);
}

TEST(TzifFile, ReadsTheFirstVersion) {
  const TimeZone zone = read({.version = '\0', .changes = {{-5, 1}}, .types = {1, 2}});
  EXPECT_EQ(zone.offset_at(-6), 1);
  EXPECT_EQ(zone.offset_at(-5), 2);
}

TEST(TzifFile, FollowsTheFooterAfterTheLastChange) {
  const TimeZone zone =
      read({.version = '3', .changes = {{0, 0}}, .types = {3600}, .footer = "\nCET-1CEST,M3.5.0,M10.5.0/3\n"});
  EXPECT_EQ(zone.offset_at(-1), 3600);
  EXPECT_EQ(zone.offset_at(1719792000), 7200);  // 2024-07-01
  EXPECT_EQ(zone.offset_at(1711846799), 3600);  // 2024-03-31T00:59:59Z
  EXPECT_EQ(zone.offset_at(1711846800), 7200);
  const TimeZone only_rule = read({.types = {0}, .footer = "\n<+05>-5\n"});
  EXPECT_EQ(only_rule.offset_at(-1'000'000), 18000);
}

TEST(TzifFile, AnswersLocalTimesInGapsAndOverlaps) {
  const TimeZone zone = read({.changes = {{100'000, 1}, {200'000, 0}}, .types = {0, 3600}});
  EXPECT_EQ(zone.offset_of_local(local(99'999)), 0);
  EXPECT_EQ(zone.offset_of_local(local(100'000)), 0);  // in the gap
  EXPECT_EQ(zone.offset_of_local(local(103'599)), 0);
  EXPECT_EQ(zone.offset_of_local(local(103'600)), 3600);
  EXPECT_EQ(zone.offset_of_local(local(199'999)), 3600);
  EXPECT_EQ(zone.offset_of_local(local(200'000)), 3600);  // in the overlap
  EXPECT_EQ(zone.offset_of_local(local(203'599)), 3600);
  EXPECT_EQ(zone.offset_of_local(local(203'600)), 0);
}

// The slow twin: every offset of the file is tried for the earliest instant that shows this local time.
TEST(TzifFile, AgreesWithTryingEveryOffset) {
  const File file{.changes = {{0, 1}, {5000, 2}, {9000, 0}, {40'000, 3}, {150'000, 1}},
                  .types = {0, 7200, -3600, 39600}};
  const TimeZone zone = read(file);
  for (std::int64_t seconds = -100'000; seconds < 300'000; seconds += 500) {
    std::optional<std::int32_t> wanted;
    for (const std::int32_t offset : file.types)
      if (zone.offset_at(seconds - offset) == offset && (!wanted || offset > *wanted)) wanted = offset;
    if (!wanted) continue;  // in a gap
    EXPECT_EQ(zone.offset_of_local(local(seconds)), *wanted) << seconds;
  }
}

TEST(TzifFile, RefusesEveryCut) {
  const std::string bytes =
      File{.changes = {{0, 1}}, .types = {0, 3600}, .footer = "\nCET-1CEST,M3.5.0,M10.5.0/3\n"}.bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_EQ(code_of([&] { TimeZone::from_tzif("cut", bytes.substr(0, size)); }), ErrorCode::format) << size;
  EXPECT_EQ(TimeZone::from_tzif("whole", bytes).offset_at(0), 3600);
}

TEST(TzifFile, RefusesDamage) {
  const File files[] = {{.changes = {{0, 2}}, .types = {0, 3600}},
                        {.changes = {{5, 0}, {5, 0}}, .types = {0}},
                        {.types = {}},
                        {.types = {26 * 3600 + 1}},
                        {.types = {0}, .footer = ""},
                        {.types = {0}, .footer = "\nCET\n"},
                        {.types = {0}, .footer = "\nCET-1CEST\n"},
                        {.types = {0}, .footer = "\nCET-1CEST,M13.5.0,M10.5.0\n"},
                        {.types = {0}, .leaps = 1}};
  for (const File& file : files) EXPECT_EQ(code_of([&] { read(file); }), ErrorCode::format) << file.footer;
  std::string huge = File{.types = {0}}.bytes();
  for (std::size_t at = 20; at < 44; ++at) {
    std::string bytes = huge;
    bytes[at] = '\xff';
    if (at / 4 == 6) continue;  // the marks may be long only if the bytes are there, as all others
    EXPECT_EQ(code_of([&] { TimeZone::from_tzif("huge", bytes); }), ErrorCode::format) << at;
  }
}

}  // namespace
}  // namespace policygraph
