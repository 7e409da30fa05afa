using System.Net;
using System.Threading.RateLimiting;
using InquiryRouter.Application;
using InquiryRouter.Application.Intake;
using InquiryRouter.Core.Mail;
using Microsoft.AspNetCore.Http;

namespace InquiryRouter.Web.Intake;

/// <summary>How many inquiries are taken from one sender.</summary>
public sealed class IntakeLimits(IntakeOptions options, SecurityLog log) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress>? _limiter = SenderLimits.PerMinute(options.PermitsPerMinute);

    /// <summary>Null when the request may go on; otherwise how many seconds its sender must wait.</summary>
    public int? SecondsToWait(HttpContext context)
    {
        var seconds = SenderLimits.SecondsToWait(_limiter, context);
        if (seconds is not null)
        {
            log.LimitHit("inquiries-of-a-sender");
        }

        return seconds;
    }

    /// <summary>The sender, for whom it counts how many mails they make us write; null: nothing is limited.</summary>
    public MailAsker? AskerOf(HttpContext context) => _limiter is not null && SenderLimits.SenderOf(context) is { } sender
        ? new MailAsker(sender, MailAllowance.Acknowledgements(options.PermitsPerMinute))
        : null;

    public void Dispose() => _limiter?.Dispose();
}
