// SPDX-License-Identifier: GPL-2.0-or-later
//
// Elements of GTPv2-C: octets written from TS 29.274, clause 8 (TS 29.276 and TS 29.280 for S101 and Sv), and what must
// come out of them. Each value is then cut at every octet, in a buffer of exactly that size: the address sanitizer
// sees a read behind it, and a cut fixed part must be reported.
#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libcommon/wire/table/tables.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/unit/wire/octets.hpp"

namespace {

using namespace gtp;

struct Decoded {
  std::string text;
  bool failed = false;
  std::vector<std::string> notes;
};

Decoded decode(const wire::IeInfo& info, Bytes octets) {
  const auto exact = std::make_unique<std::byte[]>(octets.size());
  std::copy(octets.begin(), octets.end(), exact.get());
  Cursor value(Bytes(exact.get(), octets.size()), 100);
  test::RecordingSink sink;
  info.decode(value, sink);
  return {sink.text(), value.failed(), sink.notes};
}

const wire::IeInfo& row(unsigned type) {
  const auto table = wire::gtpv2_ies();
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& info) { return info.type == type; });
  REQUIRE(found != table.end());
  REQUIRE(found->decode != nullptr);
  return *found;
}

struct Row {
  unsigned type;
  std::size_t fixed;  // fewer octets than these must be reported as missing
  std::string_view octets;
  std::string_view text;
  std::string_view note;  // the first remark, empty for none
};

void check(std::span<const Row> rows) {
  for (const Row& expected : rows) {
    const wire::IeInfo& info = row(expected.type);
    const std::vector<std::byte> octets = test::octets(expected.octets);
    INFO("type " << expected.type << " " << info.key << " " << expected.octets);
    const Decoded whole = decode(info, octets);
    CHECK(whole.text == expected.text);
    CHECK((whole.notes.empty() ? std::string{} : whole.notes.front()) == expected.note);
    CHECK(whole.failed == (octets.size() < expected.fixed));
    for (std::size_t n = 0; n < octets.size(); ++n) {
      const Decoded cut = decode(info, Bytes(octets).first(n));
      INFO("cut after " << n << " octets: " << cut.text);
      if (n < expected.fixed) CHECK(cut.failed);
    }
  }
}

const Row kIdentities[] = {
    {1, 1, "00 01 01 21 43 65 87 f9", R"({"imsi":"001010123456789"})", ""},
    {2, 2, "10 00", R"({"cause":16,"pce":0,"bce":0,"cs":0})", ""},
    {2, 2, "47 05 57 00 00 01",
     R"({"cause":71,"pce":1,"bce":0,"cs":1,"offending_ie_type":87,"offending_ie_length":0,)"
     R"("offending_ie_instance":1})",
     ""},
    {3, 1, "2a", R"({"restart_counter":42})", ""},
    {51, 1, "91 10 32 54 76 f8", R"({"nature_of_address":1,"numbering_plan":1,"number":"012345678"})", ""},
    {71, 1, "08 69 6e 74 65 72 6e 65 74 06 6d 6e 63 30 30 31", R"({"apn":"internet.mnc001"})", ""},
    {73, 1, "f5", R"({"ebi":5})", ""},
    {74, 1, "c0 00 02 01", R"({"ipv4":"192.0.2.1"})", ""},
    {74, 1, "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01", R"({"ipv6":"2001:db8::1"})", ""},
    {75, 1, "53 64 81 52 07 79 83 15", R"({"mei":"3546182570973851"})", ""},
    {76, 1, "91 10 32 54 76 f8", R"({"msisdn":"19012345678"})", ""},
    {88, 4, "c0 ff ee 00", R"({"tmsi":3237998080})", ""},
    {111, 4, "c0 00 00 01", R"({"p_tmsi":3221225473})", ""},
    {112, 3, "ab cd ef", R"({"p_tmsi_signature":11259375})", ""},
    {117, 10, "00 f1 10 80 01 02 c0 00 00 01",
     R"({"mcc":"001","mnc":"01","mme_group_id":32769,"mme_code":2,"m_tmsi":3221225473})", ""},
    {119, 2, "02 1b", R"({"cause_type":2,"cause_value":27})", ""},
    {136, 1, "04 74 6f 70 6f 02 65 70", R"({"fqdn":"topo.ep"})", ""},
    {136, 1, "74 6f 70 6f 2e 65 70", R"({"fqdn":"topo.ep"})", "the name is sent as plain text, not as labels"},
    {172, 2, "10 14", R"({"protocol_type":1,"cause_type":0,"cause_value":20})", ""},
    {172, 2, "20 02", R"({"protocol_type":2,"cause_value":2})", ""},
    {172, 3, "40 00 0b", R"({"protocol_type":4,"cause_value":11})", ""},
    {175, 5, "04 91 10 32 f4", R"({"nature_of_address":1,"numbering_plan":1,"number":"01234"})", ""},
    {176, 7, "03 6d 6d 65 02 65 70", R"({"node_name":"mme","node_realm":"ep"})", ""},
    {192, 13, "03 04 00 01 01 f1 03 91 10 f2 02 53 f4", R"({"imsi":"0010101","msisdn":"19012","mei":"354"})", ""},
    {193, 5, "01 c0 00 02 01", R"({"address_type":1,"ipv4":"192.0.2.1"})", ""},
    {215, 1, "00 02 65 70", R"({"fqdn":"ep"})", ""},
    {217, 8, "00 f1 10 01 23 45 67 89", R"({"mcc":"001","mnc":"01","nr_cell_id":4886718345})", ""},
    {219, 1, "00 01 01 21 43 65 87 f9", R"({"imsi":"001010123456789"})", ""},
};

