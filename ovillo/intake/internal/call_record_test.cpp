// Call records of operators: both sides, device, cell, times with their zone; broken and hostile.
#include "ovillo/intake/internal/call_record.hpp"

#include <gtest/gtest.h>

#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

std::string answer(const std::string& records) {
  return "<?xml version=\"1.0\"?><RetainedDataMessage "
         "xmlns=\"http://uri.etsi.org/02657/v1.28.1#/RetainedData\"><retainedDataHeader>"
         "<timeStamp>20260301120000Z</timeStamp></retainedDataHeader><retainedDataPayload>"
         "<responseMessage><responsePayload>" +
         records +
         "</responsePayload></responseMessage></retainedDataPayload></RetainedDataMessage>";
}

std::string party(const std::string& role, const std::string& number,
                  const std::string& more = {}) {
  return "<TelephonyPartyInformation><partyRole><" + role + "/></partyRole><partyNumber>" + number +
         "</partyNumber>" + more + "</TelephonyPartyInformation>";
}

std::string record(const std::string& parties, const std::string& number = "7") {
  return "<ResponseRecord><recordNumber>" + number +
         "</"
         "recordNumber><recordPayload><telephonyRecord><telephonyServiceUsage><partyInformation>" +
         parties +
         "</partyInformation></telephonyServiceUsage></telephonyRecord></recordPayload>"
         "</ResponseRecord>";
}

const std::string kTime =
    "<communicationTime><startTime>20260927020503+0200</startTime>"
    "<endTime>20260927020615+0200</endTime><durationTime>72</durationTime></communicationTime>"
    "<iMEI>490154203237518</iMEI><iMSI>001-01-7</iMSI>"
    "<detailedLocation><cellInformation><userLocationInformation>0113001122334455"
    "</userLocationInformation><extendedLocation><spot><gsmLocation><geoCoordinates>"
    "<latitude>510312.0N</latitude><longitude>0034330.0E</longitude><azimuth>120</azimuth>"
    "</geoCoordinates></gsmLocation></spot></extendedLocation></cellInformation>"
    "<transmitterDetails><beamWidth>65</beamWidth></transmitterDetails></detailedLocation>";

TEST(ReadCallRecord, TellsBothSidesTheirDeviceAndCell) {
  const std::string bytes = answer(record(party("originating-Party", "447700900123", kTime) +
                                          party("terminating-Party", "447700900456")));
  const Collected read = read_collected(bytes);
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 1u);
  EXPECT_EQ(read.forms, std::vector<std::string>{"call records (ETSI TS 102 657)"});
  EXPECT_EQ(read.kind(0), RecordKind::call);
  EXPECT_EQ(read.value(0, Field::from_phone), "+447700900123");
  EXPECT_EQ(read.value(0, Field::to_phone), "+447700900456");
  EXPECT_EQ(read.value(0, Field::duration_s), "72");
  EXPECT_EQ(read.value(0, Field::channel), "voice");
  EXPECT_EQ(read.value(0, Field::local_id), "7");
  EXPECT_EQ(read.cell(0, "from_imei"), "490154203237518");
  EXPECT_EQ(read.cell(0, "from_imsi"), "001-01-7");
  EXPECT_EQ(read.cell(0, "from_cell"), "0113001122334455");
  EXPECT_EQ(read.cell(0, "from_azimuth"), "120");
  EXPECT_EQ(read.cell(0, "from_beam_width"), "65");
  EXPECT_EQ(read.value(0, Field::latitude), "51.053333");
  EXPECT_EQ(read.value(0, Field::longitude), "3.725000");
  const auto [batch, row] = read.at(0);
  ASSERT_TRUE(batch->time[row]);
  EXPECT_EQ(format_time(*batch->time[row]), "2026-09-27T02:05:03+02:00");
  EXPECT_EQ(bytes.substr(batch->byte[row], batch->length[row]), read.raw_row(0));
}

