#include "document/document_date.hpp"

#include <gtest/gtest.h>

namespace policygraph::detail::document {
namespace {

std::string found_in(std::string_view text) {
  const auto found = find_date(text);
  return found ? found->date.to_string() + " " + std::string(text.substr(found->span.start, found->span.size()))
               : "none";
}

TEST(DocumentDate, IsFoundInManyForms) {
  EXPECT_EQ(found_in("on 12.05.2024 at"), "2024-05-12 12.05.2024");
  EXPECT_EQ(found_in("02.03.26"), "2026-03-02 02.03.26");
  EXPECT_EQ(found_in("05/31/2024"), "2024-05-31 05/31/2024");
  EXPECT_EQ(found_in("2024-05-12T10:00"), "2024-05-12 2024-05-12");
  EXPECT_EQ(found_in("12th of May, 2024"), "2024-05-12 12th of May, 2024");
  EXPECT_EQ(found_in("May 12, 2024."), "2024-05-12 May 12, 2024");
  EXPECT_EQ(found_in("«12» мая 2024 года"), "2024-05-12 12» мая 2024");
  EXPECT_EQ(found_in("2024-yil 12-may"), "2024-05-12 2024-yil 12-may");
  EXPECT_EQ(found_in("2020 йил 5 октябрь"), "2020-10-05 2020 йил 5 октябрь");
}

TEST(DocumentDate, IsNotSeenInOtherNumbers) {
  for (const char* text :
       {"", "4.9 million", "31.02.2024", "1.2.3.4", "PQ-178", "may 5 ministers", "2024", "12 parks 2024"})
    EXPECT_EQ(found_in(text), "none") << text;
}

TEST(DocumentDate, OfAnAttributeMayBeCoarse) {
  EXPECT_EQ(date_of_attribute("2024")->to_string(), "2024");
  EXPECT_EQ(date_of_attribute("2024-05")->to_string(), "2024-05");
  EXPECT_EQ(date_of_attribute("2024/5")->to_string(), "2024-05");
  EXPECT_EQ(date_of_attribute(" 2024-05-12T10:00:00Z ")->to_string(), "2024-05-12");
  EXPECT_FALSE(date_of_attribute("soon"));
  EXPECT_FALSE(date_of_attribute(""));
}

}  // namespace
}  // namespace policygraph::detail::document