TEST_CASE("GTPv2-C elements: subscribers, nodes and causes") { check(kIdentities); }

const Row kSessions[] = {
    {72, 8, "00 00 c3 50 00 01 86 a0", R"({"uplink":50000,"downlink":100000})", ""},
    {77, 1, "81 00 00 00 00 00 00 00 00 02", R"({"flags":["daf","sgwci","srtpi"]})", ""},
    {79, 1, "01 64 40 00 09", R"({"pdn_type":1,"ipv4":"100.64.0.9"})", ""},
    {79, 1, "03 40 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01 64 40 00 09",
     R"({"pdn_type":3,"ipv6_prefix_length":64,"ipv6":"2001:db8::1","ipv4":"100.64.0.9"})", ""},
    {79, 1, "02 40 20", R"({"pdn_type":2})", "no room for the address of this PDN type"},
    {79, 1, "04", R"({"pdn_type":4})", ""},
    {80, 22, "49 09 00 00 00 27 10 00 00 00 4e 20 00 00 00 00 01 01 00 00 00 00",
     R"({"pci":1,"pl":2,"pvi":1,"qci":9,"mbr_uplink":10000,"mbr_downlink":20000,"gbr_uplink":1,)"
     R"("gbr_downlink":4294967296})",
     ""},
    {81, 21, "05 00 00 00 27 10 00 00 00 4e 20 00 00 00 00 01 01 00 00 00 00",
     R"({"qci":5,"mbr_uplink":10000,"mbr_downlink":20000,"gbr_uplink":1,"gbr_downlink":4294967296})", ""},
    {82, 1, "06", R"({"rat_type":6})", ""},
    {83, 3, "00 f1 10", R"({"mcc":"001","mnc":"01"})", ""},
    {83, 3, "13 00 62", R"({"mcc":"310","mnc":"260"})", ""},
    {87, 9, "8a 00 00 00 55 c0 00 02 01", R"({"interface_type":10,"teid":85,"ipv4":"192.0.2.1"})", ""},
    {87, 25, "c7 12 34 56 78 c0 00 02 01 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01",
     R"({"interface_type":7,"teid":305419896,"ipv4":"192.0.2.1","ipv6":"2001:db8::1"})", ""},
    {87, 5, "01 00 00 00 05", R"({"interface_type":1,"teid":5})",
     "neither V4 nor V6 is set: an endpoint without an address"},
    {90, 12, "04 0a 00 00 01 11 22 33 44 02 05 06", R"({"ipv4":"10.0.0.1","gre_key":287454020,"ebis":[5,6]})", ""},
    {91, 10, "05 04 0a 00 00 01 11 22 33 44", R"({"ebi":5,"ipv4":"10.0.0.1","teid":287454020})", ""},
    {94, 4, "00 00 00 07", R"({"charging_id":7})", ""},
    {95, 2, "08 00", R"({"charging_characteristics":2048})", ""},
    {97, 1, "03", R"({"flags":["ppc","vb"]})", ""},
    {99, 1, "03", R"({"pdn_type":3})", ""},
    {100, 1, "07", R"({"pti":7})", ""},
    {116, 1, "00 07 41", R"({"complete_request_message_type":0,"nas_message":"0741"})", ""},
    {118, 1, "03 be ef", R"({"container_type":3,"container":"beef"})", ""},
    {123, 1, "05 01", R"({"ebi":5,"packet_flow_id":"01"})", ""},
    {128, 1, "fe", R"({"selection_mode":2})", ""},
    {132, 9, "02 c0 00 02 01 00 01 00 02", R"({"node_id_type":0,"csid_count":2,"ipv4":"192.0.2.1","csids":[1,2]})", ""},
    {132, 7, "21 00 3e 9a bc 00 07",
     R"({"node_id_type":2,"csid_count":1,"mcc":"001","mnc":"001","node_id":2748,"csids":[7]})", ""},
    {132, 6, "0f c0 00 02 01", R"({"node_id_type":0,"csid_count":15,"ipv4":"192.0.2.1","csids":[]})",
     "fewer CSIDs than announced"},
    {133, 1, "e9", R"({"channel_1":1,"channel_2":2})", ""},
    {137, 1, "d0", R"({"ti_flag":1,"transaction_identifier":5})", ""},
    {137, 2, "70 aa", R"({"ti_flag":0,"transaction_identifier":42})", ""},
    {155, 1, "7d", R"({"pci":1,"pl":15,"pvi":1})", ""},
    {161, 8, "00 00 00 01 00 00 00 02", R"({"uplink":1,"downlink":2})", ""},
    {166, 5, "18 c0 00 02 01", R"({"subnet_prefix_length":24,"default_router":"192.0.2.1"})", ""},
    {186, 3, "05 01 2e", R"({"ebi":5,"ppi":46})", ""},
    {196, 4, "05 00 00 0f", R"({"flags":["0x0002","0x0004"],"max_cid":15})", ""},
    {203, 5, "03 00 01 00 02", R"({"max_packet_loss_uplink":1,"max_packet_loss_downlink":2})", ""},
    {210, 2, "00 01", R"({"vehicle_ue_authorized":0,"pedestrian_ue_authorized":1})", ""},
    {212, 11, "01 15 00 00 27 10 00 00 4e 20 32",
     R"({"pqi":21,"guaranteed_flow_bit_rate":10000,"maximum_flow_bit_rate":20000,"range":50})", ""},
    {213, 7, "05 c0 00 02 01 08 68", R"({"ipv4":"192.0.2.1","port":2152})", ""},
};

