// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/table/names_24008.hpp"

namespace gtp::wire::names_24008 {
namespace {

constexpr NameRow kPcoContainerRows[] = {
    {0x0001, "P-CSCF IPv6 Address"},
    {0x0002, "IM CN Subsystem Signaling Flag"},
    {0x0003, "DNS Server IPv6 Address"},
    {0x0004, "Policy Control rejection code"},
    {0x0005, "Bearer Control Mode"},
    {0x0007, "DSMIPv6 Home Agent Address"},
    {0x0008, "DSMIPv6 Home Network Prefix"},
    {0x0009, "DSMIPv6 IPv4 Home Agent Address"},
    {0x000a, "IP address allocation via NAS signalling"},
    {0x000b, "IPv4 address allocation via DHCPv4"},
    {0x000c, "P-CSCF IPv4 Address"},
    {0x000d, "DNS Server IPv4 Address"},
    {0x000e, "MSISDN"},
    {0x000f, "IFOM Support"},
    {0x0010, "IPv4 Link MTU"},
    {0x0011, "Local address in TFT support"},
    {0x0012, "P-CSCF Re-selection support"},
    {0x0013, "NBIFOM indicator"},
    {0x0014, "NBIFOM mode"},
    {0x0015, "Non-IP Link MTU"},
    {0x0016, "APN rate control"},
    {0x0017, "3GPP PS data off"},
    {0x0018, "Reliable Data Service"},
    {0x0019, "Additional APN rate control for exception data"},
    {0x001a, "PDU session ID"},
    {0x001b, "S-NSSAI"},
    {0x001c, "QoS rules"},
    {0x001d, "Session-AMBR"},
    {0x001e, "PDU session address lifetime"},
    {0x001f, "QoS flow descriptions"},
    {0x0020, "Ethernet Frame Payload MTU"},
    {0x0021, "Unstructured Link MTU"},
    {0x0022, "5GSM cause value"},
    {0x0023, "QoS rules (two-octet length)"},
    {0x0024, "QoS flow descriptions (two-octet length)"},
    {0x0025, "Small data rate control parameters"},
    {0x0026, "Additional small data rate control for exception data"},
    {0x0027, "ACS information"},
    {0x0028, "Initial small data rate control parameters"},
    {0x0029, "Initial additional small data rate control for exception data"},
    {0x002a, "Initial APN rate control parameters"},
    {0x002b, "Initial additional APN rate control for exception data"},
    {0x0030, "ATSSS response (two-octet length)"},
    {0x0031, "DNS server security information (two-octet length)"},
    {0x0032, "ECS address (two-octet length)"},
    {0x0041, "Service-level-AA container (two-octet length)"},
    {0x8021, "IPCP"},
    {0xc021, "LCP"},
    {0xc023, "PAP"},
    {0xc223, "CHAP"},
    {0xff00, "Operator specific use"},
};

constexpr NameRow kPppCodeRows[] = {{1, "Request"},           {2, "Ack or Response"},   {3, "Nak or Success"},
                                    {4, "Reject or Failure"}, {5, "Terminate-Request"}, {6, "Terminate-Ack"},
                                    {7, "Code-Reject"},       {8, "Protocol-Reject"},   {9, "Echo-Request"},
                                    {10, "Echo-Reply"},       {11, "Discard-Request"}};

constexpr NameRow kTftOperationRows[] = {{0, "Ignore this IE"},
                                         {1, "Create new TFT"},
                                         {2, "Delete existing TFT"},
                                         {3, "Add packet filters to existing TFT"},
                                         {4, "Replace packet filters in existing TFT"},
                                         {5, "Delete packet filters from existing TFT"},
                                         {6, "No TFT operation"},
                                         {7, "Reserved"}};

constexpr NameRow kPacketFilterDirectionRows[] = {
    {0, "Pre Rel-7 TFT filter"}, {1, "Downlink only"}, {2, "Uplink only"}, {3, "Bidirectional"}};

constexpr NameRow kPacketFilterComponentRows[] = {{0x10, "IPv4 remote address"},
                                                  {0x11, "IPv4 local address"},
                                                  {0x20, "IPv6 remote address"},
                                                  {0x21, "IPv6 remote address/prefix length"},
                                                  {0x23, "IPv6 local address/prefix length"},
                                                  {0x30, "Protocol identifier/Next header"},
                                                  {0x40, "Single local port"},
                                                  {0x41, "Local port range"},
                                                  {0x50, "Single remote port"},
                                                  {0x51, "Remote port range"},
                                                  {0x60, "Security parameter index"},
                                                  {0x70, "Type of service/Traffic class"},
                                                  {0x80, "Flow label"},
                                                  {0x81, "Destination MAC address"},
                                                  {0x82, "Source MAC address"},
                                                  {0x83, "802.1Q C-TAG VID"},
                                                  {0x84, "802.1Q S-TAG VID"},
                                                  {0x85, "802.1Q C-TAG PCP/DEI"},
                                                  {0x86, "802.1Q S-TAG PCP/DEI"},
                                                  {0x87, "Ethertype"}};

constexpr NameRow kTftParameterRows[] = {
    {1, "Authorization Token"}, {2, "Flow Identifier"}, {3, "Packet Filter Identifier"}};

constexpr NameRow kTrafficClassRows[] = {{0, "Subscribed"},  {1, "Conversational"}, {2, "Streaming"},
                                         {3, "Interactive"}, {4, "Background"},     {7, "Reserved"}};

constexpr NameRow kDeliveryOrderRows[] = {{0, "Subscribed"}, {1, "With"}, {2, "Without"}, {3, "Reserved"}};

}  // namespace

constinit const NameTable kPcoContainer{"24008_pco_container", "TS 24.008, 10.5.6.3", kPcoContainerRows};
constinit const NameTable kPppCode{"ppp_code", "RFC 1661, 5", kPppCodeRows};
constinit const NameTable kTftOperation{"24008_tft_operation", "TS 24.008, 10.5.6.12", kTftOperationRows};
constinit const NameTable kPacketFilterDirection{"24008_packet_filter_direction", "TS 24.008, 10.5.6.12",
                                                 kPacketFilterDirectionRows};
constinit const NameTable kPacketFilterComponent{"24008_packet_filter_component", "TS 24.008, 10.5.6.12",
                                                 kPacketFilterComponentRows};
constinit const NameTable kTftParameter{"24008_tft_parameter", "TS 24.008, 10.5.6.12", kTftParameterRows};
constinit const NameTable kTrafficClass{"24008_traffic_class", "TS 24.008, 10.5.6.5", kTrafficClassRows};
constinit const NameTable kDeliveryOrder{"24008_delivery_order", "TS 24.008, 10.5.6.5", kDeliveryOrderRows};

}  // namespace gtp::wire::names_24008
