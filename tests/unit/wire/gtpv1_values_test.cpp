// SPDX-License-Identifier: GPL-2.0-or-later
//
// Elements of GTPv0 and GTPv1-C: octets written from TS 29.060, 7.7 and what must come out of them.
#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libcommon/wire/table/tables.hpp"
#include "tests/support/recording_sink.hpp"

namespace {

using namespace gtp;

struct Decoded {
  std::string text;
  bool failed = false;
  std::vector<std::string> notes;
};

const wire::IeInfo& row(std::span<const wire::IeInfo> table, unsigned type) {
  for (const auto& info : table) {
    if (info.type == type) return info;
  }
  FAIL("no element of type " << type);
  return table.front();
}

std::vector<std::byte> octets_of(std::string_view hex) {
  std::vector<std::byte> out;
  std::string digits;
  for (const char c : hex) {
    if (c != ' ') digits.push_back(c);
  }
  REQUIRE(digits.size() % 2 == 0);
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    out.push_back(static_cast<std::byte>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  }
  return out;
}

// The octets lie in a buffer of exactly their size, so that the address sanitizer sees a read behind it.
Decoded decode(const wire::IeInfo& info, std::span<const std::byte> octets) {
  REQUIRE(info.decode != nullptr);
  const auto exact = std::make_unique<std::byte[]>(octets.size());
  std::copy(octets.begin(), octets.end(), exact.get());
  Cursor value(Bytes(exact.get(), octets.size()), 100);
  test::RecordingSink sink;
  info.decode(value, sink);
  return {sink.text(), value.failed(), sink.notes};
}

Decoded v1(unsigned type, std::string_view hex) { return decode(row(wire::gtpv1_ies(), type), octets_of(hex)); }
Decoded v0(unsigned type, std::string_view hex) { return decode(row(wire::gtpv0_ies(), type), octets_of(hex)); }

void check_v1(unsigned type, std::string_view hex, std::string_view expected) {
  INFO("type " << type);
  const Decoded got = v1(type, hex);
  CHECK(got.text == expected);
  CHECK_FALSE(got.failed);
}
void check_v0(unsigned type, std::string_view hex, std::string_view expected) {
  INFO("type " << type);
  const Decoded got = v0(type, hex);
  CHECK(got.text == expected);
  CHECK_FALSE(got.failed);
}

const std::string kRand = "000102030405060708090a0b0c0d0e0f";
const std::string kCk = "101112131415161718191a1b1c1d1e1f";
const std::string kIk = "202122232425262728292a2b2c2d2e2f";
const std::string kQuintuplet = kRand + "08 a0a1a2a3a4a5a6a7" + kCk + kIk + "10" + kRand;
const std::string kQuintupletText = "{\"rand\":\"" + kRand + "\",\"xres\":\"a0a1a2a3a4a5a6a7\",\"ck\":\"" + kCk +
                                    "\",\"ik\":\"" + kIk + "\",\"autn\":\"" + kRand + "\"}";
const std::string kTriplet = kRand + "a0a1a2a3 c0c1c2c3c4c5c6c7";
const std::string kTripletText = "{\"rand\":\"" + kRand + "\",\"sres\":\"a0a1a2a3\",\"kc\":\"c0c1c2c3c4c5c6c7\"}";
// DRX, MS network capability, container with an IMEISV (0x23) and something else (0x31), access restrictions.
const std::string kTail = "0a0b 02 e5e0 000f 2309 33 14 32 54 76 98 10 32 f4 31 02 aabb 01 11";
const std::string kTailText =
    "\"drx_parameter\":2571,\"ms_network_capability\":[\"gea1\",\"gea2\",\"gea3\",\"pfc\",\"r99\",\"sm_dedicated\","
    "\"sm_gprs\"],\"container\":[{\"id\":35,"
    "\"imei_sv\":\"3412345678901234\"},{\"id\":49,\"octets\":\"aabb\"}],"
    "\"access_restriction_data\":[\"ena\",\"una\"]";

const std::string kQos = "0c 02 1b 92 1f 72 96 40 48 74 4b 40 40";
const std::string kQosText =
    "{\"allocation_retention_priority\":2,\"delay_class\":3,\"reliability_class\":3,\"peak_throughput\":9,"
    "\"precedence_class\":2,\"mean_throughput\":31,\"traffic_class\":3,\"delivery_order\":2,"
    "\"delivery_of_erroneous_sdu\":2,\"maximum_sdu_size\":1500,\"maximum_bit_rate_uplink_code\":64,"
    "\"maximum_bit_rate_downlink_code\":128,\"residual_ber\":7,\"sdu_error_ratio\":4,\"transfer_delay\":18,"
    "\"traffic_handling_priority\":3,\"guaranteed_bit_rate_uplink_code\":64,"
    "\"guaranteed_bit_rate_downlink_code\":64}";

}  // namespace