TEST_CASE("GTPv2-C elements: sessions, bearers and tunnels") { check(kSessions); }

const Row kLocation[] = {
    {36, 17, "02 00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff",
     R"({"address_type":2,"sector_id":"00112233445566778899aabbccddeeff"})", ""},
    {57, 7, "00 f1 10 12 34 00 0b 01 00", R"({"mcc":"001","mnc":"01","lac":4660,"rnc_id":11,"ext_rnc_id":256})", ""},
    {58, 7, "00 f1 10 12 34 56 78", R"({"mcc":"001","mnc":"01","lac":4660,"ci":22136})", ""},
    {86, 13, "18 00 f1 10 00 01 00 f1 10 01 02 03 04",
     R"({"flags":["ecgi","tai"],"tai":{"mcc":"001","mnc":"01","tac":1},"ecgi":{"mcc":"001","mnc":"01",)"
     R"("eci":16909060}})",
     ""},
    // An ECI has 28 bits; the four above are spare.
    {86, 8, "10 00 f1 10 f1 02 03 04", R"({"flags":["ecgi"],"ecgi":{"mcc":"001","mnc":"01","eci":16909060}})", ""},
    {86, 22, "07 00 f1 10 11 11 22 22 00 f1 10 11 11 33 33 00 f1 10 11 11 44 ff",
     R"({"flags":["cgi","rai","sai"],"cgi":{"mcc":"001","mnc":"01","lac":4369,"ci":8738},"sai":{"mcc":"001",)"
     R"("mnc":"01","lac":4369,"sac":13107},"rai":{"mcc":"001","mnc":"01","lac":4369,"rac":17663}})",
     ""},
    {86, 18, "e0 00 f1 10 11 11 00 f1 10 01 23 45 00 f1 10 82 34 56",
     R"({"flags":["ext_macro_enodeb_id","lai","macro_enodeb_id"],"lai":{"mcc":"001","mnc":"01","lac":4369},)"
     R"("macro_enodeb_id":{"mcc":"001","mnc":"01","id":74565},"ext_macro_enodeb_id":{"mcc":"001","mnc":"01",)"
     R"("smenb":1,"id":144470}})",
     ""},
    {86, 2, "ff",
     R"({"flags":["cgi","ecgi","ext_macro_enodeb_id","lai","macro_enodeb_id","rai","sai","tai"],"cgi":{},)"
     R"("sai":{},"rai":{},"tai":{},"ecgi":{},"lai":{},"macro_enodeb_id":{},"ext_macro_enodeb_id":{}})",
     ""},
    {89, 3, "00 f1 10 00 2a", R"({"mcc":"001","mnc":"01","cn_id":42})", ""},
    {114, 2, "40 01", R"({"time_zone":"+01:00","daylight_saving_time":1})", ""},
    {121, 9, "01 00 f1 10 01 23 45 00 07", R"({"target_type":1,"mcc":"001","mnc":"01","id":74565,"tac":7})", ""},
    {121, 9, "00 00 f1 10 12 34 56 07 89",
     R"({"target_type":0,"mcc":"001","mnc":"01","lac":4660,"rac":86,"rnc_id":1929})", ""},
    {121, 14, "08 00 f1 10 d8 00 ab cd ef 12 34 00 00 01",
     R"({"target_type":8,"mcc":"001","mnc":"01","gnodeb_id_length":24,"gnodeb_id":11259375,"tac":4660,)"
     R"("tac_5gs":1})",
     ""},
    {121, 9, "02 00 f1 10 12 34 56 78 9a", R"({"target_type":2,"mcc":"001","mnc":"01","lac":4660,"rac":86,"ci":30874})",
     ""},
    {121, 12, "05 00 f1 10 18 00 ab cd ef 00 00 01",
     R"({"target_type":5,"mcc":"001","mnc":"01","gnodeb_id_length":24,"gnodeb_id":11259375,"tac_5gs":1})", ""},
    {129, 17, "00 f1 10 12 34 05 67 89 00 00 f1 10 12 34 06 67 8a",
     R"({"target_cell_id":{"mcc":"001","mnc":"01","lac":4660,"rac":5,"ci":26505},"source_type":0,)"
     R"("source_cell_id":{"mcc":"001","mnc":"01","lac":4660,"rac":6,"ci":26506}})",
     ""},
    {145, 8, "00 f1 10 00 12 34 56 41", R"({"mcc":"001","mnc":"01","csg_id":1193046,"access_mode":1,"lcsg":0,"cmi":1})",
     ""},
    {147, 4, "01 23 45 67", R"({"csg_id":19088743})", ""},
    {177, 4, "02 00 00 2a", R"({"inapra":0,"action":2,"area_id":42})", ""},
    {177, 4, "01 00 00 2a 10 01 00 00 00 00 00 f1 10 00 07 00 f1 10 01 23 45",
     R"({"inapra":0,"action":1,"area_id":42,"tais":[{"mcc":"001","mnc":"01","tac":7}],)"
     R"("macro_enodeb_ids":[{"mcc":"001","mnc":"01","id":74565}]})",
     ""},
    {178, 4, "00 00 2a 01", R"({"area_id":42,"flags":["ipra"]})", ""},
    {178, 4, "00 00 2a 05 00 00 2b 02",
     R"({"area_id":42,"flags":["apra","ipra"],"areas":[{"area_id":43,"flags":["opra"]}]})", ""},
    {190, 16, "00 02 00 f1 10 00 00 00 01 00 f1 10 00 00 00 02",
     R"({"ecgi_count":2,"ecgis":[{"mcc":"001","mnc":"01","eci":1},{"mcc":"001","mnc":"01","eci":2}]})", ""},
};

