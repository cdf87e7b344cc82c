// SPDX-License-Identifier: GPL-2.0-or-later
//
// Values of PFCP elements. The octets are written from the figures of TS 29.244, 8.2, not taken from a capture.
#include <catch2/catch.hpp>

#include "libcommon/wire/table/tables.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/unit/wire/octets.hpp"

using gtp::Bytes;
using gtp::Cursor;
using gtp::test::octets;
using gtp::test::RecordingSink;
using namespace gtp::wire;

namespace {

struct Case {
  std::uint16_t type;
  const char* hex;
  const char* json;
};

const IeInfo& element(std::uint16_t type) {
  const auto rows = pfcp_ies();
  const auto row = std::find_if(rows.begin(), rows.end(), [type](const IeInfo& info) { return info.type == type; });
  REQUIRE(row != rows.end());
  return *row;
}

// What the decoder of [type] emits; "short" in front when the value lacks octets.
std::string decode(std::uint16_t type, std::string_view hex) {
  const auto value = octets(hex);
  Cursor cursor{Bytes(value)};
  RecordingSink sink;
  element(type).decode(cursor, sink);
  std::string out = cursor.failed() ? "short " + sink.text() : sink.text();
  for (const auto& note : sink.notes) out += " (" + note + ")";
  return out;
}

const Case kIdentity[] = {
    {19, "01", R"({"cause":1})"},
    {22, "08 69 6e 74 65 72 6e 65 74", R"({"network_instance":"internet"})"},
    {22, "69 6e 74 65 72 6e 65 74", R"({"network_instance":"internet"})"},
    // A label whose length is a printable character, '!'.
    {22, "21 616161616161616161616161616161616161616161616161616161616161616161",
     R"({"network_instance":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})"},
    {22, "06 61 63 63 65 73 73 03 6f 72 67 00", R"({"network_instance":"access.org."})"},
    {40, "00 15", R"({"offending_ie_type":21})"},
    {57, "02 0000000000000001 0a000001", R"({"flags":["v4"],"seid":1,"ipv4":"10.0.0.1"})"},
    {57, "03 00000000000000ff c0000201 20010db8000000000000000000000001",
     R"({"flags":["v4","v6"],"seid":255,"ipv4":"192.0.2.1","ipv6":"2001:db8::1"})"},
    {60, "00 c0000201", R"({"node_id_type":0,"ipv4":"192.0.2.1"})"},
    {60, "01 20010db8000000000000000000000001", R"({"node_id_type":1,"ipv6":"2001:db8::1"})"},
    {60, "02 03 73 6d 66 03 6f 72 67", R"({"node_id_type":2,"fqdn":"smf.org"})"},
    {60, "07 0102", R"({"node_id_type":7,"node_id":"0102"})"},
    {65, "02 c0000201 0001 ffff 05",
     R"({"node_id_type":0,"csid_count":2,"ipv4":"192.0.2.1","csids":[1,65535],"node_type":5})"},
    {65, "21 3d090007 0010",  // MCC 250, MNC 0: 250000 in the upper 20 bits
     R"({"node_id_type":2,"csid_count":1,"mcc_mnc":250000,"node_number":7,"csids":[16]})"},
    {113, "03", R"({"pdn_type":3})"},
    {114, "00 0102", R"({"rule_id_type":0,"rule_id":258})"},
    {114, "03 00000005", R"({"rule_id_type":3,"rule_id":5})"},
    {114, "04 09", R"({"rule_id_type":4,"rule_id":9})"},
    {141, "0f 08 00010121436587f9 08 5343789080706050 06 341202000010 03 61 40 62",
     R"({"flags":["imeif","imsif","msisdnf","naif"],"imsi":"001010123456789","imei":"3534870908070605",)"
     R"("msisdn":"432120000001","nai":"a@b"})"},
    {152, "00f110 000102 01 ff 02 01 0f 04 c0000201",
     R"({"mcc":"001","mnc":"01","trace_id":258,"triggering_events":"ff","session_trace_depth":2,)"
     R"("interfaces":"0f","trace_collection_entity":"192.0.2.1"})"},
    {159, "03 69 6d 73 03 6f 72 67", R"({"apn":"ims.org"})"},
    {253, "00112233445566778899aabbccddeeff", R"({"nf_instance_id":"00112233-4455-6677-8899-aabbccddeeff"})"},
    {257, "01 000001", R"({"sst":1,"sd":1})"},
    {275, "0a", R"({"rat_type":10})"},
    {320, "1234 05", R"({"enterprise_id":4660,"vendor_specific_node_report_type":"05"})"},
};

const Case kRules[] = {
    {56, "0001", R"({"pdr_id":1})"},
    {108, "00000002", R"({"far_id":2})"},
    {109, "80000003", R"({"qer_id":3,"predefined":1})"},
    {81, "80000004", R"({"urr_id":4,"predefined":1})"},
    {88, "05", R"({"bar_id":5})"},
    {20, "01", R"({"source_interface":1})"},
    {42, "f1", R"({"destination_interface":1})"},
    {29, "000000ff", R"({"precedence":255})"},
    {23, "1f 00 0004 61626364 1cff 00000001 0f1234 00000007",
     R"({"flags":["bid","fd","fl","spi","ttc"],"flow_description":"abcd","tos_traffic_class":7423,)"
     R"("security_parameter_index":1,"flow_label":987700,"sdf_filter_id":7})"},
    {24, "61707031", R"({"application_id":"app1"})"},
    {24, "0001", R"({"application_id":"0001"})"},
    {30, "b8 fc", R"({"tos_traffic_class":184,"mask":252})"},
    {38, "06 0009 3139322e302e322e31 0050",
     R"({"redirect_address_type":6,"redirect_server_address":"192.0.2.1","port":80})"},
    {41, "03 706f6c", R"({"forwarding_policy":"pol"})"},
    {44, "02", R"({"flags":["forw"]})"},
    {44, "0c 02", R"({"flags":["bdpn","buff","nocp"]})"},
    {61, "e1 00 0001 61 0006 0001 62 0001 63 0003 0001 64 0006 0001 65 0001 66",
     R"({"flags":["adnp","afd","aurl","fd"],"flow_description":"a","additional_flow_descriptions":["b","c"],)"
     R"("additional_urls":["d"],"additional_domain_names":[{"domain_name":"e","domain_name_protocol":"f"}]})"},
    {84, "0100 00000001 c0000201", R"({"flags":["gtpu_udp_ipv4"],"teid":1,"ipv4":"192.0.2.1"})"},
    {84, "0800 20010db8000000000000000000000001 0868", R"({"flags":["udp_ipv6"],"ipv6":"2001:db8::1","port":2152})"},
    {84, "0004 00000009", R"({"flags":["ssm_c_teid"],"teid":9})"},
    {92, "01 0003 616263", R"({"flow_direction":1,"flow_description":"abc"})"},
    {95, "00 01", R"({"outer_header_removal":0,"flags":["pdu_session_container"]})"},
    {95, "06", R"({"outer_header_removal":6})"},
    {98, "00 03 582d41 02 3132", R"({"header_type":0,"header_field_name":"X-A","header_field_value":"12"})"},
    {160, "0b", R"({"interface_type":11})"},
    {293, "0c 1f90 c0000201", R"({"flags":["dpn","sipv4"],"destination_port":8080,"source_ipv4":"192.0.2.1"})"},
};

const Case kAddresses[] = {
    {192, "06 c0000201 18", R"({"flags":["mpl","v4"],"ipv4":"192.0.2.1","prefix_length":24})"},
    {193, "07 0001 0002 0003 0004 e43eca00 00000000",
     R"({"flags":["apr","dl","ul"],"remaining_uplink_packets":1,"remaining_additional_uplink_packets":2,)"
     R"("remaining_downlink_packets":3,"remaining_additional_downlink_packets":4,)"
     R"("rate_control_status_validity_time":3829320192,"utc":"2021-05-06T20:03:12Z"})"},
    {21, "01 00000001 c0000201", R"({"flags":["v4"],"teid":1,"ipv4":"192.0.2.1"})"},
    {21, "03 fffffffe c0000201 20010db8000000000000000000000001",
     R"({"flags":["v4","v6"],"teid":4294967294,"ipv4":"192.0.2.1","ipv6":"2001:db8::1"})"},
    {21, "05", R"({"flags":["ch","v4"]})"},
    {21, "0d 2a", R"({"flags":["ch","chid","v4"],"choose_id":42})"},
    {21, "00 00000001", R"({"flags":[],"teid":1} (V4 and V6 are both 0: the F-TEID has no address))"},
    {93, "06 0a2d0002", R"({"flags":["sd","v4"],"ipv4":"10.45.0.2"})"},
    {93, "49 20010db8000000010000000000000000 08 38",
     R"({"flags":["ip6pl","ipv6d","v6"],"ipv6":"2001:db8:0:1::","ipv6_prefix_delegation_bits":8,)"
     R"("ipv6_prefix_length":56})"},
    {103, "1e c0000201 0001 01 0004 03 6e 36 61 e6000000",
     R"({"flags":["di","ni","rts","v4"],"ipv4":"192.0.2.1","destination_interface":1,"network_instance":"n6a",)"
     R"("recovery_time_stamp":3858759680,"utc":"2022-04-12T13:41:20Z"})"},
    {116, "69 0a c0000201 03 6e 36 61 01",  // ASSOSI, ASSONI, TEIDRI = 2, V4
     R"({"flags":["assoni","assosi","v4"],"teid_range_indication":2,"teid_range":10,"ipv4":"192.0.2.1",)"
     R"("network_instance":"n6a","source_interface":1})"},
    {191, "06 e0000001 e00000ff", R"({"flags":["range","v4"],"start_ipv4":"224.0.0.1","end_ipv4":"224.0.0.255"})"},
    {192, "06 c0000200 18", R"({"flags":["mpl","v4"],"ipv4":"192.0.2.0","prefix_length":24})"},
    {268, "03 00000010 00000020", R"({"flags":["ipv4","ipv6"],"ipv4_addresses":16,"ipv6_addresses":32})"},
    {280, "c0000201", R"({"ipv4":"192.0.2.1"})"},
    {280, "20010db8000000000000000000000001", R"({"ipv6":"2001:db8::1"})"},
};

const Case kUsage[] = {
    {31, "05 0000000000000064 0000000000000032",
     R"({"flags":["dlvol","tovol"],"total_volume":100,"downlink_volume":50})"},
    {66, "3f 0000000000000001 0000000000000002 0000000000000003 0000000000000004 0000000000000005 0000000000000006",
     R"({"flags":["dlnop","dlvol","tonop","tovol","ulnop","ulvol"],"total_volume":1,"uplink_volume":2,)"
     R"("downlink_volume":3,"total_packets":4,"uplink_packets":5,"downlink_packets":6})"},
    {37, "03 08", R"({"flags":["macar","perio","volth"]})"},
    {37, "00 00 03", R"({"flags":["reemr","upint"]})"},
    {63, "80 08 02", R"({"flags":["immer","tebur","termr"]})"},
    {62, "02", R"({"flags":["volum"]})"},
    {67, "0000003c", R"({"duration_measurement":60})"},
    {96, "83aa7e80", R"({"recovery_time_stamp":2208988800,"utc":"1970-01-01T00:00:00Z"})"},
    {96, "00000001", R"({"recovery_time_stamp":1,"utc":"2036-02-07T06:28:17Z"})"},
    {115, "01 0000000a", R"({"base_time_interval_type":1,"base_time_interval":10})"},
    {117, "0000012c", R"({"user_plane_inactivity_timer":300})"},
    {112, "27", R"({"timer_unit":1,"timer_value":7})"},
    {126, "8003", R"({"auri":1,"additional_usage_reports":3})"},
    {148, "00000005", R"({"events":5})"},
};

const Case kFlags[] = {
    {39, "03", R"({"flags":["dldr","usar"]})"},
    {43, "1000", R"({"flags":["ftup"]})"},
    {43, "01 80 04 80 01 20 04", R"({"flags":["atsss_ll","bucp","epfar","mptcp","psuprm","resps","ueip"]})"},
    {89, "81 01", R"({"flags":["load","psucc","uiaur"]})"},
    {100, "11", R"({"flags":["mbqe","mnop"]})"},
    {101, "21", R"({"flags":["upfr","vsr"]})"},
    {111, "03", R"({"flags":["sarr","urss"]})"},
};

const Case kQos[] = {
    {25, "04", R"({"ul_gate":1,"dl_gate":0})"},
    {26, "00000f4240 ffffffffff", R"({"uplink":1000000,"downlink":1099511627775})"},
    {45, "03 2e 09", R"({"flags":["ppi","qfii"],"ppi":46,"qfi":9})"},
    {48, "0a", R"({"packet_count":10})"},
    {48, "0100", R"({"packet_count":256})"},
    {94, "07 00 0001 01 0002 02 0003 03 0004",
     R"({"flags":["aprc","dlpr","ulpr"],"ul_time_unit":0,"max_uplink_packet_rate":1,"dl_time_unit":1,)"
     R"("max_downlink_packet_rate":2,"additional_ul_time_unit":2,"additional_max_uplink_packet_rate":3,)"
     R"("additional_dl_time_unit":3,"additional_max_downlink_packet_rate":4})"},
    {97, "03 b8fc 0001", R"({"flags":["sci","ttc"],"tos_traffic_class":47356,"service_class_indicator":1})"},
    {124, "09", R"({"qfi":9})"},
    {193, "05 0001 0002 83aa7e80 00000000",
     R"({"flags":["apr","ul"],"remaining_uplink_packets":1,"remaining_additional_uplink_packets":2,)"
     R"("rate_control_status_validity_time":2208988800,"utc":"1970-01-01T00:00:00Z"})"},
    {245, "06 0000000a 00000014", R"({"flags":["rp","ul"],"uplink_packet_delay":10,"round_trip_packet_delay":20})"},
    {317, "05 0a 2e", R"({"ppi":5,"dscps":[10,46]})"},
};

const Case kEthernet[] = {
    {133, "03 00163e010203 ffffffffffff",
     R"({"flags":["dest","sour"],"source":"00:16:3e:01:02:03","destination":"ff:ff:ff:ff:ff:ff"})"},
    {134, "07 1b 2c", R"({"flags":["dei","pcp","vid"],"pcp":3,"dei":1,"vid":300})"},
    {135, "04 10 64", R"({"flags":["vid"],"vid":356})"},
    {136, "0800", R"({"ethertype":2048})"},
    {144, "02 00163e010203 00163e010204 03 04 10 64 00",
     R"({"mac_addresses":["00:16:3e:01:02:03","00:16:3e:01:02:04"],"c_tag":{"flags":["vid"],"vid":356}})"},
    {145, "01 00163e010203", R"({"mac_addresses":["00:16:3e:01:02:03"]})"},
    {198, "01 0000000000000002", R"({"flags":["bid"],"user_plane_node_id":"0000000000000002"})"},
    {207, "00000000000003e8", R"({"time_offset_threshold":1000})"},
    {202, "0102", R"({"container":"0102"})"},
};

const Case kAtsssL2tpMbs[] = {
    {172, "02", R"({"steering_mode":2})"},
    {219, "05", R"({"availability_status":1,"access_type":1})"},
    {224, "05 02 01 09", R"({"flags":["pmfi","pqpm"],"qfis":[1,9]})"},
    {228, "01 00 1f90 c0000201", R"({"flags":["v4"],"mptcp_proxy_type":0,"mptcp_proxy_port":8080,"ipv4":"192.0.2.1"})"},
    {229, "05 c0000201 c0000202", R"({"flags":["nv4","v4"],"ipv4_3gpp":"192.0.2.1","ipv4_non_3gpp":"192.0.2.2"})"},
    {230, "05 c0000201 1f90 1f91 00163e010203 00163e010204",
     R"({"flags":["mac","v4"],"ipv4":"192.0.2.1","port_3gpp":8080,"port_non_3gpp":8081,)"
     R"("mac_3gpp":"00:16:3e:01:02:03","mac_non_3gpp":"00:16:3e:01:02:04"})"},
    {278, "0002 09 01 75 07",
     R"({"proxy_authen_type":2,"flags":["pai","pan"],"proxy_authen_name":"u",)"
     R"("proxy_authen_id":7})"},
    {288, "03 0064 05", R"({"flags":["plr","rtt"],"rtt":100,"packet_loss_rate":5})"},
    {305, "03 000001 00f110 04 e8000001 04 c0000201",
     R"({"flags":["ssmi","tmgi"],"tmgi":"00000100f110","distribution_address":"232.0.0.1",)"
     R"("source_address":"192.0.2.1"})"},
    {306, "00 00000001 04 e8000001 04 c0000201",
     R"({"c_teid":1,"distribution_address":"232.0.0.1","source_address":"192.0.2.1"})"},
    {308, "01 0868 c0000201", R"({"flags":["v4"],"udp_port":2152,"ipv4":"192.0.2.1"})"},
    {308, "05", R"({"flags":["ch","v4"]})"},
};

constexpr std::span<const Case> kFamilies[] = {kIdentity, kRules, kAddresses, kUsage,
                                               kFlags,    kQos,   kEthernet,  kAtsssL2tpMbs};

// Complains about fields that lie outside the value, and about brackets that do not match.
class BoundsSink final : public FieldSink {
 public:
  explicit BoundsSink(Range value) : value_(value) {}
  void number(const FieldInfo&, std::uint64_t, Range where) override { check(where); }
  void text(const FieldInfo&, std::string_view, Range where) override { check(where); }
  void address(const FieldInfo&, const gtp::IpAddress& address, Range where) override {
    check(where);
    CHECK_FALSE(address.empty());
  }
  void octets(const FieldInfo&, Bytes, Range where) override { check(where); }
  void flags(const FieldInfo&, std::span<const FlagBit>, Bytes, Range where) override { check(where); }
  void begin_object(const FieldInfo&, Range where) override { open(where); }
  void end_object() override { --depth; }
  void begin_list(const FieldInfo&, Range where) override { open(where); }
  void end_list() override { --depth; }
  void note(std::string_view) override {}
  int depth = 0;

