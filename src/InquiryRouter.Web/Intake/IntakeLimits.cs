using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Intake;

/// <summary>So many inquiries a minute from an address, ten times that from its network. An IPv6 address is its /64, its network the /48.</summary>
public sealed class IntakeLimits : IDisposable
{
    private const int NetworkFactor = 10;
    private readonly PartitionedRateLimiter<IPAddress>? _limiter;

    public IntakeLimits(IntakeOptions options)
    {
        if (options.PermitsPerMinute > 0)
        {
            _limiter = PartitionedRateLimiter.CreateChained(
                Limiter(options.PermitsPerMinute, ipv4Bits: 32, ipv6Bits: 64),
                Limiter(options.PermitsPerMinute * NetworkFactor, ipv4Bits: 24, ipv6Bits: 48));
        }
    }

    /// <summary>Null when the request may go on; otherwise how many seconds its sender must wait.</summary>
    public int? SecondsToWait(HttpContext context)
    {
        if (_limiter is null || context.Connection.RemoteIpAddress is not { } address)
        {
            return null;
        }

        using var lease = _limiter.AttemptAcquire(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        return lease.IsAcquired
            ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 60;
    }

    public void Dispose() => _limiter?.Dispose();

    private static PartitionedRateLimiter<IPAddress> Limiter(int permitsPerMinute, int ipv4Bits, int ipv6Bits) =>
        PartitionedRateLimiter.Create<IPAddress, string>(address => RateLimitPartition.GetSlidingWindowLimiter(
            Prefix(address, address.AddressFamily == AddressFamily.InterNetwork ? ipv4Bits : ipv6Bits),
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = permitsPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0,
            }));

    private static string Prefix(IPAddress address, int bits) =>
        string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(address.GetAddressBytes().AsSpan(0, bits / 8))}/{bits}");
}
