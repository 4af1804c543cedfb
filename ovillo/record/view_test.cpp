#include "ovillo/record/view.hpp"

#include <string_view>

#include <gtest/gtest.h>

namespace ovillo {
namespace {

Source source_in(CompartmentId compartment) {
  Source source;
  source.id = 7;
  source.authorisation = 70;
  source.compartment = compartment;
  source.handling = 1;
  return source;
}

View view_of(std::vector<CompartmentId> compartments) {
  View view;
  view.compartments = std::move(compartments);
  return view;
}

TEST(View, SeesNothingUnlessTold) { EXPECT_FALSE(View{}.admits(source_in(1))); }

TEST(View, SeesItsCompartmentsOnly) {
  const View view = view_of({1, 3});
  EXPECT_TRUE(view.admits(source_in(1)));
  EXPECT_FALSE(view.admits(source_in(2)));
  EXPECT_TRUE(view.admits(source_in(3)));
}

TEST(View, LeavesOutWhatIsExcised) {
  View without_source = view_of({1});
  without_source.excluded_sources = {6, 7};
  EXPECT_FALSE(without_source.admits(source_in(1)));
  View without_authorisation = view_of({1});
  without_authorisation.excluded_authorisations = {70};
  EXPECT_FALSE(without_authorisation.admits(source_in(1)));
  View other = view_of({1});
  other.excluded_sources = {8};
  other.excluded_authorisations = {71};
  EXPECT_TRUE(other.admits(source_in(1)));
}

TEST(View, LeavesOutHandlingCodesAboveItsOwn) {
  View view = view_of({1});
  view.max_handling = 1;
  EXPECT_TRUE(view.admits(source_in(1)));
  view.max_handling = 0;
  EXPECT_FALSE(view.admits(source_in(1)));
}

TEST(View, OpensPrivilegedSourcesOnlyWhenPrivileged) {
  Source sealed = source_in(1);
  sealed.privileged = true;
  View view = view_of({1});
  EXPECT_FALSE(view.admits(sealed));
  view.privileged = true;
  EXPECT_TRUE(view.admits(sealed));
  EXPECT_FALSE(view_of({2}).admits(sealed)) << "privilege opens no other compartment";
}

}  // namespace
}  // namespace ovillo