TEST_CASE("gtpv1: elements of one number") {
  check_v1(1, "80", R"({"cause":128})");
  check_v1(4, "c0000001", R"({"tlli":3221225473})");
  check_v1(5, "01020304", R"({"p_tmsi":16909060})");
  check_v1(8, "ff", R"({"reordering_required":1})");
  check_v1(8, "fe", R"({"reordering_required":0})");
  check_v1(11, "08", R"({"map_cause":8})");
  check_v1(12, "0a0b0c", R"({"p_tmsi_signature":658188})");
  check_v1(13, "ff", R"({"ms_validated":1})");
  check_v1(14, "07", R"({"restart_counter":7})");
  check_v1(15, "fd", R"({"selection_mode":1})");
  check_v1(16, "0000beef", R"({"teid":48879})");
  check_v1(19, "ff", R"({"teardown_ind":1})");
  check_v1(20, "f5", R"({"nsapi":5})");
  check_v1(21, "2e", R"({"ranap_cause":46})");
  check_v1(23, "fa", R"({"radio_priority_sms":2})");
  check_v1(29, "06", R"({"reason":6})");
  check_v1(126, "04", R"({"command":4})");
  check_v1(127, "00000100", R"({"charging_id":256})");
  check_v1(149, "03", R"({"apn_restriction":3})");
  check_v1(151, "06", R"({"rat_type":6})");
  check_v1(163, "fe", R"({"hop_counter":254})");
  check_v1(189, "0000", R"({"rfsp_index":1})");
  check_v1(197, "01", R"({"cmi":1})");
  check_v1(203, "01", R"({"lapi":1})");
  check_v1(217, "00000102", R"({"ue_usage_type":258})");
  check_v1(222, "ff", R"({"iov_updates_counter":255})");
}

TEST_CASE("gtpv1: who and where to") {
  check_v1(2, "00010121436587f9", R"({"imsi":"001010123456789"})");
  check_v1(154, "5307102030405060", R"({"imei_sv":"3570010203040506"})");
  check_v1(134, "9121436587f9", R"({"nature_of_number":1,"numbering_plan":1,"msisdn":"123456789"})");
  check_v1(134, "91", R"({"nature_of_number":1,"numbering_plan":1})");
  check_v1(147, "916407123254f6", R"({"nature_of_number":1,"numbering_plan":1,"sgsn_number":"46702123456"})");
  check_v1(209, "a121f3", R"({"nature_of_number":2,"numbering_plan":1,"stn_sr":"123"})");
  check_v1(210, "21436587f9", R"({"msisdn":"123456789"})");
  check_v1(131, "08 696e7465726e6574 04 6d6e6331", R"({"apn":"internet.mnc1"})");
  check_v1(190, "02 6e31 02 6575", R"({"fqdn":"n1.eu"})");
  check_v1(133, "c0000201", R"({"ipv4":"192.0.2.1"})");
  check_v1(133, "20010db8000000000000000000000001", R"({"ipv6":"2001:db8::1"})");
  check_v1(251, "c0000202", R"({"ipv4":"192.0.2.2"})");
  check_v1(219, "04 73636566 02 6575", R"({"node_name":"scef","node_realm":"eu"})");
  check_v1(215, "f5 02 6c31 02 6575", R"({"nsapi":5,"lhn_id":"l1.eu"})");
  check_v1(221, "04 03696f74 06 0004 73636566", R"({"apn":"iot","nsapi":6,"scef_id":"scef"})");

  const Decoded odd = v1(133, "0102030405");
  CHECK(odd.text == R"({"octets":"0102030405"})");
  CHECK(odd.notes.size() == 1);
}