TEST_CASE("GTPv2-C elements: where a UE is") { check(kLocation); }

const Row kMobilityContexts[] = {
    {52, 1, "02 be ef", R"({"length":2,"container":"beef"})", ""},
    {54, 42, "05 000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f 03 57 59 a6 01 aa 02 00 10",
     R"({"eksi":5,"ck":"000102030405060708090a0b0c0d0e0f","ik":"101112131415161718191a1b1c1d1e1f",)"
     R"("mobile_station_classmark_2":"5759a6","mobile_station_classmark_3":"aa",)"
     R"("supported_codec_list":"0010"})",
     ""},
    {55, 45, "03 000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f 2021222324252627 02 00 00 00",
     R"({"ksi":3,"ck":"000102030405060708090a0b0c0d0e0f","ik":"101112131415161718191a1b1c1d1e1f",)"
     R"("kc":"2021222324252627","cksn":2})",
     ""},
    {60, 1, "05", R"({"flags":["emind","sti"]})", ""},
    {62, 42, "03 000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f 2021222324252627 02",
     R"({"ksi":3,"ck":"000102030405060708090a0b0c0d0e0f","ik":"101112131415161718191a1b1c1d1e1f",)"
     R"("kc":"2021222324252627","cksn":2})",
     ""},
    {103, 24, "08 01 03 2021222324252627 be ef 00 00 03 e8 00 00 07 d0 00 00 00",
     R"({"security_mode":0,"cksn":0,"used_cipher":3,"kc":"2021222324252627","drx_parameter":48879,)"
     R"("subscribed_ue_ambr":{"uplink":1000,"downlink":2000}})",
     ""},
    {103, 62,
     "08 21 03 2021222324252627 000102030405060708090a0b0c0d0e0f a1a2a3a4 3031323334353637 be ef 00 00 03 "
     "e8 00 00 07 d0 02 f0 70 00 08 53 64 81 52 07 79 83 15 05 00",
     R"({"security_mode":0,"cksn":0,"used_cipher":3,"kc":"2021222324252627",)"
     R"("triplets":[{"rand":"000102030405060708090a0b0c0d0e0f","sres":"a1a2a3a4","kc":"3031323334353637"}],)"
     R"("drx_parameter":48879,"subscribed_ue_ambr":{"uplink":1000,"downlink":2000},)"
     R"("ue_network_capability":"f070","mei":"3546182570973851","access_restrictions":["gana","una"]})",
     ""},
    {104, 108,
     "20 20 09 000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f "
     "202122232425262728292a2b2c2d2e2f 04 01020304 303132333435363738393a3b3c3d3e3f "
     "404142434445464748494a4b4c4d4e4f 10 505152535455565758595a5b5c5d5e5f 00 00 00 00",
     R"({"security_mode":1,"cksn":0,"used_gprs_integrity_algorithm":1,"used_cipher":1,)"
     R"("ck":"000102030405060708090a0b0c0d0e0f","ik":"101112131415161718191a1b1c1d1e1f",)"
     R"("quintuplets":[{"rand":"202122232425262728292a2b2c2d2e2f","xres":"01020304",)"
     R"("ck":"303132333435363738393a3b3c3d3e3f","ik":"404142434445464748494a4b4c4d4e4f",)"
     R"("autn":"505152535455565758595a5b5c5d5e5f"}],"access_restrictions":[]})",
     ""},
    {106, 38, "60 00 01 000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f 00 00 00 00 00 00",
     R"({"security_mode":3,"ksi":0,"used_gprs_integrity_algorithm":1,)"
     R"("ck":"000102030405060708090a0b0c0d0e0f","ik":"101112131415161718191a1b1c1d1e1f",)"
     R"("access_restrictions":[]})",
     ""},
    {107, 175,
     "91 05 a1 00 00 01 00 00 02 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f "
     "202122232425262728292a2b2c2d2e2f 02 0102 02 0304 "
     "303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f "
     "505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f 03 00 00 03 e8 00 00 07 d0 02 f0 "
     "70 00 00 00 11 707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f 00 00 00 01 03",
     R"({"security_mode":4,"ksi_asme":1,"nas_integrity_algorithm":2,"nas_cipher":1,"nas_downlink_count":1,)"
     R"("nas_uplink_count":2,"k_asme":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",)"
     R"("quadruplets":[{"rand":"202122232425262728292a2b2c2d2e2f","xres":"0102","autn":"0304",)"
     R"("k_asme":"303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f"}],)"
     R"("nh":"505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f","ncc":3,)"
     R"("subscribed_ue_ambr":{"uplink":1000,"downlink":2000},"ue_network_capability":"f070",)"
     R"("access_restrictions":[],"old_eps_security_context":{"ksi_asme":2,"ncc":1,)"
     R"("k_asme":"707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f"},)"
     R"("extended_access_restrictions":["nrsrna","ussrna"]})",
     ""},
    {108, 38, "a2 00 00 000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f 00 00 00 00",
     R"({"security_mode":5,"ksi_asme":2,"ck":"000102030405060708090a0b0c0d0e0f",)"
     R"("ik":"101112131415161718191a1b1c1d1e1f","access_restrictions":[]})",
     ""},
    {110, 9, "05 00 01 00 02 00 03 00 04",
     R"({"nsapi":5,"dl_gtpu_sequence_number":1,"ul_gtpu_sequence_number":2,"send_n_pdu_number":3,)"
     R"("receive_n_pdu_number":4})",
     ""},
    {124, 9, "f5 00 01 00 02 00 03 00 04",
     R"({"flags":["dlgsi","dlpsi","ulgsi","ulpsi"],"nsapi":5,"dl_gtpu_sequence_number":1,)"
     R"("ul_gtpu_sequence_number":2,"dl_pdcp_sequence_number":3,"ul_pdcp_sequence_number":4})",
     ""},
};

