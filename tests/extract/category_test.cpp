#include "extract/category.hpp"

#include <gtest/gtest.h>

namespace policygraph {
namespace {

using detail::extract::CategoryName;
using detail::extract::CategoryNumbers;

TEST(CategoryName, IsTheHashOfItsLetters) {
  EXPECT_EQ(CategoryName("countries").hash(), CategoryName::hash_of(std::string("coun") + "tries"));
  EXPECT_NE(CategoryName("countries").hash(), CategoryName("country").hash());
}

TEST(CategoryNumbers, GivesTheNumbersOfAllThatWereAdded) {
  CategoryNumbers numbers;
  EXPECT_EQ(numbers.find("countries"), CategoryNumbers::kNone);
  for (std::uint32_t i = 0; i < 500; ++i) numbers.add("c" + std::to_string(i), i);
  EXPECT_EQ(numbers.size(), 500U);
  EXPECT_EQ(numbers.find("c0"), 0U);
  EXPECT_EQ(numbers.find("c63"), 63U);
  EXPECT_EQ(numbers.find("c499"), 499U);
  EXPECT_EQ(numbers.find("c500"), CategoryNumbers::kNone);
}

TEST(CategoryNumbers, RefusesWhatRulesCouldNotTellApart) {
  CategoryNumbers numbers;
  numbers.add("countries", 0);
  EXPECT_THROW(numbers.add("countries", 1), Error);
}

}  // namespace
}  // namespace policygraph