TEST_CASE("gtpv1: end user address") {
  check_v1(128, "f121", R"({"pdp_type_organization":1,"pdp_type_number":33})");
  check_v1(128, "f121 0a2d0003", R"({"pdp_type_organization":1,"pdp_type_number":33,"ipv4":"10.45.0.3"})");
  check_v1(128, "f157 20010db8000000000000000000000002",
           R"({"pdp_type_organization":1,"pdp_type_number":87,"ipv6":"2001:db8::2"})");
  check_v1(128, "f18d 0a2d0003 20010db8000000000000000000000002",
           R"({"pdp_type_organization":1,"pdp_type_number":141,"ipv4":"10.45.0.3","ipv6":"2001:db8::2"})");
  check_v1(128, "f001", R"({"pdp_type_organization":0,"pdp_type_number":1})");
  CHECK(v1(128, "f1").failed);
  CHECK(v1(128, "f121 0a2d00").notes.size() == 1);
}

TEST_CASE("gtpv1: locations") {
  check_v1(3, "00f110 1234 56", R"({"mcc":"001","mnc":"01","lac":4660,"rac":86})");
  check_v1(164, "130062", R"({"mcc":"310","mnc":"026"})");
  check_v1(164, "00f110", R"({"mcc":"001","mnc":"01"})");
  check_v1(152, "00 130062 1234 abcd",
           R"({"geographic_location_type":0,"mcc":"310","mnc":"260","lac":4660,"ci":43981})");
  check_v1(152, "01 00f110 0001 0002", R"({"geographic_location_type":1,"mcc":"001","mnc":"01","lac":1,"sac":2})");
  check_v1(152, "02 00f110 0001 02ff", R"({"geographic_location_type":2,"mcc":"001","mnc":"01","lac":1,"rac":2})");
  check_v1(152, "82 00f110 0007 00f110 f1234567",
           R"({"geographic_location_type":130,"tai":{"mcc":"001","mnc":"01","tac":7},)"
           R"("ecgi":{"mcc":"001","mnc":"01","eci":19088743}})");
  check_v1(138, "00f110 0001 02 f123", R"({"mcc":"001","mnc":"01","lac":1,"rac":2,"rnc_id":291})");
  check_v1(138, "00f110 0001 02 0000 1234",
           R"({"mcc":"001","mnc":"01","lac":1,"rac":2,"rnc_id":0,"extended_rnc_id":4660})");
  check_v1(174, "00f110 0001 02 0003 00 00f110 0004 05 0006",
           R"({"target":{"mcc":"001","mnc":"01","lac":1,"rac":2,"ci":3},"source_type":0,)"
           R"("source":{"mcc":"001","mnc":"01","lac":4,"rac":5,"ci":6}})");
  check_v1(174, "00f110 0001 02 0003 01 00f110 0004 05 f006",
           R"({"target":{"mcc":"001","mnc":"01","lac":1,"rac":2,"ci":3},"source_type":1,)"
           R"("source":{"mcc":"001","mnc":"01","lac":4,"rac":5,"rnc_id":6}})");
  check_v1(212, "00 00f110 f12345 0007", R"({"enodeb_type":0,"mcc":"001","mnc":"01","macro_enodeb_id":74565,"tac":7})");
  check_v1(212, "01 00f110 f1234567 0007",
           R"({"enodeb_type":1,"mcc":"001","mnc":"01","home_enodeb_id":19088743,"tac":7})");
  check_v1(194, "00f110 f8000001 41", R"({"mcc":"001","mnc":"01","csg_id":1,"access_mode":1,"cmi":1})");
  check_v1(196, "ff000001", R"({"csg_id":117440513})");
}

