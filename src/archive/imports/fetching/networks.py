"""Which addresses of the internet protocol are on the public internet.

IPv4 by the IANA registries of special-purpose addresses (RFC 6890); of IPv6 only what is global unicast
(2000::/3) and not set aside in it. All forms that carry an IPv4 address in an IPv6 one are refused, whatever
it is: mapped (::ffff:0:0/96), NAT64 (64:ff9b::/96, 64:ff9b:1::/48), 6to4 (2002::/16), Teredo (2001::/32).
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

IpAddress = IPv4Address | IPv6Address

_NOT_PUBLIC_4 = (
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
    *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
    *("192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
    *("224.0.0.0/4", "240.0.0.0/4"),
)
_NOT_PUBLIC_6 = (*("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),)
_GLOBAL_UNICAST_6 = IPv6Network("2000::/3")
_NEVER = (
    "0.0.0.0/8",
    "169.254.0.0/16",
    "224.0.0.0/4",
    "255.255.255.255/32",
    "::/128",
    "fe80::/10",
    "ff00::/8",
)
"""Not even for a host that staff have named: where clouds keep their keys, and what is no host at all."""

_networks_4 = [IPv4Network(text) for text in _NOT_PUBLIC_4]
_networks_6 = [IPv6Network(text) for text in _NOT_PUBLIC_6]
_never = [ip_network(text) for text in _NEVER]


def parse_ip(text: str) -> IpAddress:
    """Return an address as it is written by the resolver. Raises ValueError."""
    return ip_address(text.partition("%")[0])


def is_public(address: IpAddress) -> bool:
    """Return whether an address is on the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _networks_4)
    return address in _GLOBAL_UNICAST_6 and not any(address in network for network in _networks_6)


def may_be_internal(address: IpAddress) -> bool:
    """Return whether an address that is not public may be that of a host which staff have named."""
    plain = address.ipv4_mapped if isinstance(address, IPv6Address) and address.ipv4_mapped else address
    return not any(plain in network for network in _never if network.version == plain.version)