TEST_CASE("GTPv2-C elements: what moves between nodes") { check(kMobilityContexts); }

const Row kMbmsTraceAccess[] = {
    {4, 16, "00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff", R"({"sector_id":"00112233445566778899aabbccddeeff"})",
     ""},
    {6, 1, "03", R"({"handover_indicator":3})", ""},
    {7, 14, "04 03 69 6d 73 04 c0 00 02 01 00 00 00 2a", R"({"apn":"ims","ipv4":"192.0.2.1","gre_key":42})", ""},
    {8, 9, "04 03 69 6d 73 00 00 00 2a", R"({"apn":"ims","gre_key":42})", ""},
    {96, 31,
     "00 f1 10 00 00 2a 01 02 03 04 05 06 07 08 09 c0 01 02 00 00 00 00 00 00 00 12 08 20 00 00 c0 00 02 "
     "01",
     R"({"mcc":"001","mnc":"01","trace_id":42,"triggering_events":"010203040506070809","ne_types":["mme",)"
     R"("pdn_gw","sgw"],"session_trace_depth":2,"interfaces":["mme_s11","mme_s3","pdn_gw_gx","sgw_s11"],)"
     R"("ipv4":"192.0.2.1"})",
     ""},
    {115, 6, "00 f1 10 00 00 2a", R"({"mcc":"001","mnc":"01","trace_id":42})", ""},
    {138, 3, "00 0e 02", R"({"seconds":28,"days":2})", ""},
    {139, 5, "01 00 01 00 02", R"({"area_count":2,"areas":[1,2]})", ""},
    {142, 15, "11 22 33 44 04 e0 00 00 01 04 0a 00 00 01 01",
     R"({"teid":287454020,"distribution_address":{"ipv4":"224.0.0.1"},"source_address":{"ipv4":"10.0.0.1"},)"
     R"("hc_indicator":1})",
     ""},
    {153, 1, "05", R"({"seconds":6})", ""},
    {158, 6, "00 01 02 00 f1 10", R"({"mbms_service_id":258,"mcc":"001","mnc":"01"})", ""},
    {162, 12, "01 00 00 00 05 01 02 03 04 05 01 aa 0f 01 02 03 01 00 f1 10",
     R"({"job_type":1,"list_of_measurements":5,"reporting_trigger":1,"report_interval":2,"report_amount":3,)"
     R"("event_threshold_rsrp":4,"event_threshold_rsrq":5,"area_scope":"aa","flags":["crrmi","mpi","pli",)"
     R"("pmi"],"collection_period_rrm":1,"measurement_period":2,"positioning_method":3,)"
     R"("mdt_plmns":[{"mcc":"001","mnc":"01"}]})",
     ""},
    {169, 29, "1f 03 61 62 63 11 22 33 44 55 66 02 aa bb 00 f1 10 02 78 79 00 04 0a 00 00 01 02 61 62",
     R"({"flags":["bssidi","civai","laii","opnai","plmni"],"ssid":"abc","bssid":"112233445566",)"
     R"("civic_address":"aabb","plmn_id":{"mcc":"001","mnc":"01"},"operator_name":"xy",)"
     R"("relay_identity_type":0,"ipv4":"10.0.0.1","circuit_id":"6162"})",
     ""},
    {171, 1, "03", R"({"flags":["lmri","msri"]})", ""},
    {174, 1, "01", R"({"flags":["scm"]})", ""},
    {205, 18, "00 f1 10 00 00 2a 01 07 02 40 01 02 00 04 c0 00 02 01",
     R"({"mcc":"001","mnc":"01","trace_id":42,"triggering_events":"07","ne_types":["mme","pdn_gw"],)"
     R"("session_trace_depth":2,"ipv4":"192.0.2.1"})",
     ""},
};