TEST_CASE("gtpv1: quality of service and bit rates") {
  check_v1(135, kQos.substr(3), kQosText);
  check_v1(135, "02 0b921f",
           R"({"allocation_retention_priority":2,"delay_class":1,"reliability_class":3,)"
           R"("peak_throughput":9,"precedence_class":2,"mean_throughput":31})");
  check_v1(191, "7d", R"({"pci":1,"pl":15,"pvi":1})");
  check_v1(192, "05 04", R"({"nsapi":5,"pci":0,"pl":1,"pvi":0})");
  check_v1(198, "000003e8 000007d0", R"({"uplink":1000,"downlink":2000})");
  check_v1(206, "000003e8 80000000", R"({"uplink":1000,"downlink":2147483648})");
  check_v1(200, "00000001 00000002", R"({"subscribed_uplink":1,"subscribed_downlink":2})");
  check_v1(200, "00000001 00000002 00000003 00000004",
           R"({"subscribed_uplink":1,"subscribed_downlink":2,"authorized_uplink":3,"authorized_downlink":4})");
  check_v1(201, "f6 f0000000 00000002", R"({"nsapi":6,"uplink":4026531840,"downlink":2})");
}

TEST_CASE("gtpv1: bearers") {
  check_v1(18, "f5 00000009", R"({"nsapi":5,"teid":9})");
  check_v1(22, "f5 0001 0002 0003 0004",
           R"({"nsapi":5,"dl_gtpu_sequence_number":1,"ul_gtpu_sequence_number":2,)"
           R"("dl_pdcp_sequence_number":3,"ul_pdcp_sequence_number":4})");
  check_v1(24, "5a", R"({"nsapi":5,"radio_priority":2})");
  check_v1(25, "f5 4c", R"({"nsapi":5,"packet_flow_id":76})");
  check_v1(140, "f5", R"({"nsapi":5})");
  check_v1(140, "f5 00000009 c0000201", R"({"nsapi":5,"teid":9,"ipv4":"192.0.2.1"})");
  check_v1(141, "0102c1c2", R"({"types":[1,2,193,194]})");
  check_v1(175, "05 0001 0002 0003 0004",
           R"({"nsapi":5,"dl_gtpu_sequence_number":1,"ul_gtpu_sequence_number":2,)"
           R"("send_n_pdu_number":3,"receive_n_pdu_number":4})");
  check_v1(179, "02 8a 0b", R"({"pfc_count":2,"packet_flow_ids":[10,11]})");
  check_v1(180, "03 02 aabb", R"({"sapi":3,"xid_parameters":"aabb"})");
  check_v1(202, "65", R"({"timer_unit":3,"timer_value":5})");
  check_v1(204, "f5 01", R"({"nsapi":5,"lapi":1})");
  check_v1(213, "f5 02", R"({"nsapi":5,"selection_mode":2})");
  check_v1(238, "0100 aabb", R"({"extended_type":256,"octets":"aabb"})");
}

TEST_CASE("gtpv1: RANAP cause in aligned PER") {
  check_v1(211, "00 00", R"({"ranap_cause":1})");       // radio network, first
  check_v1(211, "0b 40", R"({"ranap_cause":46})");      // 101101 after the choice: 45 + 1
  check_v1(211, "11", R"({"ranap_cause":66})");         // transmission network
  check_v1(211, "22", R"({"ranap_cause":83})");         // NAS
  check_v1(211, "42", R"({"ranap_cause":115})");        // miscellaneous
  check_v1(211, "80 01 02", R"({"ranap_cause":259})");  // extension
  CHECK(v1(211, "70").notes.size() == 1);
}