TEST(ReadCallRecord, NamesNoPlaceAsTheRecordsWhereBothSidesHaveOne) {
  const Collected read = read_collected(answer(record(
      party("smsOriginator", "447700900123", kTime) + party("smsRecipient", "4477009004", kTime))));
  ASSERT_EQ(read.records, 1u);
  EXPECT_EQ(read.value(0, Field::channel), "sms");
  EXPECT_EQ(read.value(0, Field::latitude), "");
  EXPECT_EQ(read.cell(0, "from_latitude"), "51.053333");
  EXPECT_EQ(read.cell(0, "to_latitude"), "51.053333");
}

TEST(ReadCallRecord, ReadsASessionOfData) {
  const Collected read = read_collected(answer(
      "<ResponseRecord><recordNumber>8</recordNumber><recordPayload><telephonyRecord>"
      "<telephonyServiceUsage><nationalTelephonyServiceUsage><countryCode>BE</countryCode>"
      "<internetAccess><naDeviceId>490154203237518</naDeviceId><interval>"
      "<startTime>20260101000000Z</startTime></interval><gprsInformation>"
      "<iMSI>001-01-7</iMSI><mSISDN>447700900123</mSISDN><aPN>internet.example.org</aPN>"
      "</gprsInformation></internetAccess></nationalTelephonyServiceUsage></telephonyServiceUsage>"
      "</telephonyRecord></recordPayload></ResponseRecord>"));
  ASSERT_EQ(read.records, 1u);
  EXPECT_EQ(read.value(0, Field::from_phone), "+447700900123");
  EXPECT_EQ(read.value(0, Field::channel), "data");
  EXPECT_EQ(read.cell(0, "aPN"), "internet.example.org");
  EXPECT_EQ(read.cell(0, "from_imei"), "490154203237518");
}

TEST(ReadCallRecord, RejectsWhatIsEmptyTooLongOrCutAndKeepsTheRest) {
  ReadOptions options;
  options.max_row_bytes = 2000;
  const std::string sound = record(party("originating-Party", "447700900123"));
  const Collected read =
      read_collected(answer("<ResponseRecord></ResponseRecord>" + sound +
                            record(party("originating-Party", std::string(3000, '4'))) + sound),
                     {}, options);
  ASSERT_FALSE(read.error);
  EXPECT_EQ(read.records, 2u);
  ASSERT_EQ(read.rejects.size(), 2u);
  EXPECT_EQ(read.rejects[0].code, "intake.bad_call_record");
  EXPECT_EQ(read.rejects[1].code, "intake.row_too_long");
  const std::string whole = answer(sound + sound);
  const Collected cut = read_collected(whole.substr(0, whole.size() - 200));
  EXPECT_EQ(cut.rejects.size(), 1u);
  EXPECT_EQ(cut.rejects[0].code, "intake.bad_markup");
  EXPECT_EQ(cut.records, 1u);
}

TEST(ReadCallRecord, RefusesEntities) {
  const Collected read = read_collected(
      "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>"
      "<a xmlns=\"http://uri.etsi.org/02657/v1.28.1#/RetainedData\"><ResponseRecord><x>&b;</x>"
      "</ResponseRecord></a>");
  EXPECT_EQ(read.records, 0u);
  EXPECT_EQ(read.rejects.size(), 1u);
}

TEST(ValuesOfOperators, AreReadOrLeftAsTheyAre) {
  EXPECT_EQ(time_of_operator("20260927020503Z"), "2026-09-27T02:05:03Z");
  EXPECT_EQ(time_of_operator("20260927020503.25-0330"), "2026-09-27T02:05:03-03:30");
  EXPECT_EQ(time_of_operator("yesterday"), "yesterday");
  EXPECT_EQ(number_of_operator("447700900123"), "+447700900123");
  EXPECT_EQ(number_of_operator("07700900123"), "07700900123");
  EXPECT_EQ(number_of_operator("112"), "112");
  EXPECT_EQ(degrees_of_operator("514436.51S"), "-51.743475");
  EXPECT_EQ(degrees_of_operator("51.5"), "51.500000");
  EXPECT_EQ(degrees_of_operator("nowhere"), "");
  EXPECT_EQ(degrees_of_operator("99999999.0N"), "");
}

}  // namespace
}  // namespace ovillo::intake
