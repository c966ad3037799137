#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "policygraph/base/error.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph {
namespace {

namespace fs = std::filesystem;

class SchemaFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("policygraph_schema_" + std::to_string(getpid()));
    fs::create_directories(folder_ / "relations");
    std::ofstream(folder_ / "Permit.json") << R"({"label": "Permit", "parent": "LegalAct"})";
    std::ofstream(folder_ / "relations" / "PERMITS.json")
        << R"({"relation": "PERMITS", "ends": [{"from": ["Permit"], "to": ["Organization"]}]})";
    std::ofstream(folder_ / "README.txt") << "no schema";
  }
  void TearDown() override { fs::remove_all(folder_); }

  ErrorCode refusal(const fs::path& path) const {
    try {
      read_schema_files(path.string());
    } catch (const Error& error) {
      EXPECT_NE(error.text().find(path.string()), std::string::npos) << error.text();
      return error.code();
    }
    ADD_FAILURE() << "nothing was refused";
    return ErrorCode::invalid_argument;
  }

  fs::path folder_;
};

TEST_F(SchemaFiles, AreOneFileOrAllOfAFolder) {
  EXPECT_EQ(read_schema_files((folder_ / "Permit.json").string()).size(), 1U);
  const auto all = read_schema_files(folder_.string());
  ASSERT_EQ(all.size(), 2U);
  const auto schema = Schema::policy().extended(all);
  EXPECT_NE(schema.label("Permit"), nullptr);
  EXPECT_NE(schema.relation("PERMITS"), nullptr);
}

TEST_F(SchemaFiles, NameTheFileThatIsNotThere) {
  EXPECT_EQ(refusal(folder_ / "Permits.json"), ErrorCode::not_found);
  fs::create_directory(folder_ / "empty");
  EXPECT_EQ(refusal(folder_ / "empty"), ErrorCode::not_found);
  EXPECT_EQ(refusal("/dev/null"), ErrorCode::io);
}

TEST_F(SchemaFiles, BearNoHugeFile) {
  std::ofstream(folder_ / "huge.json") << std::string((std::size_t{16} << 20) + 1, ' ');
  EXPECT_EQ(refusal(folder_ / "huge.json"), ErrorCode::limit);
}

}  // namespace
}  // namespace policygraph
