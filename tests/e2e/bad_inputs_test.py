#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The broken packets and files of the shared captures, each with what gtpdump must make of it.

    bad_inputs_test.py GTPDUMP

synthetic_bad_inputs.pcap has one kind of broken packet per frame; synthetic_bad_inputs.tsv says what each is. Whatever
is wrong with a packet stays in it: gtpdump ends with status 0, shows the fields up to the fault and marks the layer
`malformed` (an octet is missing) or leaves a note. Broken files end with status 1 and one message.

GTP_CAPTURES names the directory (default: ../shared/captures/given beside the source tree); without it, status 77.
"""
import csv
import json
import os
import pathlib
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
CAPTURES = pathlib.Path(os.environ.get("GTP_CAPTURES") or SOURCE.parent / "shared" / "captures" / "given")
GTPDUMP = ""

# Frames that are no GTP at all: empty, an unknown version, broken UDP or IP, DNS, octets of 0xff and 0.
NOT_GTP = {1, 13, 60, 62, 63, 65, 66}
# An octet that should be there is not, or the walk had to stop.
MALFORMED = {2, 3, 4, 5, 6, 7, 9, 12, 23, 24, 25, 28, 29, 32, 33, 37, 38, 40, 42, 43, 44, 47, 48, 50, 51, 52, 56, 57,
             58, 59}
# Odd, and every octet is there: decoding went on, a note says what is odd.
NOTED = {8, 10, 11, 14, 15, 17, 18, 19, 21, 26, 39, 41, 45, 53, 54, 55}


def run(*arguments):
    return subprocess.run([GTPDUMP, *map(str, arguments)], capture_output=True, check=False, timeout=60)


class BadPackets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        capture = CAPTURES / "synthetic_bad_inputs.pcap"
        as_json = run("-r", capture, "--json")
        as_text = run("-r", capture, "-t", "none")
        assert as_json.returncode == 0 and as_text.returncode == 0, (as_json.stderr, as_text.stderr)
        cls.packets = {p["frame"]: p for p in map(json.loads, as_json.stdout.splitlines())}
        cls.lines = {int(line.split(" ", 1)[0]): line for line in as_text.stdout.decode("ascii").splitlines()}
        with open(CAPTURES / "synthetic_bad_inputs.tsv", encoding="utf-8") as rows:
            cls.inputs = {int(row["frame"]): row["input"] for row in csv.DictReader(rows, delimiter="\t")}

    def layer(self, frame, index=0):
        return self.packets[frame]["layers"][index]

    def ie(self, frame, *path):
        """The element at indices [path] through groups."""
        node = self.layer(frame)
        for index in path:
            node = node["ies"][index]
        return node

    def check_note(self, frame, text):
        self.assertTrue(any(text in note for note in self.layer(frame)["notes"]), self.layer(frame)["notes"])
        self.assertIn(text, self.lines[frame])

    # All of them

    def test_every_input_is_accounted_for(self):
        self.assertEqual(set(self.inputs), set(range(1, 67)))
        self.assertEqual(set(self.packets), set(self.inputs) - NOT_GTP)
        self.assertEqual(set(self.lines), set(self.packets))

    def test_malformed_is_said_where_octets_are_missing_and_nowhere_else(self):
        malformed = {f for f, p in self.packets.items() if any(layer.get("malformed") for layer in p["layers"])}
        self.assertEqual(malformed, MALFORMED)
        self.assertEqual({f for f, line in self.lines.items() if "!! malformed: " in line}, MALFORMED)

    def test_what_is_odd_has_a_note(self):
        for frame in NOTED:
            with self.subTest(self.inputs[frame]):
                self.assertTrue(any(layer.get("notes") for layer in self.packets[frame]["layers"]))
                self.assertIn("  ! ", self.lines[frame])

    def test_the_next_packet_does_not_suffer(self):
        # Frames of the same kind that are right: 15, 22 and 61 carry the same T-PDU.
        for frame in (15, 22, 61):
            inner = self.layer(frame)["inner"]
            self.assertEqual((inner["src"], inner["dst"]), ("100.64.0.1", "203.0.113.9"))
            self.assertEqual((inner["src_port"], inner["dst_port"]), (5000, 53))

    # GTP-U

    def test_02_header_of_one_octet(self):
        self.assertEqual(self.layer(2)["version"], 1)
        self.assertNotIn("message_type", self.layer(2))

    def test_03_header_of_seven_octets(self):
        self.assertEqual((self.layer(3)["message"], self.layer(3)["length"]), ("g_pdu", 68))
        self.assertNotIn("teid", self.layer(3))

    def test_04_and_12_optional_fields_are_missing(self):
        for frame in (4, 12):
            self.assertEqual(self.layer(frame)["teid"], 1)
            self.assertNotIn("sequence_number", self.layer(frame))
            self.assertNotIn("inner", self.layer(frame))
            self.check_note(frame, "the four octets they announce are missing")

    def test_05_and_09_announced_extension_is_missing(self):
        for frame in (5, 9):
            self.check_note(frame, "an extension header is announced and the message ends")
        self.assertNotIn("extension_headers", self.layer(5))
        self.assertEqual(len(self.layer(9)["extension_headers"]), 1)

    def test_06_extension_of_length_zero(self):
        self.assertEqual([e["length"] for e in self.layer(6)["extension_headers"]], [0])
        self.check_note(6, "extension header of length 0")

    def test_07_extension_longer_than_the_packet(self):
        self.assertEqual(self.layer(7)["extension_headers"][0]["length"], 1020)
        self.check_note(7, "an extension header runs past the message")

    def test_08_chain_of_300_extensions_is_bounded(self):
        self.assertEqual(len(self.layer(8)["extension_headers"]), 64)
        self.check_note(8, "too many extension headers")

    def test_10_length_beyond_the_datagram(self):
        self.assertEqual(self.layer(10)["length"], 65535)
        self.assertEqual(self.layer(10)["inner"]["dst"], "203.0.113.9")

    def test_11_octets_behind_the_length(self):
        self.check_note(11, "octets behind the end of the message")
        self.assertNotIn("malformed", self.layer(11))

    def test_14_gtp_prime_on_the_user_port(self):
        self.assertEqual(self.layer(14)["protocol"], "gtp_prime")
        self.check_note(14, "PT is 0")

    def test_15_reserved_bit(self):
        self.check_note(15, "a spare bit of the flags is set")

    def test_16_unknown_message(self):
        self.assertEqual((self.layer(16)["message_type"], self.layer(16)["message"]), (200, "unknown"))
        self.assertNotIn("ies", self.layer(16))
        self.assertIn("unknown message 200", self.lines[16])

    def test_17_inner_length_beyond_the_payload(self):
        self.assertEqual(self.layer(17)["inner"]["length"], 1500)
        self.check_note(17, "the inner IP length promises more octets")

    def test_18_and_19_inner_header_makes_no_sense(self):
        for frame in (18, 19):
            self.assertEqual(self.layer(frame)["inner"], {"ip_version": 4})
            self.check_note(frame, "the IP header of the T-PDU makes no sense")

    def test_20_inner_is_no_ip(self):
        self.assertEqual(self.layer(20)["inner"], {"payload": "unknown"})

    def test_21_tunnels_in_tunnels_are_bounded(self):
        self.assertEqual(len(self.packets[21]["layers"]), 8)
        self.assertIn("GTP is nested too deep to follow", self.lines[21])

    # GTPv1-C

    def test_23_tlv_beyond_the_message(self):
        self.assertEqual(self.ie(23, 0)["value"], {"restart_counter": 1})
        apn = self.ie(23, 1)
        self.assertTrue(apn["truncated"])
        self.assertNotIn("length", apn)
        self.assertIn("length 65535", apn["notes"][0])

    def test_24_type_without_length(self):
        self.assertEqual(self.ie(24, 0)["name"], "recovery")
        self.assertEqual(self.ie(24, 1)["truncated"], True)

    def test_25_fixed_element_cut(self):
        self.assertEqual((self.ie(25, 0)["name"], self.ie(25, 0)["truncated"]), ("imsi", True))

    def test_26_unknown_tv(self):
        self.assertEqual((self.ie(26, 0)["type"], self.ie(26, 0)["name"]), (100, "unknown"))
        self.assertEqual(len(self.layer(26)["ies"]), 1)
        self.check_note(26, "its length is not known")

    def test_27_unknown_tlv_is_stepped_over(self):
        self.assertEqual([ie["type"] for ie in self.layer(27)["ies"]][0], 230)
        self.assertEqual(len(self.layer(27)["ies"]), 2)

    def test_28_extension_header_type_list(self):
        self.assertEqual((self.ie(28, 0)["type"], self.ie(28, 0)["truncated"]), (141, True))

    def test_29_end_user_address_of_one_octet(self):
        self.assertNotIn("ipv4", self.ie(29, 0).get("value", {}))

    def test_30_gsn_address_of_five_octets(self):
        self.assertEqual(self.ie(30, 0)["length"], 5)
        self.assertFalse({"ipv4", "ipv6"} & set(self.ie(30, 0)["value"]))
        self.assertIn("address of neither 4 nor 16 octets", self.ie(30, 0)["notes"])

    def test_31_pco_up_to_the_bad_container(self):
        self.assertEqual(self.ie(31, 0)["value"]["containers"], [{"id": 0x8021, "length": 255}])
        self.assertIn("the last container runs past the end", self.ie(31, 0)["notes"])

    def test_32_and_33_contexts_cut(self):
        for frame in (32, 33):
            self.assertIn("value is cut", self.ie(frame, 0)["notes"])
        self.assertEqual(self.ie(33, 0)["value"]["vector_count"], 7)

    def test_34_label_beyond_the_name(self):
        self.assertEqual(self.ie(34, 0)["value"]["apn"], "abcd")
        self.assertIn("a label runs past the end of the name", self.ie(34, 0)["notes"])

    def test_35_control_characters_are_escaped(self):
        self.assertTrue(self.ie(35, 0)["value"]["apn"].startswith("\"\\\n\x1b[31m\0"))
        self.assertIn(r"\x0a\x1b[31m\x00", self.lines[35])

    def test_36_digits_that_are_none(self):
        self.assertEqual(set(self.ie(36, 0)["value"]["imsi"]), {"?"})
        self.assertIn("a digit is not decimal", self.ie(36, 0)["notes"])

    # GTPv2-C

    def test_37_and_38_header_cut(self):
        self.assertEqual(self.layer(37)["teid"], 1)
        self.assertNotIn("sequence_number", self.layer(37))
        self.assertEqual(self.layer(38)["length"], 0)

    def test_39_length_beyond_the_datagram(self):
        self.assertEqual(self.ie(39, 0)["value"]["imsi"], "001010123456789")

    def test_40_nothing_is_piggybacked(self):
        self.assertEqual(self.ie(40, 0)["value"]["cause"], 16)
        self.check_note(40, "P is set and no second message follows")

    def test_41_only_one_message_may_be_piggybacked(self):
        self.assertEqual(len(self.packets[41]["layers"]), 2)
        self.assertTrue(self.layer(41, 1)["piggybacked"])
        self.assertIn("more than one piggybacked message", self.lines[41])

    def test_42_and_43_element_cut(self):
        self.assertIn("length 500", self.ie(42, 0)["notes"][0])
        self.assertEqual(self.ie(43, 0)["value"]["restart_counter"], 1)
        self.assertTrue(self.ie(43, 1)["truncated"])

    def test_44_a_bad_element_costs_its_group_only(self):
        self.assertTrue(self.ie(44, 0, 0)["truncated"])
        self.assertEqual(self.ie(44, 1)["name"], "private_extension")
        self.assertEqual(self.ie(44, 1)["value"]["enterprise_id"], 10927)

    def test_45_groups_in_groups_are_bounded(self):
        node, depth = self.layer(45), 0
        while "ies" in node:
            node, depth = node["ies"][0], depth + 1
        self.assertEqual(depth, 8)
        self.check_note(45, "elements are nested too deep to follow")

    def test_46_and_47_f_teid_without_its_addresses(self):
        self.assertEqual(self.ie(46, 0)["value"], {"interface_type": 1, "teid": 5})
        self.assertTrue(self.ie(46, 0)["notes"])
        self.assertEqual(self.ie(47, 0)["value"]["ipv4"], "192.0.2.1")
        self.assertNotIn("ipv6", self.ie(47, 0)["value"])

    def test_48_bearer_qos_of_five_octets(self):
        self.assertIn("qci", self.ie(48, 0, 0)["value"])
        self.assertNotIn("mbr_uplink", self.ie(48, 0, 0)["value"])

    def test_49_paa_without_its_address(self):
        self.assertEqual(self.ie(49, 0)["value"], {"pdn_type": 2})
        self.assertTrue(self.ie(49, 0)["notes"])

    def test_50_locations_are_missing(self):
        value = self.ie(50, 0)["value"]
        self.assertEqual(len(value.pop("flags")), 8)
        self.assertTrue(all(location == {} for location in value.values()), value)

    def test_51_csids_are_missing(self):
        self.assertEqual((self.ie(51, 0)["value"]["csid_count"], self.ie(51, 0)["value"]["csids"]), (15, []))

    def test_52_packet_filters_are_bounded(self):
        self.assertEqual(self.ie(52, 0)["value"]["packet_filter_count"], 15)
        self.assertIn("a packet filter runs past the end", self.ie(52, 0)["notes"])

    def test_53_type_extension_without_a_type(self):
        self.assertEqual((self.ie(53, 0)["type"], self.ie(53, 0)["length"]), (254, 1))

    def test_54_empty_elements_of_every_type(self):
        self.assertEqual([ie["type"] for ie in self.layer(54)["ies"]], list(range(1, 256)))
        self.assertEqual({ie["length"] for ie in self.layer(54)["ies"]}, {0})
        self.assertFalse(any("value" in ie for ie in self.layer(54)["ies"]))

    def test_55_twelve_thousand_elements(self):
        self.assertEqual(len(self.layer(55)["ies"]), 12000)

    # GTP', GTPv0, below GTP

    def test_56_to_58_charging(self):
        self.assertEqual(self.ie(56, 1)["value"]["record_count"], 255)
        self.assertIn("a data record runs past the element", self.ie(57, 0)["notes"])
        self.assertEqual(self.ie(58, 0)["value"]["sequence_numbers"], [1])
        self.assertIn("half a sequence number at the end", self.ie(58, 0)["notes"])

    def test_59_gtpv0_header_cut(self):
        self.assertEqual(self.layer(59)["flow_label"], 0)
        self.assertNotIn("tid", self.layer(59))

    def test_64_pfcp_on_another_port(self):
        self.assertEqual(self.layer(64)["protocol"], "gtp_prime")
        self.check_note(64, "PT is 0")


class BadFiles(unittest.TestCase):
    # file: (status, words of the message)
    FILES = {
        "caplen_2g.pcap": (1, b"record 1 claims 2147483647 octets"),
        "empty.pcap": (1, b"not a capture file (it is empty)"),
        "header_only.pcap": (0, b""),
        "not_pcap.pcap": (1, b"not a capture file"),
        "pcapng_blocklen.pcapng": (1, b"block 1 claims a length of 7 octets"),
        "short_header.pcap": (1, b"ends after 11 of 24 octets"),
        "truncated_record.pcap": (1, b"record 1 is cut short (57 of 118 octets)"),
        "unknown_linktype.pcap": (1, b"link type 147 is not supported"),
    }

    def test_message_and_status(self):
        for name, (status, words) in self.FILES.items():
            with self.subTest(name):
                result = run("-r", CAPTURES / ("synthetic_badfile_" + name), "-q")
                self.assertEqual(result.stdout, b"")
                if words:
                    self.assertIn(words, result.stderr)
                    self.assertTrue(result.stderr.startswith(b"gtpdump: "))
                else:
                    self.assertEqual(result.stderr, b"")
                self.assertEqual(result.returncode, status)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    GTPDUMP = sys.argv.pop(1)
    if not (CAPTURES / "synthetic_bad_inputs.pcap").exists():
        print(f"skipped: no captures in {CAPTURES} (set GTP_CAPTURES)")
        sys.exit(77)
    unittest.main()
