#include <gtest/gtest.h>

#include "graph/player.hpp"
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"
#include "store/access.hpp"
#include "store/file_journal.hpp"
#include "store/folder.hpp"

namespace policygraph::testing {
namespace {

// Random histories as the graph's own tests play them, on a file: every state equals its twin, and at the end what is
// read from the file equals what was written.
TEST(FileHistories, ReadBackAsTheyWere) {
  Folder folder;
  std::size_t states = 0;
  for (std::uint32_t seed = 0; seed < 60 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto path = folder / (std::to_string(seed) + ".pgraph");
    auto journal = std::make_shared<detail::store::FileJournal>(path, detail::store::create(path, Schema::open()));
    Player player(seed, Schema::open(), journal);
    player.play(6);
    states += player.states();
    const auto report = check_file(path);
    EXPECT_TRUE(report.is_sound()) << report.problems.front().text;
    journal->close();
  }
  EXPECT_GT(states, 200U);
}

}  // namespace
}  // namespace policygraph::testing