 private:
  void check(Range where) const {
    CHECK(where.offset >= value_.offset);
    CHECK(where.offset + where.length <= value_.offset + value_.length);
  }
  void open(Range where) {
    check(where);
    ++depth;
  }
  Range value_;
};

}  // namespace

TEST_CASE("PFCP values") {
  for (const auto family : kFamilies) {
    for (const Case& c : family) {
      CAPTURE(c.type, c.hex);
      CHECK(decode(c.type, c.hex) == c.json);
    }
  }
}

TEST_CASE("PFCP values that lack octets say so") {
  CHECK(decode(19, "") == "short {}");
  CHECK(decode(56, "01") == "short {}");
  CHECK(decode(21, "01 00000001 c00002") == R"(short {"flags":["v4"],"teid":1})");
  CHECK(decode(57, "02 00000000000000") == R"(short {"flags":["v4"]})");
  CHECK(decode(92, "01 0005 6162") == R"(short {"flow_direction":1,"flow_description":"ab"})");
  CHECK(decode(144, "02 00163e010203") == R"(short {"mac_addresses":["00:16:3e:01:02:03"]})");
}

TEST_CASE("octets behind the known part of a PFCP value are no fault") {
  CHECK(decode(56, "0001 ff") == R"({"pdr_id":1})");
  CHECK(decode(21, "01 00000001 c0000201 ff") == R"({"flags":["v4"],"teid":1,"ipv4":"192.0.2.1"})");
  CHECK(decode(39, "03 ff") == R"({"flags":["dldr","usar"]})");
}