TEST_CASE("gtpv1: flags") {
  check_v1(148, "a1", R"({"flags":["dual_addr_bearer_flg","nrsn","ppc"]})");
  check_v1(193, "41 ff", R"({"flags":["bdwi","unauthenticated_imsi"]})");
  check_v1(218, "05", R"({"flags":["pmtsmi","pnsi"]})");
  check_v1(182, "05", R"({"flags":["dti","ei"]})");
  check_v1(195, "06", R"({"flags":["ucishc","uciuhc"]})");
  check_v1(208, "01", R"({"flags":["ics"]})");
  check_v1(220, "02", R"({"flags":["scnipdn"]})");
  check_v1(224, "01", R"({"flags":["dcnr"]})");
  check_v1(199, "c0 40", R"({"flags":["128_eea1","128_eia1","eea0"]})");
  check_v1(199, "00 00 00 00 04 84 30", R"({"flags":["cp_ciot","dcnr","epco","lcs","n1mode"]})");
}

TEST_CASE("gtpv1: multimedia broadcast") {
  check_v1(
      156, "5f 00000009 81 f121 04 e0000001 04 c0000201 03 026d31 0700",
      R"({"linked_nsapi":5,"uplink_teid_control_plane":9,"enhanced_nsapi":129,"pdp_type_organization":1,)"
      R"("pdp_type_number":33,"ipv4":"224.0.0.1","ggsn_address_control_plane":"192.0.2.1","apn":"m1","ti_flag":0,"transaction_identifier":0})");
  check_v1(157, "010203 00f110", R"({"mbms_service_id":66051,"mcc":"001","mnc":"01"})");
  check_v1(160, "01 0005 0006", R"({"mbms_service_area_codes":[5,6]})");
  check_v1(168, "000502", R"({"seconds":10,"days":2})");
  check_v1(171, "25", R"({"seconds":38})");
  check_v1(177, "3030", R"({"required_mbms_bearer_capabilities":"00"})");
  check_v1(186, "00000009 04 e0000001 04 c0000201 01",
           R"({"teid":9,"distribution_address":"224.0.0.1","source_address":"192.0.2.1","header_compression":1})");
}

TEST_CASE("gtpv1: trace, charging, private extension") {
  check_v1(162, "000102 0304 03 01 05 01",
           R"({"trace_reference_2":258,"trace_recording_session_reference":772,)"
           R"("triggering_events":["mbms_context","pdp_context"],"trace_depth":1,"interfaces":["gmb","gn"],)"
           R"("trace_activity_control":1})");
  check_v1(169, "000102 0304 01 02 01",
           R"({"trace_reference_2":258,"trace_recording_session_reference":772,)"
           R"("triggering_events":["mbms_activation"],"trace_depth":2,"interfaces":["gmb"]})");
  check_v1(26, "0901", R"({"charging_characteristics":2305,"charging_types":["hot_billing","normal"]})");
  check_v1(249, "0001 0002", R"({"sequence_numbers":[1,2]})");
  check_v1(255, "0a4c 0102", R"({"enterprise_id":2636,"proprietary":"0102"})");
  check_v1(207, "02 aabb 00 05 04 02 1f00 00",
           R"({"ms_classmark_2":"aabb","supported_codec_list":[{"system_id":4,"codec_bitmap":"1f00"},)"
           R"({"system_id":0}]})");
}

TEST_CASE("gtpv1: authentication vectors") {
  check_v1(9, kTriplet, kTripletText);
  check_v1(136, kQuintuplet, kQuintupletText);
}

