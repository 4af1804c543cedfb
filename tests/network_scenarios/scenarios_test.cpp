// The shapes that come up in cases, and what must be made of them. The numbers of the model
// (ovillo/resolve/link_weight.cpp, network::NetworkOptions) were chosen by these.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "case.hpp"
#include "ovillo/base/parallel.hpp"

namespace ovillo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string numbered(const char* what, int i) { return fmt::format("{} {}", what, i); }

/// A case of five: two phones, a text of its own, an e-mail and the account that pays.
void add_five_node_case(Case& c, const std::string& name) {
  for (int i = 0; i < 10; ++i)
    c.advert({phone(fmt::format("phone {}{}", name, i % 2)), email("email " + name),
              payer("account " + name)},
             "text " + name);
}

TEST(Network, HoldsAPayerWithNinePhonesTogether) {
  Case c;
  for (int i = 0; i < 38; ++i)
    c.advert({phone(numbered("phone", i % 9)), payer("payer")}, numbered("text", i % 9));
  c.run();
  EXPECT_THAT(c.networks(), SizeIs(1));
  for (int i = 0; i < 9; ++i) EXPECT_TRUE(c.same("payer", numbered("phone", i)));
}

TEST(Network, HoldsAPayerWithManySinglePhonesTogether) {
  Case c;
  for (int i = 0; i < 60; ++i) c.advert({phone(numbered("phone", i % 30)), payer("payer")});
  EXPECT_THAT(c.run().networks(), SizeIs(1));
}

TEST(Network, LeavesOutAnAgencyFooter) {
  Case c;
  for (int i = 0; i < 900; ++i)
    c.advert({phone(numbered("phone", i % 300)), phone("footer")}, numbered("text", i % 300));
  c.run();
  EXPECT_THAT(c.networks(), SizeIs(300));
  EXPECT_EQ(c.weight("phone 7", "footer"), 0);
  EXPECT_EQ(c.weight("text 7", "footer"), 0);
  EXPECT_GT(c.weight("text 7", "phone 7"), 16);
}

TEST(Network, LeavesOutAFooterOfThirtyHandsToo) {
  Case c;
  for (int i = 0; i < 90; ++i)
    c.advert({phone(numbered("phone", i % 30)), phone("footer")}, numbered("text", i % 30));
  EXPECT_THAT(c.run().networks(), SizeIs(30));
}

TEST(Network, LeavesOutAFooterUnderThirtyPhonesWithoutATextInCommon) {
  Case c;
  for (int i = 0; i < 90; ++i) c.advert({phone(numbered("phone", i % 30)), phone("footer")});
  EXPECT_THAT(c.run().networks(), IsEmpty());
}

TEST(Network, HoldsTwoPhonesTogetherThatShareOnePicture) {
  Case c;
  c.advert({phone("phone a"), picture("picture")}, "", 3);
  c.advert({phone("phone b"), picture("picture")}, "", 3);
  EXPECT_THAT(c.run().networks(), ElementsAre("phone a, phone b, picture"));
}

TEST(Network, LeavesOutAStockPictureOfThirtyHands) {
  Case c;
  for (int i = 0; i < 90; ++i)
    c.advert({phone(numbered("phone", i % 30)), picture("logo")}, numbered("text", i % 30));
  EXPECT_THAT(c.run().networks(), SizeIs(30));
  EXPECT_EQ(c.weight("phone 7", "logo"), 0);
}

TEST(Network, TakesAPictureForLessThanAPhone) {
  Case c;
  for (const char* name : {"a", "b", "c"})
    c.advert({phone(fmt::format("phone {}", name)), email(fmt::format("email {}", name)),
              picture("picture"), phone("contact")},
             "", 2);
  c.run();
  EXPECT_GT(c.weight("phone a", "picture"), 0);
  EXPECT_LT(c.weight("phone a", "picture"), c.weight("phone a", "contact"));
}

TEST(Network, LetsManyPicturesWeakenNothingElse) {
  Case without;
  without.advert({phone("phone"), email("email")}, "text", 4);
  Case with;
  std::vector<Value> values = {phone("phone"), email("email")};
  for (int i = 0; i < 80; ++i) values.push_back(picture(numbered("picture", i)));
  with.advert(values, "text", 4);
  EXPECT_EQ(with.run().weight("phone", "email"), without.run().weight("phone", "email"));
  EXPECT_GT(with.weight("phone", "email"), 0);
}

TEST(Network, SaysNothingOfAPictureThatOneRecordHolds) {
  Case c;
  c.advert({phone("phone"), picture("own picture")});
  c.advert({phone("phone"), picture("shared picture")}, "", 2);
  c.run();
  EXPECT_THROW((void)c.entity("own picture"), std::out_of_range);
  EXPECT_NO_THROW((void)c.entity("shared picture"));
}