TEST_CASE("GTPv2-C elements: MBMS, trace, WLAN, HRPD") { check(kMbmsTraceAccess); }

const Row kReports[] = {
    {152, 1, "9f", R"({"flags":["ciot","mabr","ntsr","prn","psset","s1un"]})", ""},
    {154, 2, "21 32", R"({"delay_unit":1,"delay_value":1,"factor":50})", ""},
    {156, 1, "43", R"({"timer_unit":2,"timer_value":3})", ""},
    {170, 4, "e4 3e ca 00", R"({"timestamp":3829320192,"time":"2021-05-06T20:03:12Z"})", ""},
    {184, 6, "32 04 03 69 6d 73", R"({"relative_capacity":50,"apn":"ims"})", ""},
    {187, 1, "01 02", R"({"value":258})", ""},
    {188, 6, "00 e8 d4 a5 10 01", R"({"timestamp_ms":1000000000001})", ""},
    {189, 9, "00 00 00 01 02 61 62 00 07", R"({"scef_reference_id":1,"scef_id":"ab","remaining_reports":7})", ""},
    {194, 1, "09", R"({"flags":["ihcsi","sgnipdn"]})", ""},
    {198, 4, "00 64 00 c8", R"({"uplink_rate_limit":100,"downlink_rate_limit":200})", ""},
    {199, 5, "e4 3e ca 00 07", R"({"timestamp":3829320192,"time":"2021-05-06T20:03:12Z","counter":7})", ""},
    {201, 27, "03 00 05 e4 3e ca 00 e4 3e ca 3c 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 02",
     R"({"flags":["irpgw","irsgw"],"secondary_rat_type":0,"ebi":5,"start_timestamp":3829320192,)"
     R"("start_time":"2021-05-06T20:03:12Z","end_timestamp":3829320252,"end_time":"2021-05-06T20:04:12Z",)"
     R"("usage_downlink":1,"usage_uplink":2})",
     ""},
    {204, 20, "00 00 00 01 00 00 00 02 00 00 00 03 e4 3e ca 00 80 00 00 00",
     R"({"uplink_packets_allowed":1,"additional_exception_reports":2,"downlink_packets_allowed":3,)"
     R"("validity_timestamp":3829320192,"validity_time":"2021-05-06T20:03:12Z",)"
     R"("validity_fraction":2147483648})",
     ""},
    {206, 12, "01 00 00 00 01 02 61 62 00 00 00 3c",
     R"({"flags":["lrtp"],"scef_reference_id":1,"scef_id":"ab","remaining_reporting_time":60})", ""},
    {218, 1, "02", R"({"up_integrity_policy":2})", ""},
    {254, 0, "01 2c be ef", R"({"extended_type":300,"contents":"beef"})", ""},
    {254, 0, "01", R"({})", "no room for the extended type"},
    {255, 2, "2a af 01", R"({"enterprise_id":10927,"contents":"01"})", ""},
};

TEST_CASE("GTPv2-C elements: features, timers, reports") { check(kReports); }

TEST_CASE("GTPv2-C elements: the table is whole") {
  const auto table = wire::gtpv2_ies();
  CHECK(table.size() == 178);
  for (const auto& info : table) {
    INFO(info.type << " " << info.key);
    CHECK(info.grouped == (info.decode == nullptr));
    CHECK(info.fixed_length == -1);
  }
}

// Any octets at all: nothing is read outside (address sanitizer), and every object and list that is opened is closed.
TEST_CASE("GTPv2-C elements: arbitrary octets") {
  std::uint32_t state = 1;
  const auto next = [&] {
    state = state * 1664525U + 1013904223U;
    return static_cast<std::byte>(state >> 24);
  };
  for (const auto& info : wire::gtpv2_ies()) {
    if (info.decode == nullptr) continue;
    INFO(info.type << " " << info.key);
    for (std::size_t size = 0; size < 80; ++size) {
      std::vector<std::byte> octets(size);
      std::generate(octets.begin(), octets.end(), next);
      const std::string text = decode(info, octets).text;
      CHECK(std::count(text.begin(), text.end(), '{') >= 1);
      CHECK(text.back() == '}');
    }
  }
}

}  // namespace
