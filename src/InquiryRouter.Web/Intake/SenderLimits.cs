using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Intake;

/// <summary>So much a minute from an address, ten times that from its network. An IPv6 address is its /64, its network the /48.</summary>
internal static class SenderLimits
{
    private const int NetworkFactor = 10;

    /// <returns>Null for 0: no limit.</returns>
    public static PartitionedRateLimiter<IPAddress>? PerMinute(int permits) => permits == 0 ? null : PartitionedRateLimiter.CreateChained(
        Limiter(permits, ipv4Bits: 32, ipv6Bits: 64), Limiter(permits * NetworkFactor, ipv4Bits: 24, ipv6Bits: 48));

    /// <summary>Null when the request may go on; otherwise how many seconds its sender must wait.</summary>
    public static int? SecondsToWait(PartitionedRateLimiter<IPAddress>? limiter, HttpContext context)
    {
        if (limiter is null || AddressOf(context) is not { } address)
        {
            return null;
        }

        using var lease = limiter.AttemptAcquire(address);
        return lease.IsAcquired
            ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 60;
    }

    /// <summary>The part of an address that is one sender; null: there is none, as over a socket of this machine.</summary>
    public static string? SenderOf(HttpContext context) => AddressOf(context) is { } address ? Prefix(address, ipv4Bits: 32, ipv6Bits: 64) : null;

    private static IPAddress? AddressOf(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;

    private static PartitionedRateLimiter<IPAddress> Limiter(int permitsPerMinute, int ipv4Bits, int ipv6Bits) =>
        PartitionedRateLimiter.Create<IPAddress, string>(address => RateLimitPartition.GetSlidingWindowLimiter(
            Prefix(address, ipv4Bits, ipv6Bits),
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = permitsPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0,
            }));

    private static string Prefix(IPAddress address, int ipv4Bits, int ipv6Bits)
    {
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? ipv4Bits : ipv6Bits;
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(address.GetAddressBytes().AsSpan(0, bits / 8))}/{bits}");
    }
}