TEST(Network, LetsAPictureStandByItsLikeness) {
  Case c;
  for (int i = 0; i < 2; ++i)
    c.advert({phone(numbered("phone", i)),
              {FindKind::photo, Role::subject, "file"},
              picture("likeness"),
              {FindKind::photo, Role::subject, "flat file"}});
  c.run();
  EXPECT_THROW((void)c.entity("file"), std::out_of_range);
  EXPECT_NO_THROW((void)c.entity("likeness"));
  EXPECT_NO_THROW((void)c.entity("flat file"));
}

TEST(Network, DoesNotWeldTwoCasesThroughTheirLandlord) {
  Case c;
  add_five_node_case(c, "a");
  add_five_node_case(c, "b");
  c.transfer("account a", "landlord", 10).transfer("account b", "landlord", 10);
  c.run();
  EXPECT_THAT(c.networks(), ElementsAre("account a, email a, phone a0, phone a1, text a",
                                        "account b, email b, phone b0, phone b1, text b"));
  EXPECT_GT(c.weight("account a", "landlord"), 0);  // seen and shown, not a ground for joining
}

TEST(Network, DoesNotWeldTwoPeopleWhoRentFromTheSameLandlord) {
  Case c;
  c.advert({phone("phone a"), payer("account a")}, "", 3);
  c.advert({phone("phone b"), payer("account b")}, "", 3);
  c.transfer("account a", "landlord", 12).transfer("account b", "landlord", 12);
  EXPECT_FALSE(c.run().same("phone a", "phone b"));
}

TEST(Network, DoesNotWeldTwoCasesThroughAStockSentence) {
  Case c;
  for (const std::string name : {"a", "b"}) {
    add_five_node_case(c, name);
    for (int i = 0; i < 2; ++i)
      c.advert({phone(fmt::format("phone {}{}", name, i)), email("email " + name),
                payer("account " + name)},
               "stock text");
  }
  c.run();
  EXPECT_FALSE(c.same("account a", "account b"));
  EXPECT_TRUE(c.same("account a", "phone a0"));
}

TEST(Network, DoesNotLinkTwoWhoShareAFlatButNoNumber) {
  Case c;
  for (const std::string name : {"a", "b"})
    c.advert({phone("phone " + name),
              {FindKind::place, Role::mentioned, "BE/Gent"},
              {FindKind::name, Role::mentioned, "Camila"},
              {FindKind::price, Role::mentioned, "150"}},
             "text " + name, 4);
  c.run();
  EXPECT_THAT(c.networks(), ElementsAre("phone a, text a", "phone b, text b"));
  EXPECT_THAT(c.links.a, SizeIs(2));
}

TEST(Network, DoesNotWeldTwoWhoOnceAdvertisedTogether) {
  Case c;
  for (const std::string name : {"a", "b"}) c.advert({phone("phone " + name)}, "text " + name, 9);
  c.advert({phone("phone a"), phone("phone b")});
  EXPECT_FALSE(c.run().same("phone a", "phone b"));
}

TEST(Network, DoesNotWeldTwoCasesThroughACourierWithTwoTransfers) {
  Case c;
  add_five_node_case(c, "a");
  add_five_node_case(c, "b");
  c.transfer("account a", "courier").transfer("account b", "courier");
  c.run();
  EXPECT_FALSE(c.same("account a", "account b"));
  EXPECT_THAT(c.networks(), SizeIs(2));
}

TEST(Network, FollowsARingOfSharedPhones) {
  Case c;
  constexpr int kRing = 12;
  for (int i = 0; i < kRing; ++i)
    c.advert({phone(numbered("phone", i)), phone(numbered("phone", (i + 1) % kRing))}, "", 3);
  EXPECT_THAT(c.run().networks(), SizeIs(1));
  EXPECT_TRUE(c.same("phone 0", "phone 6"));
}

TEST(Network, FollowsPhonesThatRotateUnderOneText) {
  Case c;
  for (int i = 0; i < 30; ++i) c.advert({phone(numbered("phone", i / 5))}, "text");
  c.run();
  EXPECT_THAT(c.networks(),
              ElementsAre("phone 0, phone 1, phone 2, phone 3, phone 4, phone 5, text"));
}

TEST(Network, HoldsPhonesAndTextsThatMixTogether) {
  Case c;
  for (int p = 0; p < 5; ++p)
    for (int t = 0; t < 5; ++t) c.advert({phone(numbered("phone", p))}, numbered("text", t), 2);
  EXPECT_THAT(c.run().networks(), SizeIs(1));
}

TEST(Network, DoesNotWeldTheCustomersOfALawfulPlatform) {
  Case c;
  for (int i = 0; i < 900; ++i) {
    c.advert({phone(numbered("phone", i)), payer(numbered("account", i))}, "", 2);
    c.transfer(numbered("account", i), "platform");
  }
  c.run();
  EXPECT_THAT(c.networks(), SizeIs(900));
  EXPECT_EQ(c.weight("account 5", "platform"), 1);  // money did go there; it joins nothing
}