TEST_CASE("PFCP values cut anywhere stay within their octets") {
  for (const auto family : kFamilies) {
    for (const Case& c : family) {
      const auto whole = octets(c.hex);
      for (std::size_t size = 0; size <= whole.size(); ++size) {
        CAPTURE(c.type, c.hex, size);
        // A copy of exactly this size, so that the address sanitizer sees a read behind it.
        const std::vector<std::byte> value(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        Cursor cursor(Bytes(value), 100);
        BoundsSink sink({100, size});
        element(c.type).decode(cursor, sink);
        CHECK(sink.depth == 0);
      }
    }
  }
}

TEST_CASE("every PFCP decoder survives octets of any kind") {
  for (const IeInfo& info : pfcp_ies()) {
    CHECK(info.grouped == (info.decode == nullptr));
    if (info.grouped) continue;
    for (const unsigned fill : {0x00U, 0x01U, 0x7fU, 0x80U, 0xffU}) {
      for (std::size_t size = 0; size < 80; ++size) {
        CAPTURE(info.type, fill, size);
        const std::vector<std::byte> value(size, static_cast<std::byte>(fill));
        Cursor cursor(Bytes(value), 7);
        BoundsSink sink({7, size});
        info.decode(cursor, sink);
        CHECK(sink.depth == 0);
      }
    }
  }
}

TEST_CASE("the PFCP table has all types and their groups") {
  const auto rows = pfcp_ies();
  REQUIRE(rows.size() == 320);
  for (std::size_t i = 0; i < rows.size(); ++i) CHECK(rows[i].type == i + 1);
  CHECK(std::count_if(rows.begin(), rows.end(), [](const IeInfo& info) { return info.grouped; }) == 103);
  CHECK(element(2).grouped);
  CHECK(element(80).grouped);
  CHECK_FALSE(element(194).grouped);
  CHECK_FALSE(element(274).grouped);
  CHECK(element(316).grouped);
}