TEST_CASE("gtpv1: MM context in the four security modes") {
  REQUIRE(octets_of(kQuintuplet).size() == 0x4a);
  check_v1(129, "f9 4a c0c1c2c3c4c5c6c7" + kTriplet + kTail,
           R"({"cksn":1,"security_mode":1,"vector_count":1,"used_cipher":2,"kc":"c0c1c2c3c4c5c6c7","triplets":[)" +
               kTripletText + "]," + kTailText + "}");
  check_v1(129, "fa 88" + kCk + kIk + "004a" + kQuintuplet + kTail,
           R"({"ksi":2,"security_mode":2,"vector_count":1,"ck":")" + kCk + R"(","ik":")" + kIk +
               R"(","quintuplets_length":74,"quintuplets":[)" + kQuintupletText + "]," + kTailText + "}");
  check_v1(129, "fb c3 c0c1c2c3c4c5c6c7 0000" + kTail,
           R"({"cksn":3,"security_mode":3,"vector_count":0,"used_cipher":3,"kc":"c0c1c2c3c4c5c6c7",)"
           R"("quintuplets_length":0,)" +
               kTailText + "}");
  check_v1(129, "fc 0b" + kCk + kIk + "004a" + kQuintuplet + kTail,
           R"({"ksi":4,"security_mode":0,"vector_count":1,"used_cipher":3,"ck":")" + kCk + R"(","ik":")" + kIk +
               R"(","quintuplets_length":74,"quintuplets":[)" + kQuintupletText + "]," + kTailText + "}");
  // Seven vectors announced, none there.
  CHECK(v1(129, "cf3f").failed);
  CHECK(v1(129, "f9 78 c0c1c2c3c4c5c6c7").failed);
}

TEST_CASE("gtpv1: PDP context") {
  const std::string head = "95 03" + kQos + kQos + kQos + "0001 0002 03 04 00000005 00000006 07 f1";
  const std::string head_text = R"("nsapi":5,"sapi":3,"qos_subscribed":)" + kQosText + R"(,"qos_requested":)" +
                                kQosText + R"(,"qos_negotiated":)" + kQosText +
                                R"(,"sequence_number_down":1,"sequence_number_up":2,"send_n_pdu_number":3,)"
                                R"("receive_n_pdu_number":4,"uplink_teid_control_plane":5,"uplink_teid_data_i":6,)"
                                R"("pdp_context_identifier":7,"pdp_type_organization":1,)";
  const std::string tail = "04 c0000201 04 c0000202 04 03696d73 0f85";
  const std::string tail_text =
      R"("ggsn_address_control_plane":"192.0.2.1","ggsn_address_user_traffic":"192.0.2.2","apn":"ims",)"
      R"("ti_flag":1,"transaction_identifier":5)";
  // With a second address: EA set.
  check_v1(130, head + "21 04 0a2d0003" + tail + "57 10 20010db8000000000000000000000002",
           R"({"flags":["ea","order"],)" + head_text + R"("pdp_type_number":33,"ipv4":"10.45.0.3",)" + tail_text +
               R"(,"second_address":{"pdp_type_number":87,"ipv6":"2001:db8::2"}})");
  // Without one, and without an address yet.
  check_v1(130, "15" + head.substr(2) + "21 00" + tail,
           R"({"flags":["order"],)" + head_text + R"("pdp_type_number":33,)" + tail_text + "}");
}

TEST_CASE("gtpv0: what differs from GTPv1") {
  check_v0(6, "0b921f",
           R"({"delay_class":1,"reliability_class":3,"peak_throughput":9,"precedence_class":2,)"
           R"("mean_throughput":31})");
  check_v0(16, "0102", R"({"flow_label":258})");
  check_v0(17, "0103", R"({"flow_label":259})");
  check_v0(18, "f5 0104", R"({"nsapi":5,"flow_label":260})");
  check_v0(19, "01", R"({"reason":1})");
  check_v0(129, "f9 4a c0c1c2c3c4c5c6c7" + kTriplet + "0a0b 01 e5 0000",
           R"({"cksn":1,"vector_count":1,"used_cipher":2,"kc":"c0c1c2c3c4c5c6c7","triplets":[)" + kTripletText +
               R"(],"drx_parameter":2571,"ms_network_capability":["gea1","r99","sm_dedicated","sm_gprs"]})");
  const std::string qos =
      R"({"delay_class":1,"reliability_class":3,"peak_throughput":9,"precedence_class":2,"mean_throughput":31})";
  check_v0(130, "55 03 0b921f 0b921f 0b921f 0001 0002 03 04 0005 f121 04 0a2d0003 04 c0000201 04 03696d73 0d",
           R"({"flags":["order","vaa"],"nsapi":5,"sapi":3,"qos_subscribed":)" + qos + R"(,"qos_requested":)" + qos +
               R"(,"qos_negotiated":)" + qos +
               R"(,"sequence_number_down":1,"sequence_number_up":2,"send_n_pdu_number":3,"receive_n_pdu_number":4,)"
               R"("uplink_flow_label_signalling":5,"pdp_type_organization":1,"pdp_type_number":33,)"
               R"("ipv4":"10.45.0.3","ggsn_address":"192.0.2.1","apn":"ims","ti_flag":1,)"
               R"("transaction_identifier":5})");
}