TEST(Links, ShowASingleTransferHoweverLittleItWeighs) {
  Case c;
  c.transfer("account", "other account");
  c.run();
  EXPECT_GE(c.weight("account", "other account"), 1);
}

TEST(Network, DoesNotWeldTheAdvertsOfASharedPaymentService) {
  Case c;
  for (int i = 0; i < 900; ++i) c.advert({phone(numbered("phone", i)), payer("payment service")});
  EXPECT_THAT(c.run().networks(), IsEmpty());
}

TEST(Network, DoesNotWeldTheClientsOfAnAccountant) {
  for (const int clients : {2, 3, 5, 30}) {
    Case c;
    for (int i = 0; i < clients; ++i) {
      c.advert({phone(numbered("phone", i)), payer(numbered("account", i))}, "", 3);
      c.transfer(numbered("account", i), "accountant", 4);
      c.add(RecordKind::call,
            {{FindKind::phone, Role::from, numbered("phone", i)},
             {FindKind::phone, Role::to, "accountant's phone"}},
            "", 2);
    }
    EXPECT_THAT(c.run().networks(), SizeIs(clients)) << clients;
    EXPECT_FALSE(c.same("phone 0", "phone 1"));
  }
}

TEST(Network, FollowsMoneyThatGoesOnlyOneWay) {
  Case c;
  c.advert({phone("phone"), payer("account")}, "text", 6);
  c.transfer("account", "mule", 8);
  EXPECT_TRUE(c.run().same("phone", "mule"));
}

TEST(Links, WeighAPhoneSharedByTwoTextsModerately) {
  Case c;
  c.advert({phone("own a")}, "text a", 9).advert({phone("own b")}, "text b", 9);
  c.advert({phone("shared")}, "text a").advert({phone("shared")}, "text b");
  c.run();
  EXPECT_GE(c.weight("shared", "text a"), 8);
  EXPECT_LT(c.weight("shared", "text a"), c.weight("own a", "text a"));
}

TEST(Links, TieAPersonToItsOwnNumbersAndToWhatASourceStates) {
  const auto reference = [](Role role, const char* name) {
    return Value{FindKind::local_ref, role, name};
  };
  Case c;
  c.add(RecordKind::person, {reference(Role::subject, "police#1"), phone("phone 1")});
  c.add(RecordKind::person, {reference(Role::subject, "police#2"), phone("phone 2")});
  c.add(RecordKind::relation, {reference(Role::from, "police#1"), reference(Role::to, "police#2")});
  c.run();
  EXPECT_GE(c.weight("police#1", "phone 1"), 32);
  EXPECT_GE(c.weight("police#1", "police#2"), 8);
  EXPECT_LT(c.weight("police#1", "police#2"), c.weight("police#1", "phone 1"));
  EXPECT_THAT(c.networks(), SizeIs(1));
}

TEST(Links, OfACrowdTieNobody) {
  Case c;
  std::vector<Value> crowd;
  for (int i = 0; i < 65; ++i) crowd.push_back(phone(numbered("phone", i)));
  c.add(RecordKind::document, crowd);
  EXPECT_THAT(c.run().links.a, IsEmpty());
  Case smaller;
  crowd.resize(4);
  EXPECT_THAT(smaller.add(RecordKind::document, crowd).run().links.a, SizeIs(6));
}

/// A mixture of all shapes, for the properties below.
Case mixture() {
  Case c;
  for (int i = 0; i < 38; ++i)
    c.advert({phone(numbered("p", i % 9)), payer("payer")}, numbered("t", i % 9));
  for (int i = 0; i < 90; ++i) c.advert({phone(numbered("q", i % 30)), phone("footer")});
  add_five_node_case(c, "a");
  add_five_node_case(c, "b");
  c.transfer("account a", "landlord", 10).transfer("account b", "landlord", 10);
  return c;
}

TEST(Network, IsTheSameForAnyOrderOfRecordsAndThreads) {
  Case first = mixture();
  first.run();
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Case again = mixture();
    again.shuffle(seed);
    set_thread_count(seed % 2 == 0 ? 1 : 3);
    again.run();
    EXPECT_EQ(again.entities.id, first.entities.id);
    EXPECT_EQ(again.links.a, first.links.a);
    EXPECT_EQ(again.links.weight_quarter_bits, first.links.weight_quarter_bits);
    EXPECT_EQ(again.label, first.label);
  }
  set_thread_count(0);
}

TEST(Network, OfAComponentDoesNotHangOnOthers) {
  Case whole = mixture();
  whole.run();
  Case alone = mixture();
  alone.truncate(38);  // the payer and its phones
  alone.run();
  EXPECT_THAT(alone.networks(), SizeIs(1));
  EXPECT_THAT(whole.networks(), ::testing::Contains(alone.networks().front()));
  for (const auto name : {"p 0", "p 8"})
    EXPECT_EQ(whole.weight(name, "payer"), alone.weight(name, "payer"));
}

}  // namespace
}  // namespace ovillo