namespace {

// A value, and at which lengths it is whole: its own, and those where an optional part may be missing.
struct Sample {
  unsigned type;
  std::string octets;
  std::set<std::size_t> also_whole;
};

void check_cuts(std::span<const wire::IeInfo> table, const Sample& sample) {
  const std::vector<std::byte> octets = octets_of(sample.octets);
  for (std::size_t n = 0; n <= octets.size(); ++n) {
    INFO("type " << sample.type << " cut to " << n << " of " << octets.size());
    const bool whole = n == octets.size() || sample.also_whole.count(n) != 0;
    CHECK(decode(row(table, sample.type), std::span(octets).first(n)).failed == !whole);
  }
}

// Every range that a decoder names lies inside the value.
class RangeSink final : public wire::FieldSink {
 public:
  RangeSink(std::size_t from, std::size_t to) : from_(from), to_(to) {}
  void number(const wire::FieldInfo& field, std::uint64_t, wire::Range where) override { check(field, where); }
  void text(const wire::FieldInfo& field, std::string_view, wire::Range where) override { check(field, where); }
  void address(const wire::FieldInfo& field, const IpAddress&, wire::Range where) override { check(field, where); }
  void octets(const wire::FieldInfo& field, Bytes, wire::Range where) override { check(field, where); }
  void flags(const wire::FieldInfo& field, std::span<const wire::FlagBit>, Bytes, wire::Range where) override {
    check(field, where);
  }
  void begin_object(const wire::FieldInfo& field, wire::Range where) override { open(field, where); }
  void begin_list(const wire::FieldInfo& field, wire::Range where) override { open(field, where); }
  void end_object() override { --depth; }
  void end_list() override { --depth; }
  void note(std::string_view) override {}

  std::string outside;
  int depth = 0;

 private:
  void check(const wire::FieldInfo& field, wire::Range where) {
    if (where.offset < from_ || where.offset + where.length > to_) outside = field.key;
  }
  void open(const wire::FieldInfo& field, wire::Range where) {
    check(field, where);
    ++depth;
  }

  std::size_t from_;
  std::size_t to_;
};

// Octets that drive lengths and counts to their extremes, and some without a pattern.
std::vector<std::byte> filler(int pattern, std::size_t n) {
  std::vector<std::byte> out(n);
  std::uint32_t state = static_cast<std::uint32_t>(pattern) * 2654435761U + 1;
  for (auto& octet : out) {
    state = state * 1664525U + 1013904223U;
    octet = pattern < 4 ? static_cast<std::byte>(pattern * 0x55) : static_cast<std::byte>(state >> 24);
  }
  return out;
}

void check_fillers(std::span<const wire::IeInfo> table) {
  for (const auto& info : table) {
    if (info.decode == nullptr) continue;
    for (int pattern = 0; pattern < 40; ++pattern) {
      for (std::size_t n = 0; n <= 80; ++n) {
        const std::vector<std::byte> octets = filler(pattern, n);
        const auto exact = std::make_unique<std::byte[]>(n);
        std::copy(octets.begin(), octets.end(), exact.get());
        Cursor value(Bytes(exact.get(), n), 1000);
        RangeSink sink(1000, 1000 + n);
        info.decode(value, sink);
        if (!sink.outside.empty() || sink.depth != 0) {
          FAIL_CHECK(info.key << ": " << sink.outside << " outside " << n << " octets, depth " << sink.depth);
        }
      }
    }
  }
}

}  // namespace

TEST_CASE("gtpv1: a value that is cut says so at every octet") {
  const std::string mm = "f9 4a c0c1c2c3c4c5c6c7" + kTriplet + kTail;
  const std::string umts = "fa 88" + kCk + kIk + "004a" + kQuintuplet + kTail;
  const std::size_t mm_size = octets_of(mm).size();
  const std::size_t umts_size = octets_of(umts).size();
  const std::string pdp = "95 03" + kQos + kQos + kQos +
                          "0001 0002 03 04 00000005 00000006 07 f1 21 04 0a2d0003 04 c0000201 04 c0000202 04 03696d73"
                          "0f85 57 10 20010db8000000000000000000000002";
  const Sample samples[] = {
      {1, "80", {}},
      {2, "00010121436587f9", {}},
      {3, "00f110123456", {}},
      {9, kTriplet, {}},
      {16, "00000001", {}},
      {18, "0500000001", {}},
      {22, "05 0001 0002 0003 0004", {}},
      {26, "0800", {}},
      {129, mm, {mm_size - 2}},
      {129, umts, {umts_size - 2}},
      {130, pdp, {}},
      {136, kQuintuplet, {}},
      {138, "00f110 0001 02 0003", {}},
      {140, "05 00000001 c0000201", {1, 6, 7, 8}},
      {152, "00 00f110 0001 0002", {}},
      {154, "5307102030405060", {}},
      {156, "5f 00000009 81 f121 04 e0000001 04 c0000201 03 026d31 0700", {}},
      {157, "010203 00f110", {}},
      {160, "01 0005 0006", {}},
      {162, "000102 0304 03 01 05 01", {}},
      {164, "00f110", {}},
      {169, "000102 0304 01 02 01", {}},
      {174, "00f110 0001 02 0003 00 00f110 0004 05 0006", {}},
      {175, "05 0001 0002 0003 0004", {}},
      {179, "02 8a 0b", {}},
      {180, "03 02 aabb", {}},
      {186, "00000009 04 e0000001 04 c0000201 01", {}},
      {191, "7d", {}},
      {192, "057d", {}},
      {193, "01", {}},
      {194, "00f110 f8000001 41", {}},
      {200, "00000001 00000002 00000003 00000004", {8}},
      {201, "05 00000001 00000002", {}},
      {207, "02 aabb 01 cc 04 04 02 1f00", {}},
      {211, "0b40", {}},
      {212, "00 00f110 f12345 0007", {}},
      {213, "0502", {}},
      {214, "01020304", {}},
      {219, "04 73636566 02 6575", {}},
      {221, "04 03696f74 06 0004 73636566", {}},
      {255, "0a4c", {}},
  };
  for (const Sample& sample : samples) check_cuts(wire::gtpv1_ies(), sample);
}

TEST_CASE("gtpv0: a value that is cut says so at every octet") {
  check_cuts(wire::gtpv0_ies(), {6, "0b921f", {}});
  check_cuts(wire::gtpv0_ies(), {18, "050104", {}});
  check_cuts(wire::gtpv0_ies(), {129, "f9 4a c0c1c2c3c4c5c6c7" + kTriplet + "0a0b 01 e5 0000", {}});
  check_cuts(
      wire::gtpv0_ies(),
      {130, "55 03 0b921f 0b921f 0b921f 0001 0002 03 04 0005 f121 04 0a2d0003 04 c0000201 04 03696d73 0d", {36}});
}

TEST_CASE("gtpv1 and gtpv0: no decoder leaves its value, whatever is in it") {
  check_fillers(wire::gtpv1_ies());
  check_fillers(wire::gtpv0_ies());
}
